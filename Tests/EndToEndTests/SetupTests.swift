import Foundation
import Testing

@Suite("Set-up") struct SetupTests {
  static let cpuWheel = "torch-2.13.0+cpu-cp311-cp311-manylinux_2_28_x86_64.whl"

  @Test func unpacksWhatTheBuildNeedsAndThenFindsItThere() throws {
    let sandbox = try SetupSandbox()
    #expect(try sandbox.run(["--check"]).code == 1)

    let first = try sandbox.run()
    #expect(first.code == 0, "\(first.output)")
    #expect(
      sandbox.names(in: ".deps/libtorch/lib") == ["libc10.so", "libgomp.so.1", "libtorch_cpu.so"])
    #expect(sandbox.exists(".deps/libtorch/include/ATen/core/Tensor.h"))
    #expect(try sandbox.text(".deps/libtorch/wheels.txt").contains(Self.cpuWheel))

    // No network and no wheel any more: nothing is asked for.
    try sandbox.remove("wheels")
    try sandbox.remove("cache")
    let second = try sandbox.run()
    #expect(second.code == 0)
    #expect(second.output == "setup: ready\n")
    #expect(try sandbox.run(["--check"]).output == "setup: nothing is missing\n")
  }

  @Test func takesTheOrdinaryWheelWhereThereIsNoOther() throws {
    let sandbox = try SetupSandbox()
    try sandbox.remove("wheels/\(Self.cpuWheel)")
    let outcome = try sandbox.run()
    #expect(outcome.code == 0, "\(outcome.output)")
    #expect(outcome.output.contains("pip has no torch==2.13.0+cpu here"))
    #expect(
      sandbox.names(in: ".deps/libtorch/lib")
        == ["libc10.so", "libcudart.so.13", "libgomp.so.1", "libtorch_cpu.so"])

    // Somebody who asks for the other one does not get this one.
    let strict = try sandbox.run([], ["PHYWORLD_TORCH": "cpu"])
    #expect(strict.code == 1)
    #expect(strict.output.contains("torch==2.13.0+cpu"))
    #expect(sandbox.exists(".deps/libtorch/lib/libcudart.so.13"))
  }

  @Test func takesTheOrdinaryWheelOnDemandThoughTheOtherIsThere() throws {
    let sandbox = try SetupSandbox()
    let outcome = try sandbox.run([], ["PHYWORLD_TORCH": "ordinary"])
    #expect(outcome.code == 0, "\(outcome.output)")
    #expect(try sandbox.text(".deps/libtorch/wheels.txt").hasPrefix("ordinary "))
  }

  @Test func fetchesADamagedDownloadAgain() throws {
    let sandbox = try SetupSandbox()
    try FileManager.default.createDirectory(
      at: sandbox.path("cache/phyworld"), withIntermediateDirectories: true)
    try sandbox.write("damaged", to: "cache/phyworld/\(Self.cpuWheel)")
    let outcome = try sandbox.run()
    #expect(outcome.code == 0, "\(outcome.output)")
    #expect(outcome.output.contains("moved aside as \(Self.cpuWheel).wrong"))
    #expect(try sandbox.text("cache/phyworld/\(Self.cpuWheel).wrong") == "damaged")
  }

  @Test func refusesAWheelWithAnotherSumThanThePinnedOne() throws {
    let sandbox = try SetupSandbox()
    let lock = try sandbox.text("Scripts/libtorch.lock")
    let row = try #require(lock.split(separator: "\n").first).split(separator: " ")
    let pinned = String(repeating: "0", count: 64)
    try sandbox.write(
      lock.replacingOccurrences(of: row[3], with: pinned), to: "Scripts/libtorch.lock")
    let outcome = try sandbox.run()
    #expect(outcome.code == 1, "\(outcome.output)")
    #expect(outcome.output.contains(pinned))
    #expect(outcome.output.contains(row[3]))
    expectNothingHalfMade(sandbox)
  }

  @Test func saysThatThereIsNoNetwork() throws {
    let sandbox = try SetupSandbox()
    try sandbox.remove("wheels")
    let outcome = try sandbox.run()
    #expect(outcome.code == 1, "\(outcome.output)")
    #expect(outcome.output.contains("pip cannot reach its index"))
    expectNothingHalfMade(sandbox)
  }

  @Test func saysThatTheDiskIsFull() throws {
    let sandbox = try SetupSandbox()
    try sandbox.replace(command: "df", by: "echo head; echo disk 9000000 8900000 100000 99% /")
    let outcome = try sandbox.run()
    #expect(outcome.code == 1, "\(outcome.output)")
    #expect(outcome.output.contains("97 MB free in .deps, 3072 MB needed"))
    expectNothingHalfMade(sandbox)
  }

  @Test func saysThatAWheelCannotBeUnpacked() throws {
    let sandbox = try SetupSandbox()
    try sandbox.write("import sys\nsys.exit('no')\n", to: "Scripts/unpack-libtorch.py")
    let outcome = try sandbox.run()
    #expect(outcome.code == 1, "\(outcome.output)")
    #expect(outcome.output.contains("unpacking"))
    expectNothingHalfMade(sandbox)
  }

  @Test func saysThatTheProcessorIsNotSupported() throws {
    let sandbox = try SetupSandbox()
    try sandbox.replace(command: "uname", by: "echo aarch64")
    let outcome = try sandbox.run()
    #expect(outcome.code == 1, "\(outcome.output)")
    #expect(outcome.output.contains("aarch64"))
    #expect(outcome.output.contains("LIBTORCH"))
  }

  @Test func saysThatSwiftIsTooOld() throws {
    let sandbox = try SetupSandbox()
    try sandbox.replace(command: "swift", by: "echo 'Swift version 5.10.1 (swift-5.10.1-RELEASE)'")
    let outcome = try sandbox.run()
    #expect(outcome.code == 1, "\(outcome.output)")
    #expect(outcome.output.contains("Swift 5.10.1 is too old"))
    #expect(!sandbox.exists(".deps"))
  }

  @Test func saysThatThereIsNoSwift() throws {
    let sandbox = try SetupSandbox()
    try sandbox.remove("bin/swift")
    let outcome = try sandbox.run(alone: ["bash", "dirname"])
    #expect(outcome.code == 1, "\(outcome.output)")
    #expect(outcome.output.contains("no 'swift' on PATH"))
  }

  @Test func saysWhatAnotherSystemNeeds() throws {
    let sandbox = try SetupSandbox()
    let outcome = try sandbox.run(alone: ["bash", "dirname", "sed", "head", "python3"])
    #expect(outcome.code == 1, "\(outcome.output)")
    #expect(outcome.output.contains("not Debian"))
    #expect(outcome.output.contains("libavcodec"))
  }

  @Test func saysWhichPackagesAnAdministratorMustInstall() throws {
    let sandbox = try SetupSandbox()
    try sandbox.replace(command: "id", by: "echo 1000")
    try sandbox.replace(command: "dpkg-query", by: "exit 1")
    try sandbox.replace(command: "apt-get", by: "exit 1")
    let outcome = try sandbox.run(alone: ["bash", "dirname", "sed", "head", "grep", "awk"])
    #expect(outcome.code == 1, "\(outcome.output)")
    #expect(outcome.output.contains("as root: apt-get install g++"))
    #expect(outcome.output.contains("libbox2d-dev"))
  }

  @Test(arguments: [
    ("relative/path", "not an absolute path"), ("/", "has no include/ATen/core/Tensor.h"),
  ])
  func refusesALibtorchThatIsNone(path: String, complaint: String) throws {
    let sandbox = try SetupSandbox()
    let outcome = try sandbox.run([], ["LIBTORCH": path])
    #expect(outcome.code == 1, "\(outcome.output)")
    #expect(outcome.output.contains("LIBTORCH"))
    #expect(outcome.output.contains(complaint))
    #expect(!sandbox.exists(".deps"))
  }

  @Test func usesTheLibtorchThatItIsGiven() throws {
    let sandbox = try SetupSandbox()
    #expect(try sandbox.run().code == 0)
    try FileManager.default.moveItem(
      at: sandbox.path(".deps/libtorch"), to: sandbox.path("own"))
    let outcome = try sandbox.run([], ["LIBTORCH": sandbox.path("own").path])
    #expect(outcome.code == 0)
    #expect(outcome.output == "setup: ready\n")
  }

  @Test func refusesUnknownWords() throws {
    let sandbox = try SetupSandbox()
    let argument = try sandbox.run(["--chekc"])
    #expect(argument.code == 64)
    #expect(argument.output.contains("unknown argument --chekc"))
    let choice = try sandbox.run([], ["PHYWORLD_TORCH": "gpu"])
    #expect(choice.code == 1)
    #expect(choice.output.contains("PHYWORLD_TORCH=gpu is none of auto, cpu, ordinary"))
    #expect(try sandbox.run(["--help"]).output.hasPrefix("usage: ./setup"))
  }

  private func expectNothingHalfMade(_ sandbox: SetupSandbox) {
    #expect(sandbox.names(in: ".deps").filter { $0 != "lock" } == [])
    #expect(sandbox.names(in: "cache/phyworld").filter { !$0.hasSuffix(".whl") } == [])
  }
}
