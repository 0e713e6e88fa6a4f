import Foundation
import Reports
import Testing

struct RegionFigureTests {
  private static func figure(_ names: [String]) -> RegionFigure {
    RegionFigure(
      title: "a <set>",
      scenes: (0..<40).map { index in
        let values = names.enumerated().map { ($1, Double(index % 8) + Double($0)) }
        return .init(
          level: index < 20 ? "inside" : "outside",
          parameters: Dictionary(uniqueKeysWithValues: values))
      })
  }

  @Test func oneObjectGivesSizeAgainstSpeed() {
    let pairs = Self.figure(["r", "v"]).pairs
    #expect(pairs.map(\.x) == ["v"] && pairs.map(\.y) == ["r"])
  }

  @Test func twoObjectsGiveSpeedsAndSizes() {
    let pairs = Self.figure(["r1", "r2", "v1", "v2"]).pairs
    #expect(pairs.map(\.x) == ["v1", "r1"] && pairs.map(\.y) == ["v2", "r2"])
  }

  @Test func parametersOfOtherKindsAreShownToo() {
    let pairs = Self.figure(["r", "excess"]).pairs
    #expect(pairs.map(\.x) == ["excess"] && pairs.map(\.y) == ["r"])
    #expect(Self.figure(["excess"]).pairs.count == 1)
    #expect(RegionFigure(title: "", scenes: []).plots.isEmpty)
  }

  @Test func everyLevelIsASeriesAndEqualPointsAreDrawnOnce() throws {
    let plot = try #require(Self.figure(["r", "v"]).plots.first)
    #expect(plot.series.map(\.name) == ["inside", "outside"])
    #expect(plot.series.allSatisfy { $0.points.count == 8 })
  }

  @Test func theFileIsWellFormedAndEscapesTheTitle() throws {
    let text = Self.figure(["r1", "r2", "v1", "v2"]).svgFile()
    #expect(text.contains("a &lt;set&gt;") && !text.contains("<set>"))
    let opened = text.matches(of: /<svg|<g|<text/).count
    let closed = text.matches(of: /<\/svg>|<\/g>|<\/text>/).count
    #expect(opened == closed)
  }
}
