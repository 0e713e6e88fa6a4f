import Datasets
import Foundation
import Measures
import Submissions
import TestSupport
import Testing
import Videos
import Worlds

@Suite struct EvaluationTests {
  @Test func theTruthScoresItsFloor() throws {
    try withTemporaryFolder { folder in
      let split = try Trial.split(12)
      let videos = try folder["answers"].made()
      try Trial.write(split, to: videos)
      let document = try Trial.evaluation(videos, split, to: folder["out"]).run()
      #expect(document.isComplete)
      #expect(document.counts.scored == 12 && document.problems.isEmpty)
      #expect(document.measures["all"]?["velocity_error.unbiased"]?.count == 12)
      for level in document.levels {
        for (name, summary) in document.measures[level] ?? [:] where name != "condition_difference"
        {
          #expect(document.floors["ground_truth"]?[level]?[name] == summary)
        }
      }
      #expect(document.judgements["all"]?.asTruth == 12)
      #expect(document.judgements["all"]?.abnormal.mean == 0)
      #expect(document.mappings == ["64 by 64 pixels; all 32 frames": 12])
      #expect(document.examples["all"]?.best.count == 6)
      #expect(try EvaluationDocument(in: folder["out"]) == document)
      #expect(
        folder["out"].names == [
          "metrics.csv", "metrics.json", "metrics.md", "metrics.tex", "missing.txt",
          "official-uniform.csv", "problems.jsonl", "scores.jsonl", "settings.json",
        ])
    }
  }

  @Test func theReleasedDriversTableIsWritten() throws {
    try withTemporaryFolder { folder in
      let split = try Trial.split(6)
      try Trial.write(split, to: try folder["a, b"].made(), places: 0..<6)
      let document = try Trial.evaluation(folder["a, b"], split, to: folder["out"]).run()
      let table = try String(
        contentsOf: folder["out"]["official-uniform.csv"], encoding: .utf8)
      let lines = table.split(separator: "\n")
      #expect(lines[0] == "model,vel_error,delta_r,abs_x_err_avg,abs_y_err_avg")
      // Five of the six scenes lie in the training range, one has a radius outside.
      #expect(lines[3].hasPrefix(",\"     5,      1,      0,      1,      0,      0\""))
      let cell = try #require(lines[1].split(separator: "\"").dropFirst().first { $0 != "," })
      let means = cell.split(separator: ", ").compactMap { Double($0) }
      let mean = try #require(document.measures["all"]?["velocity_error.official"]?.mean)
      #expect(abs((5 * means[0] + means[1]) / 6 - mean) < 1e-4 && means[1] == means[3])
    }
  }

  @Test func whatIsWrongIsListedAndTheRestScored() throws {
    try withTemporaryFolder { folder in
      let split = try Trial.split(8)
      let ids = Trial.ids(split)
      let videos = try folder["answers"].made()
      try Trial.write(split, to: videos, places: 0..<4)
      try Data().write(to: videos["\(ids[4]).mp4"])
      try Data("garbage".utf8).write(to: videos["\(ids[5]).gif"])
      try Trial.truth(split, place: 6).video(size: 32).prefix(frames: 9).npy
        .write(to: videos["\(ids[6]).npy"])
      try Data("x".utf8).write(to: videos["stray <b>.mp4"])
      let document = try Trial.evaluation(videos, split, to: folder["out"]).run()
      #expect(!document.isComplete)
      #expect(document.counts.scored == 4 && document.counts.failed == 3)
      #expect(document.counts.missing == 1 && document.counts.surplus == 1)
      #expect(document.missing == [ids[7]])
      #expect(
        Set(document.problems.map(\.file)) == [
          "\(ids[4]).mp4", "\(ids[5]).gif", "\(ids[6]).npy", "stray <b>.mp4",
        ])
      let markdown = try String(contentsOf: folder["out"]["metrics.md"], encoding: .utf8)
      #expect(!markdown.contains("<b>") && markdown.contains("4 of 8 scenes scored"))
      let lines = try String(contentsOf: folder["out"]["problems.jsonl"], encoding: .utf8)
      #expect(lines.split(separator: "\n").count == 4)
    }
  }

  @Test func anInterruptedRunGoesOnAndEndsAlike() throws {
    try withTemporaryFolder { folder in
      let split = try Trial.split(40)
      let videos = try folder["answers"].made()
      try Trial.write(split, to: videos, size: 32)
      let whole = try Trial.evaluation(videos, split, to: folder["whole"], threads: 3).run()
      var asked = 0
      let evaluation = try Trial.evaluation(videos, split, to: folder["parts"])
      #expect(throws: SubmissionError.interrupted(doing: "scoring")) {
        try evaluation.run(isCancelled: {
          asked += 1
          return asked > 2
        })
      }
      #expect(folder["parts"].names == [".scores.log", "settings.json"])
      // A line that was cut off while it was written.
      let log = try FileHandle(forWritingTo: folder["parts"][".scores.log"])
      try log.seekToEnd()
      try log.write(contentsOf: Data(#"{"id":"000"#.utf8))
      try log.close()
      var starts: [Int] = []
      let document = try evaluation.run(progress: { done, _ in starts.append(done) })
      #expect(starts.first == 32)
      #expect(document == whole)
      for name in ["scores.jsonl", "metrics.json", "metrics.csv"] {
        #expect(
          try Data(contentsOf: folder["parts"][name]) == Data(contentsOf: folder["whole"][name]))
      }
    }
  }

  @Test func onlyNewAndChangedFilesAreScoredAgain() throws {
    try withTemporaryFolder { folder in
      let split = try Trial.split(5)
      let videos = try folder["answers"].made()
      try Trial.write(split, to: videos, places: 0..<4)
      try Data().write(to: videos["\(Trial.ids(split)[4]).mp4"])
      let evaluation = try Trial.evaluation(videos, split, to: folder["out"])
      #expect(try evaluation.run().counts.failed == 1)
      try Trial.write(split, to: videos, size: 128, places: 1..<2)
      try Trial.write(split, to: videos, places: 4..<5)
      try FileManager.default.removeItem(at: videos["\(Trial.ids(split)[0]).mp4"])
      var starts: [Int] = []
      let document = try evaluation.run(progress: { done, _ in starts.append(done) })
      #expect(starts.first == 2)
      #expect(document.counts.scored == 4 && document.counts.missing == 1)
      #expect(document.mappings.count == 2)
    }
  }

  @Test func otherSettingsAndOtherProcessesAreKeptOut() throws {
    try withTemporaryFolder { folder in
      let split = try Trial.split(2)
      let videos = try folder["answers"].made()
      try Trial.write(split, to: videos)
      let output = folder["out"]
      _ = try Trial.evaluation(videos, split, to: output).run()
      let other = try Trial.evaluation(videos, Trial.split(2, seed: 5), to: output)
      #expect(
        throws: SubmissionError.setting(path: output.path, name: "seed", found: "0", wanted: "5")
      ) { try other.run() }
      let descriptor = open(output[".scores.log"].path, O_RDWR | O_CREAT, 0o600)
      #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
      #expect(throws: SubmissionError.busy(path: output.path)) {
        try Trial.evaluation(videos, split, to: output).run()
      }
      close(descriptor)
      try Data("{}".utf8).write(to: output["settings.json"])
      #expect(throws: SubmissionError.self) {
        try Trial.evaluation(videos, split, to: output).run()
      }
    }
  }

  @Test func aProgramWithoutAnswersHasItsFailuresListed() throws {
    try withTemporaryFolder { folder in
      let split = try Trial.split(2)
      let videos = try folder["answers"].made()
      let evaluation = try Trial.evaluation(videos, split, to: folder["out"])
      #expect(throws: SubmissionError.self) { try evaluation.run() }
      let failures = Trial.ids(split).map {
        SubmissionProblem(.program, id: $0, file: $0, cause: "crashed")
      }
      let document = try evaluation.run(failures: failures)
      #expect(document.counts.scored == 0 && document.counts.missing == 2)
      #expect(document.problems == failures && !document.isComplete)
    }
  }

  @Test func anotherSeedsVideosGiveAWarning() throws {
    try withTemporaryFolder { folder in
      let videos = try folder["answers"].made()
      try Trial.write(try Trial.split(6, seed: 1), to: videos)
      let document = try Trial.evaluation(videos, try Trial.split(6), to: folder["out"]).run()
      #expect(document.warnings.contains { $0.contains("split or seed") })
    }
  }

  @Test func lossesShowInVerdictsAndExamples() throws {
    try withTemporaryFolder { folder in
      let split = try Trial.split(5)
      let videos = try folder["answers"].made()
      try Trial.write(split, to: videos, places: 0..<4)
      var video = try Trial.truth(split, place: 4).video(size: 64)
      for byte in (4 * video.frameSize)..<video.bytes.count { video.bytes[byte] = 255 }
      try video.npy.write(to: videos["\(Trial.ids(split)[4]).npy"])
      let document = try Trial.evaluation(videos, split, to: folder["out"]).run()
      let judged = try #require(document.judgements["all"])
      #expect(judged.wrong == 1 && judged.reasons == ["lost": 1])
      #expect(abs(judged.abnormal.mean - 0.2) < 1e-12 && judged.abnormal.low > 0.03)
      #expect(document.examples["all"]?.worst.first?.id == Trial.ids(split)[4])
    }
  }

  @Test(arguments: ["uniform/eval", "parabola/eval", "collision/eval", "figure-14/spatial/eval"])
  func everyLawIsMeasuredAndJudged(_ name: String) throws {
    try withTemporaryFolder { folder in
      guard SceneCatalogue.sets.contains(where: { $0.name == name }) else { return }
      let split = try SceneSplit(named: name, count: 8)
      let videos = try folder["answers"].made()
      try Trial.write(split, to: videos, size: 128)
      let document = try SubmissionEvaluation(
        of: videos, on: split, ruler: PhysicalRuler(), to: folder["out"]
      ).run()
      #expect(document.isComplete && document.problems.isEmpty)
      #expect(document.judgements["all"]?.asTruth == 8)
      let track = try #require(document.measures["all"]?["track_error"])
      #expect(track.mean < 0.02)
      #expect(document.floors["ground_truth"]?["all"]?["track_error"] == track)
    }
  }

  @Test func tenThousandFilesWithThreeBroken() throws {
    try withTemporaryFolder { folder in
      let split = try SceneSplit(named: "uniform/train-30k", count: 10_000, frames: 4)
      let videos = try folder["answers"].made()
      let video = Data(try Trial.truth(split, place: 0).video(size: 32).npy)
      let ids = Trial.ids(split)
      for (place, id) in ids.enumerated() {
        let isBroken = [17, 5000, 9999].contains(place)
        try (isBroken ? video.prefix(300) : video).write(to: videos["\(id).npy"])
      }
      var mapping = MappingOptions()
      mapping.conditionFrames = 1
      var evaluation = try SubmissionEvaluation(
        of: videos, on: split, ruler: ConstantRuler(), to: folder["out"], mapping: mapping,
        floors: false)
      evaluation.threads = 2
      let document = try evaluation.run()
      #expect(document.counts.scored == 9997 && document.counts.failed == 3)
      #expect(document.problems.compactMap(\.id) == [ids[17], ids[5000], ids[9999]])
    }
  }
}

/// Measures nothing, at once.
private struct ConstantRuler: SceneRuler {
  var identity: String { "constant" }

  func reading(
    of video: Video, truthVideo: Video, scene: LabelledScene, truth: Trajectory, judged: Bool
  ) throws -> SceneReading { SceneReading(measures: ["one_error": 1]) }
}
