import Measures
import Reports
import Testing

@Suite struct AnswerTests {
  private func answer(_ scores: [VideoScore]) -> Answer {
    Synthetic.content(scores: scores).answer
  }

  @Test func clingingToTheTrainingRangeIsNotTheLaw() {
    let answer = answer(Synthetic.clinging)
    #expect(answer.verdict == .notLearned)
    #expect(answer.sentence.hasSuffix("it has not learned the law of inertia."))
    #expect(answer.sentence.contains(" times worse"))
    #expect(
      answer.details.contains { $0.contains("drawn towards the speeds of the training cases") })
    #expect(answer.details.contains { $0.contains("Balls lost: 0 of 40 inside") })
  }

  @Test func beingRightEverywhereIsConsistentWithIt() {
    let answer = answer(Synthetic.scores { $0 })
    #expect(answer.verdict == .consistent)
    #expect(!answer.sentence.contains("not learned"))
    #expect(!answer.details.contains { $0.contains("drawn towards") })
  }

  @Test func aLittleWorseOutsideIsUndecided() {
    let answer = answer(Synthetic.scores { $0 > 4.2 || $0 < 0.9 ? $0 + 0.06 : $0 })
    #expect(answer.verdict == .undecided)
    #expect(answer.sentence.hasPrefix("Undecided:"))
  }

  @Test func aModelThatIsBadEverywhereCannotAnswer() {
    let answer = answer(Synthetic.scores { _ in 2.5 })
    #expect(answer.verdict == .notTrained)
    #expect(answer.sentence.contains("has not learned the motion yet"))
  }

  @Test func withoutLevelsNothingIsSaid() {
    #expect(answer([]).verdict == .notMeasured)
    #expect(answer(Synthetic.clinging.filter { $0.level == "id" }).verdict == .notMeasured)
    #expect(answer(Synthetic.clinging.filter { $0.level != "id" }).verdict == .notMeasured)
    #expect(answer([]).details.isEmpty)
  }
}
