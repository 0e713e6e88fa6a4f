import Measures
import Reports
import Testing

@Suite struct ClipPickerTests {
  @Test func picksBestMedianAndWorst() {
    let choices = ClipPicker.choose(Synthetic.clinging)
    let inside = choices.filter { $0.score.level == "id" }
    #expect(inside.map(\.label) == ["Best", "Median", "Worst"])
    #expect(inside.map(\.score.official) == inside.map(\.score.official).sorted())
    #expect(choices.first?.score.level == "id")
    #expect(choices.filter { $0.score.level == "v_high" }.map(\.label) == ["Median", "Worst"])
    #expect(inside.first?.heading == "Best, in distribution")
  }

  @Test func noNumberIsTheWorstAndNothingIsShownTwice() {
    let scores = [
      VideoScore(index: 0, level: "id", r: 1, v: 2, official: .nan, ballKept: false),
      VideoScore(index: 1, level: "id", r: 1, v: 2, official: 5),
    ]
    let choices = ClipPicker.choose(scores)
    #expect(choices.map(\.score.index) == [1, 0])
    #expect(choices.last?.caption.contains("ball lost") == true)
    #expect(ClipPicker.choose([]).isEmpty)
  }
}
