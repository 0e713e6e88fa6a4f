import Foundation
import Submissions
import TestSupport
import Testing
import Videos

@Suite struct SubmissionFolderTests {
  private func split() throws -> SceneSplit { try SceneSplit(named: "uniform/eval") }

  @Test func everyKindOfFileIsFound() throws {
    try withTemporaryFolder { folder in
      for name in ["00000.mp4", "1.gif", "00002.npy", "3.npz", "00004-extra.txt", "notes.md"] {
        try Data("x".utf8).write(to: folder[name])
      }
      _ = try folder["00005"].made()
      _ = try folder["more"].made()
      try Data("x".utf8).write(to: folder[".00006.mp4"])
      let found = try SubmissionFolder(folder, split: split())
      #expect(found.entries.keys.sorted() == [0, 1, 2, 3, 5])
      #expect(found.otherFiles == 3)
      #expect(found.surplus.isEmpty && found.duplicates.isEmpty)
    }
  }

  @Test func surplusAndAmbiguousFilesAreNamed() throws {
    try withTemporaryFolder { folder in
      for name in ["0.mp4", "00000.gif", "4000.mp4", "best.mp4", "7.mp4"] {
        try Data("x".utf8).write(to: folder[name])
      }
      let found = try SubmissionFolder(folder, split: split())
      #expect(found.entries.keys.sorted() == [7])
      #expect(found.duplicates.map(\.kind) == [.duplicate])
      #expect(found.duplicates[0].cause.contains("0.mp4"))
      #expect(found.surplus.map(\.file) == ["4000.mp4", "best.mp4"])
    }
  }

  @Test func filesBeyondTheChosenScenesAreSurplus() throws {
    try withTemporaryFolder { folder in
      let part = try SceneSplit(named: "uniform/eval", count: 10)
      let chosen = part.index(at: 3)
      try Data("x".utf8).write(to: folder["\(chosen).mp4"])
      try Data("x".utf8).write(to: folder["\(chosen + 1).mp4"])
      let found = try SubmissionFolder(folder, split: part)
      #expect(found.entries.keys.sorted() == [chosen])
      #expect(found.surplus[0].cause.contains("chosen"))
    }
  }

  @Test func aPipeIsNotOpened() throws {
    try withTemporaryFolder { folder in
      #expect(mkfifo(folder["00000.mp4"].path, 0o600) == 0)
      try Data("x".utf8).write(to: folder["00001.mp4"])
      let found = try SubmissionFolder(folder, split: split())
      #expect(found.entries.keys.sorted() == [1])
      #expect(found.surplus[0].cause == "is no regular file")
    }
  }

  @Test func namesAreMadePrintable() throws {
    try withTemporaryFolder { folder in
      try Data("x".utf8).write(to: folder["\u{1B}[2Jx\n<script>.mp4"])
      try Data("x".utf8).write(to: folder["1.mp4"])
      let found = try SubmissionFolder(folder, split: split())
      #expect(found.surplus[0].file == "\u{FFFD}[2Jx <script>.mp4")
    }
  }

  @Test func nothingInCommonIsAnError() throws {
    try withTemporaryFolder { folder in
      #expect(throws: SubmissionError.self) { try SubmissionFolder(folder, split: split()) }
      try Data("x".utf8).write(to: folder["ball.mp4"])
      do {
        _ = try SubmissionFolder(folder, split: split())
        Issue.record("no error")
      } catch {
        #expect("\(error)".contains("00000 to 03991"))
        #expect("\(error)".contains("ball.mp4"))
      }
      #expect(throws: SubmissionError.missing(path: folder["none"].path)) {
        try SubmissionFolder(folder["none"], split: split())
      }
      #expect(throws: SubmissionError.self) {
        try SubmissionFolder(folder["ball.mp4"], split: split())
      }
    }
  }

  @Test func containersHoldManyScenes() throws {
    try withTemporaryFolder { folder in
      let split = try Trial.split(3)
      let videos = try (0..<3).map { try Trial.truth(split, place: $0).video(size: 32) }
      let bytes = videos.reduce(into: Data()) { $0 += Data($1.bytes) }
      let writer = try NumPyArchiveWriter(folder["answers.npz"])
      try writer.add("videos", NumPyLayout(type: "|u1", shape: [3, 32, 32, 32, 3]), bytes)
      let ids = (0..<3).map { Int64(split.index(at: $0)) }
      try writer.add(
        "ids", NumPyLayout(type: "<i8", shape: [3]), ids.withUnsafeBytes { Data($0) })
      try writer.finish()
      let found = try SubmissionFolder(folder["answers.npz"], split: split)
      #expect(found.entries.count == 3)
      let entry = try #require(found.entries[split.index(at: 1)])
      let mapped = try MappedVideo(
        entry, id: "", truth: Trial.truth(split, place: 1), options: MappingOptions())
      #expect(mapped.video == videos[1])
      #expect(entry.name == "answers.npz, video 1")
    }
  }

  @Test func brokenContainersAreNamed() throws {
    try withTemporaryFolder { folder in
      for name in ["a.npz", "b.npy", "c.hdf5"] { try Data("x".utf8).write(to: folder[name]) }
      try Data().write(to: folder["d.npz"])
      try NumPyLayout(type: "|u1", shape: [2, 3]).header.write(to: folder["e.npy"])
      try Data("x".utf8).write(to: folder["1.mp4"])
      let found = try SubmissionFolder(folder, split: split())
      #expect(found.surplus.map(\.file) == ["a.npz", "b.npy", "c.hdf5", "d.npz", "e.npy"])
      #expect(found.surplus.allSatisfy { !$0.cause.isEmpty && !$0.cause.contains(folder.path) })
    }
  }
}
