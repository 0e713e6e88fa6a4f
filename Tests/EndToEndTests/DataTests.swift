import Datasets
import Foundation
import TestSupport
import Testing
import Worlds

@Suite("data") struct DataTests {
  private struct Listed: Decodable {
    var name: String
    var count: Int
    var parts: [Part]
    struct Part: Decodable {
      var scenario: String
      var region: String
    }
  }

  @Test func listsEverySetForPeopleAndForMachines() throws {
    let outcome = try Program.run(["data", "list", "--json"])
    #expect(outcome.code == 0)
    let sets = try JSONDecoder().decode([Listed].self, from: Data(outcome.output.utf8))
    let known = SceneCatalogue.sets.map(\.name)
    let names: [String] = sets.map(\.name)
    #expect(Array(names.prefix(known.count)) == known)
    #expect(names.dropFirst(known.count).allSatisfy { $0.hasPrefix(CombinatorialSet.prefix) })
    #expect(names.contains("combinatorial/out-of-template-leak-free"))
    #expect(sets.first { $0.name == "uniform/eval" }?.count == 3992)
    #expect(sets.allSatisfy { !$0.parts.isEmpty && $0.parts.allSatisfy { !$0.region.isEmpty } })
    let text = try Program.run(["data", "list", "figure-16"])
    #expect(text.output.contains("figure-16/gap/eval") && !text.output.contains("uniform/"))
    try Program.expectFailure(65, ["data", "list", "figure-99"], naming: ["figure-99"])
  }

  @Test func showsARegionAndAContactSheet() throws {
    try withTemporaryFolder { folder in
      let target = folder.appendingPathComponent("shown")
      let outcome = try Program.run([
        "data", "show", "collision/eval", "--samples", "3", "--output", target.path,
      ])
      #expect(outcome.code == 0, "\(outcome.messages)")
      #expect(outcome.output.contains("1635 of 2462"))
      let files = try contents(target)
      #expect(Set(files.keys) == ["region.svg", "samples.png"])
      #expect(files["samples.png"]?.prefix(4) == Data([0x89, 0x50, 0x4E, 0x47]))
      let figure = String(decoding: files["region.svg"] ?? Data(), as: UTF8.self)
      #expect(figure.hasPrefix("<svg") && figure.contains("r1_low"))
      try Program.expectFailure(65, ["data", "show", "uniform/evil"], naming: ["uniform/eval"])
    }
  }

  @Test(arguments: DatasetFormat.allCases)
  func makesInspectsVerifiesAndConverts(format: DatasetFormat) throws {
    try withTemporaryFolder { folder in
      let made = folder.appendingPathComponent("made").path
      let common = ["--count", "5", "--size", "32", "--shard-size", "2"]
      let outcome = try Program.run(
        ["data", "make", "uniform/eval/xl-level1", "--format", format.rawValue, "--output", made]
          + common + (format == .npz ? [] : ["--lossless"]))
      #expect(outcome.code == 0, "\(outcome.messages)")
      let inspected = try Program.run(["data", "inspect", made, "--json"])
      #expect(inspected.code == 0)
      #expect(inspected.output.contains("\"count\" : 5"))
      let verified = try Program.run(["data", "verify", made, "--json"])
      #expect(verified.code == 0, "\(verified.output)")
      #expect(verified.output.contains("\"identical\" : 5"))
      let other = folder.appendingPathComponent("tar").path
      let converted = try Program.run([
        "data", "convert", made, "--format", "tar", "--output", other, "--quiet",
      ])
      #expect(converted.code == 0, "\(converted.messages)")
      #expect(try Program.run(["data", "verify", other]).code == 0)
      // What a lossy file lost cannot come back: exact copies of it are not held to it.
      let lossy = folder.appendingPathComponent("lossy").path
      _ = try Program.run([
        "data", "make", "uniform/eval/xl-level1", "--count", "3", "--output", lossy, "--quiet",
      ])
      let exact = folder.appendingPathComponent("exact").path
      _ = try Program.run([
        "data", "convert", lossy, "--format", "npz", "--output", exact, "--quiet",
      ])
      let checked = try Program.run(["data", "verify", exact])
      #expect(checked.code == 0, "\(checked.messages)")
      try expectNothingHalfWritten(folder)
    }
  }

  @Test func threadsAndProcessesChangeNoByteAndInterruptedWorkGoesOn() throws {
    try withTemporaryFolder { folder in
      func make(_ name: String, _ more: [String]) throws -> URL {
        let target = folder.appendingPathComponent(name)
        let outcome = try Program.run(
          [
            "data", "make", "collision/eval", "--count", "7", "--size", "32", "--format", "tar",
            "--shard-size", "2", "--output", target.path,
          ] + more)
        #expect(outcome.code == 0, "\(outcome.messages)")
        return target
      }
      let whole = try contents(make("whole", ["--threads", "1"]))
      #expect(try contents(make("threads", ["--threads", "3"])) == whole)
      for part in ["3/3", "1/3", "2/3"] { _ = try make("shared", ["--shard", part]) }
      let shared = folder.appendingPathComponent("shared")
      #expect(try contents(shared) == whole)
      try FileManager.default.removeItem(at: shared.appendingPathComponent("shard-00001.tar"))
      try FileManager.default.removeItem(at: shared.appendingPathComponent("manifest.json"))
      #expect(try contents(make("shared", [])) == whole)
      // Another seed is another set: nothing of the finished one is touched.
      try Program.expectFailure(
        65,
        [
          "data", "make", "collision/eval", "--count", "7", "--size", "32", "--format", "tar",
          "--shard-size", "2", "--seed", "1", "--output", shared.path,
        ], naming: ["seed"])
      #expect(try contents(shared) == whole)
    }
  }

  @Test func compatibleSetsAreTheReleasedOnes() throws {
    try withTemporaryFolder { folder in
      let target = folder.appendingPathComponent("released")
      let outcome = try Program.run([
        "data", "make", "uniform/eval", "--compatible", "--count", "4", "--size", "32", "--output",
        target.path, "--merge",
      ])
      #expect(outcome.code == 0, "\(outcome.messages)")
      let file = try OfficialHDF5(contentsOf: folder.appendingPathComponent("released.hdf5"))
      // The first pair of the recorded official order.
      let first = try file.video(at: 0)
      #expect(abs((first.parameters["r"] ?? 0) - 1.1344827586206896) < 1e-15)
      #expect(abs((first.parameters["v"] ?? 0) - 1.0303030303030303) < 1e-15)
      #expect(abs(first.trajectory[frame: 0, body: 0].x - 3.1142327785491943) < 1e-12)
      try Program.expectFailure(
        65, ["data", "make", "figure-14/spatial/test", "--compatible", "--output", "x"],
        naming: ["figure-14/spatial/test"])
    }
  }

  @Test func oneChangedByteIsFound() throws {
    try withTemporaryFolder { folder in
      let made = folder.appendingPathComponent("made")
      let outcome = try Program.run([
        "data", "make", "uniform/eval/id", "--count", "3", "--size", "32", "--format", "npz",
        "--output", made.path,
      ])
      #expect(outcome.code == 0, "\(outcome.messages)")
      let shard = made.appendingPathComponent("shard-00000.npz")
      var bytes = try Data(contentsOf: shard)
      bytes[bytes.count / 2] ^= 0x40
      try bytes.write(to: shard)
      let verified = try Program.run(["data", "verify", made.path])
      #expect(verified.code == 1)
      #expect(verified.messages.contains("SHA-256") && verified.messages.contains(shard.path))
    }
  }

  @Test func aRecipeOfOnesOwnIsCheckedBeforeAnythingIsMade() throws {
    try withTemporaryFolder { folder in
      func recipe(_ text: String) throws -> String {
        let url = folder.appendingPathComponent("recipe.json")
        try Data(text.utf8).write(to: url)
        return url.path
      }
      let target = folder.appendingPathComponent("made").path
      let good = try recipe(
        #"{"scenario": {"name": "gap", "color": "red", "frames": 8}, "#
          + #""region": {"boxes": [{"r": [0.7, 1], "excess": [1, 2]}]}}"#)
      try Program.expectFailure(
        65, ["data", "make", good, "--output", target], naming: ["--count"])
      let outcome = try Program.run([
        "data", "make", good, "--count", "2", "--size", "32", "--output", target,
      ])
      #expect(outcome.code == 0, "\(outcome.messages)")
      for (text, value) in [
        (#"{"scenario": {"name": "pendulum"}, "region": {"boxes": [{"r": [1, 2]}]}}"#, "pendulum"),
        (#"{"scenario": {"name": "gap"}"#, "recipe.json"),
        (
          #"{"region": {"boxes": [{"r": [0.7, 3], "v": [1, 4]}]}, "scenario": {"#
            + #""direction": "right", "shape": "disc", "color": "red", "frames": 8}}"#, "2.5"
        ),
      ] {
        let path = try recipe(text)
        let other = folder.appendingPathComponent("other").path
        let failed = try Program.run([
          "data", "make", path, "--count", "400", "--size", "32", "--format", "npz", "--output",
          other,
        ])
        #expect(failed.code == 65 && failed.messages.contains(value), "\(failed.messages)")
      }
    }
  }

  @Test(arguments: [
    (["--crf", "60"], "60"), (["--crf", "20", "--lossless"], "--lossless"),
    (["--shard", "3/2"], "3/2"), (["--size", "100"], "100"), (["--format", "zarr"], "zarr"),
    (["--merge", "--format", "tar"], "tar"), (["--shard-size", "0"], "0"),
  ])
  func refusesImpossibleRequests(arguments: [String], value: String) throws {
    try withTemporaryFolder { folder in
      let target = folder.appendingPathComponent("made").path
      try Program.expectFailure(
        64, ["data", "make", "uniform/eval", "--output", target] + arguments, naming: [value])
      #expect(try contents(folder) == [:])
    }
  }

  @Test func whatIsNoSetIsNamed() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("broken.hdf5")
      try Data("not a data set".utf8).write(to: file)
      for command in ["inspect", "verify"] {
        let outcome = try Program.run(["data", command, file.path])
        #expect(outcome.code != 0 && outcome.messages.contains("broken.hdf5"))
        try Program.expectFailure(65, ["data", command, "nowhere"], naming: ["nowhere"])
      }
      try Program.expectFailure(
        65, ["data", "convert", file.path, "--output", folder.appendingPathComponent("x").path],
        naming: ["broken.hdf5"])
    }
  }
}
