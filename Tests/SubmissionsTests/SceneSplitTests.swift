import Submissions
import Testing

@Suite struct SceneSplitTests {
  @Test func namesStandForScenes() throws {
    let split = try SceneSplit(named: "uniform/eval")
    #expect(split.count == 3992)
    #expect(split.index(named: "12") == 12)
    #expect(split.index(named: "00012") == 12)
    #expect(split.index(named: "000000012") == 12)
    #expect(split.index(named: "00001-00012") == 1012)
    #expect(split.index(named: "00001-00012_step100k") == 1012)
    #expect(split.id(of: 12) == "00012")
  }

  @Test(arguments: [
    "", "3992", "-1", "1e3", "0x10", "12a", "../12", "00000-1", "00001-01000", "00009-00000",
    "１２", "99999999999999999999", "12 ", "scene-12",
  ])
  func otherNamesStandForNone(_ name: String) throws {
    #expect(try SceneSplit(named: "uniform/eval").index(named: name) == nil)
  }

  @Test(arguments: [1, 7, 40, 1000, 3991, 3992])
  func chosenScenesAreSpreadAndFoundAgain(_ count: Int) throws {
    let split = try SceneSplit(named: "uniform/eval", count: count)
    let chosen = (0..<count).map(split.index)
    #expect(chosen == chosen.sorted() && Set(chosen).count == count)
    for (place, index) in chosen.enumerated() { #expect(split.place(of: index) == place) }
    #expect((0..<3992).count { split.place(of: $0) != nil } == count)
    #expect(split.place(of: 3992) == nil && split.place(of: -1) == nil)
  }

  @Test func aPartHasEveryLevel() throws {
    let split = try SceneSplit(named: "uniform/eval", count: 200)
    let levels = try (0..<200).map { try split.scene(at: split.index(at: $0)).scene.level }
    #expect(Set(levels.compactMap(\.self)) == Set(split.levels))
  }

  @Test func lengthsAndOfficialScenesAreChosen() throws {
    #expect(try SceneSplit(named: "uniform/eval", frames: 40).scene(at: 5).truth.frameCount == 40)
    let official = try SceneSplit(named: "uniform/eval", compatible: true)
    #expect(official.identity.seed == nil)
    #expect(official.index(named: "00002-00003") == 2003)
  }

  @Test func whatMakesNoSenseIsRefused() {
    #expect(throws: (any Error).self) { try SceneSplit(named: "uniform/none") }
    #expect(throws: SubmissionError.self) { try SceneSplit(named: "uniform/eval", count: 0) }
    #expect(throws: SubmissionError.self) { try SceneSplit(named: "uniform/eval", count: 3993) }
    #expect(throws: SubmissionError.self) { try SceneSplit(named: "uniform/eval", frames: 1) }
    #expect(throws: SubmissionError.self) {
      try SceneSplit(named: "uniform/eval", seed: 1, compatible: true)
    }
  }
}
