import Foundation
import Submissions
import TestSupport
import Testing
import Videos

@Suite struct ChallengeTests {
  @Test func theFolderHoldsTheGivenFramesAndNothingElse() throws {
    try withTemporaryFolder { folder in
      let split = try Trial.split(5, seed: 987_654_321)
      let challenge = ChallengeFolder(folder["task"])
      try challenge.export(split, size: 64, threads: 2)
      #expect(folder.names == ["task", "task.key.json"])
      #expect(folder["task"].names == ["README.md", "challenge.json", "conditions", "ids.txt"])
      let ids = Trial.ids(split)
      #expect(
        folder["task"]["conditions"].names == (ids + ids.map { "\($0).mp4" }).sorted())
      for (place, id) in ids.enumerated() {
        let truth = try Trial.truth(split, place: place).video(size: 64).prefix(frames: 3)
        let mp4 = try VideoFile.read(folder["task"]["conditions"]["\(id).mp4"])
        #expect(mp4 == truth)
        let pictures = folder["task"]["conditions"][id]
        #expect(pictures.names == ["frame-000.png", "frame-001.png", "frame-002.png"])
        let png = try Data(contentsOf: pictures["frame-002.png"])
        #expect(try ImageFile.image(png: png) == truth.frame(2))
      }
      for name in ["README.md", "challenge.json", "ids.txt"] {
        let text = try String(contentsOf: folder["task"][name], encoding: .utf8)
        for secret in ["987654321", "v_low", "\"r\"", "velocity", "seed"] {
          #expect(!text.contains(secret), "\(name) tells \(secret)")
        }
      }
      let key = try ChallengeFolder.Key(contentsOf: challenge.key)
      #expect(try key.scenes().identity == split.identity)
    }
  }

  @Test func nothingIsOverwritten() throws {
    try withTemporaryFolder { folder in
      let challenge = ChallengeFolder(folder["task"])
      try Data().write(to: folder["task"])
      #expect(throws: SubmissionError.exists(path: folder["task"].path)) {
        try challenge.export(Trial.split(1))
      }
      #expect(throws: SubmissionError.self) {
        try ChallengeFolder(folder["b"]).export(Trial.split(1), size: 100)
      }
      #expect(throws: SubmissionError.self) {
        try ChallengeFolder(folder["b"]).export(Trial.split(1), conditionFrames: 32)
      }
      #expect(throws: SubmissionError.self) {
        try ChallengeFolder(folder["b"]).export(Trial.split(1), isCancelled: { true })
      }
      #expect(folder.names == ["task"])
    }
  }

  @Test func aFalseKeyIsRefused() throws {
    try withTemporaryFolder { folder in
      for text in ["", "[]", #"{"version":1}"#] {
        try Data(text.utf8).write(to: folder["key.json"])
        #expect(throws: SubmissionError.self) {
          try ChallengeFolder.Key(contentsOf: folder["key.json"])
        }
      }
      #expect(throws: SubmissionError.missing(path: folder["none"].path)) {
        try ChallengeFolder.Key(contentsOf: folder["none"])
      }
    }
  }
}
