import Measures
import Rating
import Testing

@Suite struct AgreementTests {
  /// Answers as books print them: one line for each rater, `.` where there is none.
  private func clips(_ raters: [String]) -> [AnswerCounts] {
    let rows = raters.map { Array($0.filter { $0 != " " }) }
    let categories = Set(rows.joined()).subtracting(["."]).sorted()
    return rows[0].indices.map { clip in
      AnswerCounts(rows.map { $0[clip] == "." ? nil : $0[clip] }, categories: categories)
    }
  }

  @Test(
    "Krippendorff (2011), sections A to C: three worked examples",
    arguments: [
      (["0100000010", "1110010000"], 0.095),
      (["aabbdcccedda", "babbbcccEddd".lowercased()], 0.692),
      (["123321412...", "12332241 25.3", ".33323422 51.", "12332441251."], 0.743),
    ])
  func textbookAlpha(raters: [String], alpha: Double) {
    #expect(abs(KrippendorffAlpha.nominal(clips(raters)) - alpha) < 0.0005)
  }

  @Test func alphaIsOneForFullAgreementAndBelowZeroForSystematicDisagreement() {
    #expect(KrippendorffAlpha.nominal(clips(["0101", "0101", "01.1"])) == 1)
    #expect(KrippendorffAlpha.nominal(clips(["0101", "1010"])) < 0)
  }

  @Test func alphaDoesNotExistWithoutPairsOrWithoutTwoAnswers() {
    #expect(KrippendorffAlpha.nominal([]).isNaN)
    #expect(KrippendorffAlpha.nominal(clips(["01..", "..01"])).isNaN)
    #expect(KrippendorffAlpha.nominal(clips(["111", "111"])).isNaN)
  }

  @Test func clipsThatOneRaterAnsweredChangeNothing() {
    let pairs = clips(["0100000010", "1110010000"])
    let more = pairs + [AnswerCounts([1, 0]), AnswerCounts([0, 1]), AnswerCounts([0, 0])]
    #expect(KrippendorffAlpha.nominal(more) == KrippendorffAlpha.nominal(pairs))
  }

  @Test("Fleiss: fourteen raters, ten subjects, five categories: 0.210")
  func textbookFleiss() {
    let table = [
      [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
    ]
    #expect(abs(FleissKappa.kappa(table.map { AnswerCounts($0) }) - 0.2099) < 0.0001)
  }

  @Test func fleissNeedsTheSameNumberOfAnswersToEveryClip() {
    #expect(FleissKappa.kappa([AnswerCounts([2, 1]), AnswerCounts([1, 1])]).isNaN)
    #expect(FleissKappa.kappa([AnswerCounts([1, 0]), AnswerCounts([0, 1])]).isNaN)
    #expect(FleissKappa.kappa([]).isNaN)
    #expect(FleissKappa.kappa([AnswerCounts([3, 0]), AnswerCounts([0, 3])]) == 1)
  }

  @Test("Cohen: fifty applications, two readers: 0.4")
  func textbookCohen() {
    let counts = [(true, true, 20), (true, false, 5), (false, true, 10), (false, false, 15)]
    let pairs = counts.flatMap { first, second, count in
      [(Bool, Bool)](repeating: (first, second), count: count)
    }
    #expect(abs(CohenKappa.kappa(pairs) - 0.4) < 1e-12)
    #expect(CohenKappa.kappa([(Bool, Bool)]()).isNaN)
    #expect(CohenKappa.kappa([(true, true), (true, true)]).isNaN)
  }

  @Test("Wilson: 15 of 148 (Newcombe 1998, table I): 0.0624 to 0.1605; and 0 of 20: 0 to 0.1611")
  func textbookWilson() {
    let some = WilsonInterval.share(15, of: 148)
    #expect(abs(some.low - 0.0624) < 0.00006 && abs(some.high - 0.1605) < 0.00006)
    let none = WilsonInterval.share(0, of: 20)
    #expect(none.low == 0 && abs(none.high - 0.1611) < 0.00006)
    #expect(WilsonInterval.share(20, of: 20).high == 1)
    #expect(WilsonInterval.share(0, of: 0).mean.isNaN)
  }
}
