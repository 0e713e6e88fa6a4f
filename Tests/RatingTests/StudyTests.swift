import Foundation
import Rating
import Testing
import Videos

@Suite struct StudyTests {
  private func begun(_ folder: URL) throws -> (file: URL, study: Study, clips: [Clip]) {
    let file = folder.appendingPathComponent("ratings.sqlite")
    let study = try Study(file)
    return (file, study, try study.register(try ClipFolder.clips(in: folder)).clips)
  }

  @Test func everythingIsThereAfterARestart() async throws {
    try await withFolder { folder in
      try writeClips(["a.mp4", "b.mp4"], in: folder)
      let (file, first, clips) = try begun(folder)
      let ada = try await first.join(RaterName("Ada"))
      try await first.rate(
        Rating(rater: "Ada", clip: clips[0].id, answer: .violates, seconds: 2.5))
      let again = try Study(file)
      #expect(again.accessKey == first.accessKey)
      #expect(try await again.answers(of: ada) == [clips[0].id: .violates])
      #expect(try again.register(try ClipFolder.clips(in: folder)).clips == clips)
      #expect(try again.table() == first.table())
    }
  }

  @Test func anAnswerSurvivesTheEndOfTheProcessWithoutWarning() async throws {
    try await withFolder { folder in
      try writeClips(["a.mp4"], in: folder)
      let (file, study, clips) = try begun(folder)
      try await study.join(RaterName("Ada"))
      try await study.rate(Rating(rater: "Ada", clip: clips[0].id, answer: .obeys, seconds: 1))
      // What a killed process leaves: the file and its journal as they are now.
      let copy = folder.appendingPathComponent("copy.sqlite")
      for end in ["", "-wal"] {
        try FileManager.default.copyItem(atPath: file.path + end, toPath: copy.path + end)
      }
      #expect(try Study(existing: copy).table().ratings.map(\.answer) == [.obeys])
    }
  }

  @Test func aChangedAnswerReplacesTheOldOneAndHistoryKeepsBoth() async throws {
    try await withFolder { folder in
      try writeClips(["a.mp4"], in: folder)
      let (_, study, clips) = try begun(folder)
      try await study.join(RaterName("Ada"))
      for answer in [Answer.obeys, .violates, .violates] {
        try await study.rate(
          Rating(rater: "ada", clip: clips[0].id, answer: answer, seconds: .nan))
      }
      let table = try study.table()
      #expect(table.ratings.map(\.answer) == [.violates])
      #expect(table.history.map(\.answer) == [.obeys, .violates])
      #expect(table.ratings[0].rater == "Ada" && table.ratings[0].seconds == 0)
      #expect(StudyResults(table).raters[0].changed == 1)
    }
  }

  @Test func manyRatersAtOnceThroughTwoOpenings() async throws {
    try await withFolder { folder in
      try writeClips(["a.mp4", "b.mp4", "c.mp4"], in: folder)
      let (file, first, clips) = try begun(folder)
      let second = try Study(file)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for rater in 0..<20 {
          let study = rater.isMultiple(of: 2) ? first : second
          group.addTask {
            try await study.join(RaterName("rater \(rater)"))
            for clip in clips {
              try await study.rate(
                Rating(rater: "rater \(rater)", clip: clip.id, answer: .obeys, seconds: 1))
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try first.table().ratings.count == 60)
      #expect(try second.table().raters.count == 20)
    }
  }

  @Test func badAnswersAreRefused() async throws {
    try await withFolder { folder in
      try writeClips(["a.mp4"], in: folder)
      let (_, study, clips) = try begun(folder)
      try await study.join(RaterName("Ada"))
      let id = clips[0].id
      await #expect(throws: RatingError.unknownClip("no")) {
        try await study.rate(Rating(rater: "Ada", clip: "no", answer: .obeys, seconds: 1))
      }
      await #expect(throws: RatingError.unknownRater("Eve")) {
        try await study.rate(Rating(rater: "Eve", clip: id, answer: .obeys, seconds: 1))
      }
      await #expect(throws: RatingError.unknownAnswer("lawful", offered: ["obeys", "violates"])) {
        try await study.rate(Rating(rater: "Ada", clip: id, answer: .lawful, seconds: 1))
      }
      #expect(try study.table().history.isEmpty)
    }
  }

  @Test func aChangedClipIsNotTakenForTheOneThatWasRated() async throws {
    try await withFolder { folder in
      try writeClips(["a.mp4", "b.mp4"], in: folder)
      let (_, study, clips) = try begun(folder)
      try VideoFile.write(
        try rollingDisc(vanishing: 4), to: folder.appendingPathComponent("a.mp4"))
      let selection = try study.register(try ClipFolder.clips(in: folder))
      #expect(selection.clips == [clips[1]])
      #expect("\(selection.problems)".contains("a.mp4: has changed since the study began"))
    }
  }

  @Test func addedClipsAreNewAndRemovedOnesKeepTheirAnswers() async throws {
    try await withFolder { folder in
      try writeClips(["a.mp4", "b.mp4"], in: folder)
      let (_, study, clips) = try begun(folder)
      try await study.join(RaterName("Ada"))
      try await study.rate(Rating(rater: "Ada", clip: clips[0].id, answer: .obeys, seconds: 1))
      try FileManager.default.removeItem(at: folder.appendingPathComponent("a.mp4"))
      try writeClips(["c.mp4"], in: folder)
      let now = try study.register(try ClipFolder.clips(in: folder)).clips
      #expect(now.map(\.file.source) == ["b.mp4", "c.mp4"] && now[0] == clips[1])
      #expect(try study.table().ratings.map(\.source) == ["a.mp4"])
    }
  }

  @Test func aStudyKeepsItsQuestionAndSeed() async throws {
    try await withFolder { folder in
      let file = folder.appendingPathComponent("s.sqlite")
      let first = try Study(file, question: .types, seed: .max)
      #expect(first.seed == .max)
      let again = try Study(file)
      #expect(again.question == .types && again.seed == .max)
      #expect(throws: RatingError.self) { try Study(file, question: .obeys) }
      #expect(throws: RatingError.self) { try Study(file, seed: 1) }
    }
  }

  @Test func otherFilesAreNotTouched() async throws {
    try await withFolder { folder in
      let text = folder.appendingPathComponent("text.sqlite")
      let words = Data(String(repeating: "not a database ", count: 100).utf8)
      try words.write(to: text)
      #expect(throws: RatingError.self) { try Study(text) }
      #expect(try Data(contentsOf: text) == words)
      #expect(throws: RatingError.self) { try Study(folder) }
      let nowhere = folder.appendingPathComponent("none/s.sqlite")
      #expect(throws: RatingError.self) { try Study(nowhere) }
      #expect(throws: RatingError.missingStudy(file: nowhere.path)) {
        try Study(existing: nowhere)
      }
    }
  }

  @Test func nobodyElseMayReadTheStudy() async throws {
    try await withFolder { folder in
      let file = folder.appendingPathComponent("s.sqlite")
      _ = try Study(file)
      let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]
      #expect(mode as? Int == 0o600)
    }
  }
}
