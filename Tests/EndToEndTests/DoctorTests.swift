import Experiments
import Testing

@Suite("Doctor") struct DoctorTests {
  /// A machine on which nothing is missing.
  static var wellEquipped: MachineFacts {
    var facts = MachineFacts()
    facts.processor = "Some Processor"
    facts.hasAVX2 = true
    facts.cores = 2
    facts.memory = 8_000_000_000
    facts.freeDisk = 50_000_000_000
    facts.libtorchVersion = "2.13.0+cpu"
    facts.ffmpegVersion = "5.1.9"
    facts.encoders = ["libx264", "png"]
    facts.swiftVersion = "Swift version 6.3.1"
    facts.pipVersion = "pip 23.0.1"
    facts.autoencoderPath = "Weights/autoencoder.safetensors"
    facts.autoencoderBytes = 3_400_000
    facts.networksPath = "/cache/networks"
    facts.networks = ["lpips-alex", "i3d-kinetics-400"]
    facts.loadedLibraries = [
      "/lib/libbox2d.so.2.4.1", "/lib/libavcodec.so.59", "/deps/lib/libtorch_cpu.so",
      "/lib/libhdf5_serial.so.103",
    ]
    return facts
  }

  static func check(_ name: String, _ facts: MachineFacts) throws -> DoctorCheck {
    try #require(Doctor.checks(facts).first { $0.name == name })
  }

  @Test func findsAWellEquippedMachineHealthy() throws {
    let checks = Doctor.checks(Self.wellEquipped)
    #expect(Doctor.isHealthy(checks))
    #expect(checks.filter { !$0.found }.map(\.name) == ["GPU"])
    #expect(checks.filter { $0.found && $0.remedy != nil } == [])
    let libtorch = try Self.check("libtorch", Self.wellEquipped)
    #expect(libtorch.detail == "2.13.0+cpu, from /deps/lib/libtorch_cpu.so")
  }

  @Test func everyMissingThingHasARemedy() {
    let checks = Doctor.checks(MachineFacts())
    #expect(!Doctor.isHealthy(checks))
    for check in checks where check.verdict == .missing { #expect(check.remedy != nil) }
    #expect(
      checks.filter { $0.verdict == .missing }.map(\.name)
        == ["libtorch", "Box2D", "FFmpeg", "H.264 encoder", "HDF5"])
  }

  @Test func tellsWhyLibtorchFails() throws {
    var facts = Self.wellEquipped
    facts.libtorchFailure = "wrong version"
    let check = try Self.check("libtorch", facts)
    #expect(check.verdict == .missing)
    #expect(check.detail == "wrong version")
  }

  @Test func tellsWhichNetworksAreMissingWithoutCallingForThem() throws {
    let found = try Self.check("networks", Self.wellEquipped)
    #expect(found.found && found.detail == "lpips-alex, i3d-kinetics-400, in /cache/networks")
    var facts = Self.wellEquipped
    facts.missingNetworks = ["lpips-vgg"]
    let check = try Self.check("networks", facts)
    #expect(check.verdict == .absent && check.detail == "/cache/networks, without lpips-vgg")
    #expect(check.remedy?.contains("phyworld networks fetch") == true)
    #expect(Doctor.isHealthy(Doctor.checks(facts)))
  }

  @Test func asksForMemoryAndDisk() throws {
    var facts = Self.wellEquipped
    facts.memory = 1_000_000_000
    facts.freeDisk = 10_000_000
    #expect(try Self.check("memory", facts).verdict == .missing)
    #expect(try Self.check("disk space", facts).detail == "10 MB available")
    #expect(!Doctor.isHealthy(Doctor.checks(facts)))
  }

  @Test func tellsAGPUWithoutItsLibtorchFromOneThatServes() throws {
    var facts = Self.wellEquipped
    facts.hasGPUDriver = true
    #expect(try Self.check("GPU", facts).remedy?.contains("LIBTORCH") == true)
    facts.hasCUDALibtorch = true
    #expect(try Self.check("GPU", facts).remedy?.contains("nvidia-smi") == true)
    facts.cudaUsable = true
    #expect(try Self.check("GPU", facts).found)
  }

  @Test func readsTheSystemsTables() {
    let processors = "processor\t: 0\nmodel name\t: AMD EPYC: 7\nflags\t\t: fpu avx avx2\n"
    #expect(MachineFacts.value(of: "model name", in: processors) == "AMD EPYC: 7")
    #expect(MachineFacts.value(of: "bogomips", in: processors) == nil)
    #expect(MachineFacts.availableMemory("MemTotal: 9 kB\nMemAvailable:  4 kB\n") == 4096)
    #expect(MachineFacts.availableMemory("") == nil)
    let maps = """
      7f00-7f01 r-xp 00000000 08:01 12   /lib/libm.so.6
      7f01-7f02 r--p 00001000 08:01 12   /lib/libm.so.6
      7f02-7f03 rw-p 00000000 00:00 0    [heap]
      7f03-7f04 r-xp 00000000 08:01 13   /with space/libc10.so
      7f04-7f05 r-xp 00000000 08:01 14   /usr/bin/phyworld
      """
    #expect(MachineFacts.libraries(inMaps: maps) == ["/lib/libm.so.6", "/with space/libc10.so"])
  }

  @Test func gathersThisMachinesFacts() {
    let root = SetupSandbox.packageRoot
    let facts = MachineFacts.current(
      root: root, autoencoder: root.appendingPathComponent("no such file"))
    #expect(facts.cores >= 1)
    #expect((facts.memory ?? 0) > 0)
    #expect((facts.freeDisk ?? 0) > 0)
    #expect(facts.swiftVersion?.contains("Swift version") == true)
    #expect(facts.path(ofLibrary: "libc.so") != nil)
    #expect(facts.autoencoderBytes == nil)
  }
}
