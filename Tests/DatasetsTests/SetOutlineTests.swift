import Datasets
import Testing
import Worlds

struct SetOutlineTests {
  @Test func holesAndBandsAreBoxesOfThePlane() throws {
    let hole = try SceneCatalogue.set(named: "uniform/hole-1.5-3.5")
    let outline = try hole.outline(x: "v", y: "r")
    #expect(hole.plane == (x: "v", y: "r"))
    #expect(outline.boxes.map(\.x) == [1...4] && outline.boxes.map(\.y) == [0.7...1.4])
    #expect(outline.holes.map(\.x) == [1.5...3.5] && outline.holes.map(\.y) == [0.7...1.4])
    #expect(outline.lattices.first?.x.count == 1000 && outline.lattices.first?.y.count == 300)
    #expect(outline.refused.isEmpty)
    let bands = try SceneCatalogue.set(named: "uniform/four-bands").outline(x: "v", y: "r")
    #expect(bands.boxes.map(\.x) == [1...1.25, 1.875...2.125, 2.875...3.125, 3.75...4])
    let half = try SceneCatalogue.set(named: "collision/half-1.25").outline(x: "v1", y: "v2")
    #expect(half.boxes.map(\.x) == [1...1.25, 1...4] && half.boxes.map(\.y) == [1...4, 1...1.25])
  }

  @Test func refusedCollisionsAreHalfPlanes() throws {
    let set = try SceneCatalogue.set(named: "collision/train-level1")
    let outline = try set.outline(x: "v1", y: "v2")
    // The smallest balls fit at all speeds: 0.8 * 8 + 2 * 1 is below 10; the largest do not.
    #expect(outline.refused.isEmpty)
    let half = try #require(outline.partlyRefused.first)
    #expect(half.xSlope == 0.8 && half.ySlope == 0.8 && half.limit == 4)
    let radii = try set.outline(x: "r1", y: "r2")
    let limit = try #require(radii.partlyRefused.first)
    #expect(limit.xSlope == 2 && abs(limit.limit - 3.6) < 1e-12)
  }

  @Test func everyLevelHasItsBox() throws {
    let outline = try SceneCatalogue.set(named: "uniform/eval").outline(x: "v", y: "r")
    #expect(outline.boxes.compactMap(\.level).count == 9 && outline.lattices.count == 9)
  }

  @Test func regionsHaveBoxesAndNoLattice() throws {
    let set = try SceneCatalogue.set(named: "uniform/eval")
    #expect(try set.outline(x: "v", y: "nothing").boxes.isEmpty)
  }
}
