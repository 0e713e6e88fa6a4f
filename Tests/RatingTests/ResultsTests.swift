import Foundation
import Measures
import Rating
import Testing

@Suite struct ResultsTests {
  /// A study's table: clip path to one letter for each rater, `o`, `v` or `.`.
  private func table(_ answers: KeyValuePairs<String, String>) -> RatingTable {
    let raters = (0..<(answers.first?.value.count ?? 0)).map { "rater \($0)" }
    let clips = answers.map { RatingTable.RatedClip(id: "id of \($0.key)", source: $0.key) }
    let entries = zip(clips, answers).flatMap { clip, letters in
      zip(raters, letters.value).compactMap { rater, letter in
        letter == "."
          ? nil
          : RatingTable.Entry(
            clip, rater: rater, answer: letter == "o" ? .obeys : .violates, seconds: 2,
            given: Date(timeIntervalSince1970: 0))
      }
    }
    return RatingTable(
      question: .obeys, clips: clips, raters: raters, ratings: entries, history: entries)
  }

  @Test func abnormalRatiosByGroup() throws {
    let results = StudyResults(
      table(["m/a": "vvv", "m/b": "voo", "m/c": "vo.", "d": "ooo", "m/unseen": "..."]))
    #expect(results.groups.map(\.group) == ["", "m", "all"])
    let model = results.groups[1]
    #expect(model.clips == 3 && model.ratings == 8 && model.ties == 1)
    #expect(abs(model.abnormalRatio.mean - (1 + 1.0 / 3 + 0.5) / 3) < 1e-12)
    #expect(model.abnormalByMajority.mean == 0.5 && model.abnormalByMajority.count == 2)
    #expect(model.answers == ["obeys": 3, "violates": 5])
    #expect(results.groups[0].abnormalByMajority.high > 0.5, "one clip proves little")
    #expect(results.clips == 5 && results.ratings == 11)
    #expect(results.agreement.clips == 4 && results.agreement.fleissClips == 3)
    #expect(abs(results.agreement.pairwise - (1 + 1.0 / 3 + 0 + 1) / 4) < 1e-12)
    #expect(results.raters.map(\.answered) == [4, 4, 3])
  }

  @Test func intervalsHoldTheEstimateAndAreTheSameEveryTime() {
    let answers = table(["a": "vvv", "b": "ooo", "c": "voo", "d": "vvo", "e": "ooo", "f": "vvv"])
    let alpha = StudyResults(answers).agreement.krippendorffAlpha
    #expect(alpha.low < alpha.mean && alpha.mean < alpha.high && alpha.high <= 1)
    #expect(StudyResults(answers) == StudyResults(answers))
  }

  @Test func theJudgeIsHeldAgainstTheMajority() {
    let judge = JudgeVerdicts([
      "m/a": .wrong, "m/b": .lawful, "c": .wrong, "d": .asTruth, "e": .wrong,
    ])
    let results = StudyResults(
      table(["m/a.mp4": "vvv", "m/b.mp4": "voo", "c.mp4": "ooo", "d.mp4": "vo.", "f.mp4": "ooo"]),
      judge: judge)
    let found = results.judge
    #expect(found?.clips == 3 && found?.withoutVerdict == 1)
    #expect(found?.withMajority.mean == 2.0 / 3)
    #expect(
      found?.confusion == [
        "violates": ["violates": 1], "obeys": ["obeys": 1, "violates": 1],
      ])
    #expect(abs((found?.withRaters ?? 0) - (1 + 2.0 / 3 + 0 + 0.5) / 4) < 1e-12)
    #expect(abs((found?.cohenKappa ?? 0) - 0.4) < 1e-12)
  }

  @Test(arguments: [
    #"{"a": "as_truth", "b": {"verdict": "wrong", "reasons": []}}"#,
    "{\"id\": \"a\", \"verdict\": \"asTruth\"}\n{\"id\": \"b\", \"verdict\": \"wrong\"}\n",
    #"{"id": "a", "index": 3, "file": "a.mp4", "judgement": {"verdict": "as_truth", "reasons": []}}"#
      + "\n" + #"{"id": "c", "index": 5, "problem": {"kind": "length"}}"# + "\n"
      + #"{"id": "b", "index": 4, "judgement": {"verdict": "wrong", "reasons": []}}"#,
  ])
  func verdictsInAllTheirForms(text: String) async throws {
    try await withFolder { folder in
      let file = folder.appendingPathComponent("v.json")
      try Data(text.utf8).write(to: file)
      #expect(try JudgeVerdicts(contentsOf: file).verdicts == ["a": .asTruth, "b": .wrong])
    }
  }

  @Test(arguments: ["", "{}", "[1]", #"{"a": "maybe"}"#, #"{"a": {}}"#, "{\"id\": 1}", "\u{0}"])
  func verdictsThatAreNone(text: String) async throws {
    try await withFolder { folder in
      let file = folder.appendingPathComponent("v.json")
      try Data(text.utf8).write(to: file)
      #expect(throws: RatingError.self) { try JudgeVerdicts(contentsOf: file) }
      #expect(throws: RatingError.self) {
        try JudgeVerdicts(contentsOf: folder.appendingPathComponent("none.json"))
      }
    }
  }

  @Test func commaSeparatedValuesQuoteNames() {
    var answers = table(["a \"b\",\n.mp4": "v"])
    answers.ratings[0].clip = "0123"
    let lines = RatingExport.csv(answers)
    #expect(
      lines == """
        clip,source,group,rater,answer,abnormal,seconds,given
        0123,"a ""b"",
        .mp4","","rater 0",violates,1,2.000,1970-01-01T00:00:00Z

        """)
  }

  @Test func jsonHasResultsAnswersAndHistoryAndNoNaN() throws {
    let one = table(["a": "v"])
    let data = try RatingExport.json(one, StudyResults(one))
    let document = try JSONDecoder().decode([String: JSONValue].self, from: data)
    #expect(Set(document.keys) == ["results", "ratings", "history"])
    guard case .object(let results) = document["results"],
      case .object(let agreement) = results["agreement"]
    else {
      Issue.record("no agreement")
      return
    }
    #expect(agreement["fleiss_kappa"] == .null)
  }

  @Test func filesAreWrittenByExtension() async throws {
    try await withFolder { folder in
      let answers = table(["a": "vo", "b": "oo"])
      let results = StudyResults(answers)
      for name in ["r.csv", "r.json"] {
        let file = folder.appendingPathComponent(name)
        try RatingExport.write(answers, results, to: file)
        #expect(try Data(contentsOf: file).count > 100)
      }
      for name in ["r.txt", "none/r.csv"] {
        #expect(throws: RatingError.self) {
          try RatingExport.write(answers, results, to: folder.appendingPathComponent(name))
        }
      }
    }
  }

  @Test func theTextNamesTheNumbersAndNoControlCharacters() {
    let text = "\(StudyResults(table(["m\u{1B}[2J/a": "vv", "b": "oo"])))"
    #expect(text.contains("Krippendorff's alpha 1.000") && text.contains("(top)"))
    #expect(!text.contains("\u{1B}"))
    #expect("\(StudyResults(table([:])))" == "0 clips, no answers yet")
  }
}
