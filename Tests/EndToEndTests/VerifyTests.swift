import Experiments
import Foundation
import TestSupport
import Testing

@Suite("verify") struct VerifyTests {
  @Test(.enabled(if: GoldenFolder.isPresent, "\(GoldenFolder.absent)"))
  func agreesWithTheReference() throws {
    let table = try Program.run(["verify", GoldenFolder.url.path])
    #expect(table.code == 0, "\(table.messages)")
    #expect(table.messages == "")
    #expect(table.output.contains("uniform_motion"))
    for scenario in ["parabola", "collision", "collision_square_out_eval"] {
      #expect(table.output.contains(scenario))
    }
    #expect(table.output.contains("decisions"))
    let json = try Program.run(["verify", GoldenFolder.url.path, "--json"])
    #expect(json.code == 0)
    let found = try JSONDecoder().decode(Verification.self, from: Data(json.output.utf8))
    #expect(found == (try Verification(folder: GoldenFolder.url)))
  }

  @Test(.enabled(if: GoldenFolder.isPresent, "\(GoldenFolder.absent)"))
  func failsOnOneChangedNumber() throws {
    try withTemporaryFolder { folder in
      let copy = folder.appendingPathComponent("golden")
      try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
      for name in ["frames.npz", "eval_frames.npz", "evaluator.json", "scenes.json"] {
        try Data(contentsOf: GoldenFolder.url.appendingPathComponent(name))
          .write(to: copy.appendingPathComponent(name))
      }
      let file = copy.appendingPathComponent("scenes.json")
      // The first frame's horizontal position of the first scene.
      let number = "1.8673417568206787"
      var text = try String(contentsOf: file, encoding: .utf8)
      let place = try #require(text.range(of: number))
      text.replaceSubrange(place, with: "1.8675")
      try Data(text.utf8).write(to: file)
      let outcome = try Program.run(["verify", copy.path])
      #expect(outcome.code == 1)
      #expect(outcome.messages.contains("uniform_motion_00: a position differs by"))
      #expect(outcome.output.contains("beyond tolerance"))
    }
  }

  @Test func saysWhichFileIsMissingOrGarbled() throws {
    try withTemporaryFolder { folder in
      try Program.expectFailure(65, ["verify", folder.path], naming: ["scenes.json"])
      try Data("[]".utf8).write(to: folder.appendingPathComponent("scenes.json"))
      try Program.expectFailure(65, ["verify", folder.path], naming: ["scenes.json"])
    }
  }
}

@Suite("doctor") struct DoctorCommandTests {
  @Test func saysWhatIsThere() throws {
    let outcome = try Program.run(["doctor", "--json"])
    let checks = try JSONDecoder().decode([DoctorCheck].self, from: Data(outcome.output.utf8))
    #expect(outcome.code == (Doctor.isHealthy(checks) ? 0 : 1))
    let libtorch = try #require(checks.first { $0.name == "libtorch" })
    #expect(libtorch.verdict == .found)
    #expect(libtorch.detail.contains("libtorch_cpu.so"))
    let table = try Program.run(["doctor"])
    for check in checks { #expect((table.output + table.messages).contains(check.name)) }
  }

  @Test func saysWhatToDoAboutWhatIsNotThere() throws {
    let outcome = try Program.run(["doctor", "--json"], environment: ["PATH": "/nonexistent"])
    let checks = try JSONDecoder().decode([DoctorCheck].self, from: Data(outcome.output.utf8))
    #expect(checks.first { $0.name == "Swift" }?.verdict == .absent)
    #expect(checks.first { $0.name == "Python's pip" }?.remedy != nil)
  }
}
