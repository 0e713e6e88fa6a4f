import Combinatorial
import Foundation
import TestSupport
import Testing

@Suite("simulate combinatorial") struct SimulateCombinatorialTests {
  @Test func aSceneIsMadeEditedAndMadeAgain() throws {
    try withTemporaryFolder { folder in
      let (set, one) = (folder.appendingPathComponent("set"), folder.appendingPathComponent("one"))
      let first = try Program.run([
        "simulate", "combinatorial", "--template", "10005", "--count", "2", "--size", "64",
        "--output", set.path,
      ])
      #expect(first.code == 0, "\(first.messages)")
      #expect(first.output == "")
      let file = set.appendingPathComponent("00001.json")
      var scene = try CombinatorialScene(contentsOf: file)
      scene.bodies[scene.bodies.count - 1].position.x += 1
      try scene.json.write(to: file)
      let second = try Program.run([
        "simulate", "combinatorial", "--scene", file.path, "--size", "64", "--output", one.path,
      ])
      #expect(second.code == 0, "\(second.messages)")
      #expect(
        try names(in: one) == ["00000.json", "00000.mp4", "manifest.json", "scenes.jsonl"])
      #expect(
        try CombinatorialScene(contentsOf: one.appendingPathComponent("00000.json")) == scene)
    }
  }

  @Test(arguments: [
    ([], "--template"), (["--template", "10077"], "10077"), (["--template", "ABX"], "'X'"),
    (["--split", "train_7"], "train_7"), (["--template", "AB", "--split", "train_6"], "exclude"),
    (["--template", "AB", "--task=-1"], "-1"), (["--template", "AB", "--frames", "9"], "--frames"),
    (["--template", "AB", "--size", "100"], "100"),
    (["--scene", "a.json", "--task", "1"], "--task"),
    (["--template", "AB", "--restitution-threshold", "nan"], "nan"),
  ])
  func refusesWhatCannotBe(arguments: [String], value: String) throws {
    try withTemporaryFolder { folder in
      let target = folder.appendingPathComponent("videos").path
      try Program.expectFailure(
        64, ["simulate", "combinatorial"] + arguments + ["--output", target], naming: [value])
      try Program.expectFailure(
        64, ["simulate", "parabola", "--template", "10005", "--output", target],
        naming: ["--template"])
      #expect(try names(in: folder).isEmpty)
    }
  }

  @Test func refusesBrokenScenes() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("scene.json")
      let target = folder.appendingPathComponent("videos").path
      for (text, part) in [
        ("{", "scene.json"), (#"{"bodies": [{}]}"#, "bodies[0].objectType"),
      ] {
        try Data(text.utf8).write(to: file)
        try Program.expectFailure(
          65, ["simulate", "combinatorial", "--scene", file.path, "--output", target],
          naming: [part])
      }
      #expect(try names(in: folder) == ["scene.json"])
    }
  }
}
