import Combinatorial
import Foundation
import TestSupport
import Testing
import Videos
import Worlds

struct CombinatorialFolderTests {
  @Test func scenesAreWrittenSoThatTheyCanBeMadeAgain() throws {
    let stream = CombinatorialStream(.train6, seed: 1)
    try withTemporaryFolder { parent in
      let folder = parent.appendingPathComponent("set")
      var finished: [Int] = []
      let failures = try CombinatorialFolder.write(
        stream.identity, count: 2, size: 64, to: folder, progress: { finished.append($0) }
      ) { index throws(CombinatorialError) in try stream.scene(at: index) }
      #expect(failures.isEmpty && finished == [1, 2])
      #expect(
        try names(in: folder) == [
          "00000.json", "00000.mp4", "00001.json", "00001.mp4", "manifest.json", "scenes.jsonl",
        ])
      let lines = try String(
        contentsOf: folder.appendingPathComponent("scenes.jsonl"), encoding: .utf8)
      for (index, line) in lines.split(separator: "\n").enumerated() {
        let entry = try JSONDecoder().decode(
          CombinatorialFolder.Entry.self, from: Data(line.utf8))
        let scene = try CombinatorialScene(
          contentsOf: folder.appendingPathComponent("0000\(index).json"))
        #expect(entry.scene == scene)
        #expect(try scene == stream.scene(at: index))
        let trajectory = try CombinatorialSimulator().simulate(scene)
        #expect(entry.poses.flatMap(\.self) == trajectory.poses)
        let video = try VideoFile.read(folder.appendingPathComponent(entry.video))
        #expect(video.frames == 50 && video.width == 64)
      }
      let manifest = try JSONDecoder().decode(
        CombinatorialFolder.Manifest.self,
        from: Data(contentsOf: folder.appendingPathComponent("manifest.json")))
      #expect(manifest.quality == "h264 crf 23" && manifest.count == 2)
      #expect(throws: CombinatorialError.exists(folder: folder.path)) {
        try CombinatorialFolder.write("again", count: 1, to: folder) {
          _ throws(CombinatorialError) in try stream.scene(at: 0)
        }
      }
      #expect(try names(in: parent) == ["set"])
    }
  }

  @Test func whatExplodesIsListedAndHasNoVideo() throws {
    let good = try CombinatorialScene(template: CombinatorialTemplate("AB"))
    var bad = good
    bad.bodies[0].position = Vector2(x: 900, y: 900)
    try withTemporaryFolder { parent in
      let folder = parent.appendingPathComponent("set")
      let failures = try CombinatorialFolder.write("two", count: 2, size: 64, to: folder) {
        index throws(CombinatorialError) in index == 0 ? bad : good
      }
      #expect(failures.map(\.index) == [0])
      #expect(failures[0].cause.contains("not real"))
      #expect(!(try names(in: folder)).contains("00000.mp4"))
      // A single scene fails as a whole.
      #expect(throws: CombinatorialError.self) {
        try CombinatorialFolder.write(
          "one", count: 1, to: parent.appendingPathComponent("other")
        ) { _ throws(CombinatorialError) in bad }
      }
      #expect(try names(in: parent) == ["set"])
    }
  }
}
