import Datasets
import Foundation
import TestSupport
import Testing
import Videos
import Worlds

struct VideoFolderTests {
  static let stream = SceneStream(
    recipe: SceneRecipe(
      scenario: UniformMotion(frames: 6), region: EvaluationLevel.idLevel.region), seed: 4)

  static func withFolder(
    count: Int = 3, _ body: (URL) throws -> Void
  ) throws {
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("videos")
      try VideoFolder.write(stream, count: count, size: 64, quality: .lossless, to: folder)
      try body(folder)
    }
  }

  @Test func whatWasWrittenComesBack() throws {
    try Self.withFolder { folder in
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      #expect(names == ["00000.mp4", "00001.mp4", "00002.mp4", "manifest.json", "scenes.jsonl"])
      let videos = try VideoFolder(contentsOf: folder)
      #expect(videos.problems.isEmpty)
      #expect(videos.manifest.recipe == Self.stream.recipe && videos.manifest.seed == 4)
      let loaded = try videos.loadAll()
      for (index, video) in loaded.enumerated() {
        #expect(try video == LabelledVideo(Self.stream, index: index, size: 64))
      }
      let siblings = try FileManager.default.contentsOfDirectory(
        atPath: folder.deletingLastPathComponent().path)
      #expect(siblings == ["videos"])
    }
  }

  @Test func progressIsReported() throws {
    try withTemporaryFolder { temporary in
      var seen: [Int] = []
      try VideoFolder.write(
        Self.stream, count: 2, size: 32, to: temporary.appendingPathComponent("v")
      ) { seen.append($0) }
      #expect(seen == [1, 2])
    }
  }

  @Test func targetsThatCannotBeWrittenAreRefused() throws {
    try withTemporaryFolder { temporary in
      #expect(throws: VideoFolderError.exists(folder: temporary.path)) {
        try VideoFolder.write(Self.stream, count: 1, to: temporary)
      }
      let new = temporary.appendingPathComponent("new")
      #expect(throws: VideoFolderError.count(0)) {
        try VideoFolder.write(Self.stream, count: 0, to: new)
      }
      #expect(throws: VideoError.self) {
        try VideoFolder.write(Self.stream, count: 1, size: 100, to: new)
      }
      let file = temporary.appendingPathComponent("file")
      try Data().write(to: file)
      #expect(throws: VideoFolderError.self) {
        try VideoFolder.write(Self.stream, count: 1, to: file.appendingPathComponent("inside"))
      }
      // Nothing half-written is left behind.
      #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path) == ["file"])
    }
  }

  @Test func missingPartsAreNamed() throws {
    try Self.withFolder { folder in
      let nowhere = folder.appendingPathComponent("nowhere")
      #expect(throws: VideoFolderError.self) { try VideoFolder(contentsOf: nowhere) }
      let list = folder.appendingPathComponent("scenes.jsonl")
      try FileManager.default.removeItem(at: list)
      #expect(throws: VideoFolderError.missing(file: list.path)) {
        try VideoFolder(contentsOf: folder)
      }
      let manifest = folder.appendingPathComponent("manifest.json")
      try Data("{".utf8).write(to: manifest)
      #expect {
        try VideoFolder(contentsOf: folder)
      } throws: { error in
        guard case VideoFolderError.garbled(let file, _) = error else { return false }
        return file == manifest.path
      }
    }
  }

  @Test func everyBrokenLineAndFileIsReported() throws {
    try Self.withFolder(count: 6) { folder in
      let list = folder.appendingPathComponent("scenes.jsonl")
      var lines = try String(contentsOf: list, encoding: .utf8)
        .split(separator: "\n").map(String.init)
      lines[0] = "not json"
      lines[1] = lines[1].replacingOccurrences(of: "\"frames\":6", with: "\"frames\":5")
      lines[2] = lines[2].replacingOccurrences(of: "00002.mp4", with: "gone.mp4")
      lines[5] = lines[4]
      try lines.joined(separator: "\n").write(to: list, atomically: true, encoding: .utf8)
      try Data("junk".utf8).write(to: folder.appendingPathComponent("00003.mp4"))

      let videos = try VideoFolder(contentsOf: folder)
      #expect(videos.entries.map(\.index) == [3, 4])
      #expect(videos.problems.count == 4)
      #expect {
        try videos.loadAll()
      } throws: { error in
        guard case VideoFolderError.broken(_, let problems) = error else { return false }
        let text = "\(error)"
        return problems.count == 5
          && ["line 1", "scene 1", "gone.mp4", "00003.mp4", "scene 4", "listed twice"]
            .allSatisfy { text.contains($0) }
      }
    }
  }

  @Test func shortListsAndForeignVideosAreReported() throws {
    try Self.withFolder { folder in
      let list = folder.appendingPathComponent("scenes.jsonl")
      let lines = try String(contentsOf: list, encoding: .utf8).split(separator: "\n")
      try String(lines[0]).write(to: list, atomically: true, encoding: .utf8)
      try VideoFile.write(
        try LabelledVideo(Self.stream, index: 0, size: 32).video,
        to: folder.appendingPathComponent("00000.mp4"))
      let videos = try VideoFolder(contentsOf: folder)
      #expect(videos.problems == [.count(expected: 3, found: 1)])
      let entry = try #require(videos.entries.first)
      #expect(throws: VideoFolderProblem.self) { try videos.load(entry) }
    }
  }
}
