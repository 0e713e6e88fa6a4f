import Foundation
import Measures
import Submissions
import TestSupport
import Testing
import Videos

@Suite struct ComparisonTests {
  /// Evaluates the truth, its frames shifted in time, on some places of a split.
  private func evaluate(
    _ folder: URL, _ name: String, split: SceneSplit, delay: Int, places: Range<Int>
  ) throws -> URL {
    let videos = try folder["\(name)-videos"].made()
    for place in places {
      let truth = try Trial.truth(split, place: place).video(size: 64)
      // Later frames come late: a ball that is slower than it should be.
      let late = (0..<32).map { $0 < 3 ? $0 : max(3, $0 - ($0 - 3) * delay / 10) }
      try truth.selecting(late).npy.write(to: videos["\(Trial.ids(split)[place]).npy"])
    }
    _ = try Trial.evaluation(videos, split, to: folder[name]).run()
    return folder[name]
  }

  @Test func differencesAreThoseOfCommonScenes() throws {
    try withTemporaryFolder { folder in
      let split = try Trial.split(20)
      let good = try evaluate(folder, "good", split: split, delay: 0, places: 0..<18)
      let poor = try evaluate(folder, "poor", split: split, delay: 3, places: 2..<20)
      let comparison = try PairedComparison(first: good, second: poor)
      #expect(comparison.common == 16 && comparison.onlyFirst == 2 && comparison.onlySecond == 2)
      let pair = try #require(comparison.differences["all"]?["velocity_error.unbiased"])
      #expect(pair.difference.count == 16)
      #expect(pair.isShown && pair.difference.mean > 0.1)
      #expect(abs(pair.second - pair.first - pair.difference.mean) < 1e-9)
      #expect(comparison.table().text.contains("first is smaller"))
      try comparison.write(to: folder["against"])
      #expect(folder["against"].names == ["comparison.csv", "comparison.json", "comparison.md"])
    }
  }

  @Test func otherScenesCannotBeCompared() throws {
    try withTemporaryFolder { folder in
      let one = try evaluate(
        folder, "one", split: Trial.split(2), delay: 0, places: 0..<2)
      let two = try evaluate(
        folder, "two", split: Trial.split(2, seed: 3), delay: 0, places: 0..<2)
      #expect(throws: SubmissionError.notComparable(name: "seed", first: "0", second: "3")) {
        try PairedComparison(first: one, second: two)
      }
      #expect(throws: SubmissionError.self) { try PairedComparison(first: one, second: folder) }
      try Data("{\n".utf8).write(to: one["scores.jsonl"])
      #expect(throws: SubmissionError.self) { try PairedComparison(first: one, second: one) }
    }
  }
}
