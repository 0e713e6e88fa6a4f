import Datasets
import Foundation
import Testing
import Worlds

struct RegionTests {
  static let holed = Region(
    boxes: [["r": 0.7...1.4, "v": 1.0...4.0]], holes: [["v": 2.0...3.0]])

  @Test func edgesBelongToBoxesAndHoles() {
    let region = Self.holed
    for point in [(0.7, 1.0), (1.4, 4.0), (1.0, 1.999), (1.0, 3.001)] {
      #expect(region.contains(["r": point.0, "v": point.1]), "\(point)")
    }
    for point in [(0.699, 1.0), (1.4, 4.001), (1.0, 2.0), (1.0, 3.0), (1.0, 2.5)] {
      #expect(!region.contains(["r": point.0, "v": point.1]), "\(point)")
    }
    #expect(!region.contains(["r": 1]))
    #expect(!region.contains(["r": .nan, "v": 1]))
  }

  @Test func samplesLieInside() throws {
    for index in 0..<2000 {
      var random = CounterRandom(recipe: "region", seed: 1, index: UInt64(index))
      let point = try Self.holed.sample(using: &random)
      #expect(Self.holed.contains(point))
      #expect(point.keys.sorted() == ["r", "v"])
    }
  }

  @Test func boxesAreChosenByArea() throws {
    // Areas 1 and 3; the small box is tall, the large one wide.
    let region = Region(boxes: [
      ["a": 0.0...0.5, "b": 0.0...2.0], ["a": 10.0...13.0, "b": 0.0...1.0],
    ])
    #expect(try Self.share(of: region) { $0["a", default: 0] < 5 } == 0.25)
  }

  @Test func overlapsAreNotCountedTwice() throws {
    let region = Region(boxes: [["a": 0.0...2.0], ["a": 1.0...3.0], ["a": 1.0...2.0]])
    #expect(try Self.share(of: region) { $0["a", default: 0] < 1 } == 1.0 / 3)
    #expect(try Self.share(of: region) { $0["a", default: 0] > 2 } == 1.0 / 3)
  }

  @Test func flatBoxesCanBeSampled() throws {
    let line = Region(boxes: [["r": 1.0...1.0, "v": 1.0...4.0]])
    #expect(try Self.share(of: line) { $0["r"] == 1 && $0["v", default: 0] < 2.5 } == 0.5)
    let points = Region(boxes: [["r": 1.0...1.0], ["r": 2.0...2.0]])
    #expect(try Self.share(of: points) { $0["r"] == 1 } == 0.5)
  }

  /// The share of samples that satisfy a condition, snapped to `n/12` when it is near.
  static func share(
    of region: Region, _ condition: ([String: Double]) -> Bool
  ) throws -> Double {
    var hits = 0
    let count = 12_000
    for index in 0..<count {
      var random = CounterRandom(recipe: "share", seed: 5, index: UInt64(index))
      if condition(try region.sample(using: &random)) { hits += 1 }
    }
    let share = Double(hits) / Double(count)
    let snapped = (share * 12).rounded() / 12
    return abs(share - snapped) < 0.02 ? snapped : share
  }

  @Test func regionsWithoutPointsAreRefused() {
    var random = CounterRandom(recipe: "", seed: 0, index: 0)
    let covered = Region(boxes: [["r": 1.0...2.0]], holes: [["r": 0.0...3.0]])
    #expect(throws: RegionError.swallowed(holes: [0])) {
      try covered.sample(using: &random)
    }
    #expect(throws: RegionError.noBoxes) { try Region(boxes: []).sample(using: &random) }
    #expect(throws: RegionError.noBoxes) { try Region(boxes: [[:]]).sample(using: &random) }
    #expect(throws: RegionError.self) {
      try Region(boxes: [["r": 0.0...1.0], ["v": 0.0...1.0]]).sample(using: &random)
    }
    #expect(throws: RegionError.unknownParameter(name: "x", known: ["r"])) {
      try Region(boxes: [["r": 0.0...1.0]], holes: [["x": 0.0...1.0]]).sample(using: &random)
    }
    #expect(throws: RegionError.notANumber(parameter: "r")) {
      try Region(boxes: [["r": 0.0...Double.infinity]]).sample(using: &random)
    }
  }

  @Test func holesThatSwallowEverythingAreRefused() throws {
    let box = ["r": 0...4.0, "v": 0...1.0]
    // One hole for each half, and the seam belongs to both.
    let halves = Region(boxes: [box], holes: [["r": 0...2], ["r": 2...4]])
    #expect(throws: RegionError.swallowed(holes: [0, 1])) { try halves.validate() }
    let quarters = Region(
      boxes: [box],
      holes: [
        ["r": -1...2, "v": 0...0.5], ["r": 0...3, "v": 0.5...1], ["r": 2...5, "v": 0...0.5],
        ["r": 3...4],
      ])
    #expect(throws: RegionError.swallowed(holes: [0, 1, 2, 3])) { try quarters.validate() }
    try Region(boxes: [box], holes: [["r": 0...2], ["r": 2.001...4]]).validate()
    try Region(boxes: [box, ["r": 9...9, "v": 0...1]], holes: [box]).validate()
    #expect(throws: RegionError.swallowed(holes: [0])) {
      try Region(boxes: [["r": 9...9, "v": 0...1]], holes: [["r": 9...9]]).validate()
    }
  }

  @Test func jsonComesBack() throws {
    let data = try JSONEncoder().encode(Self.holed)
    #expect(try JSONDecoder().decode(Region.self, from: data) == Self.holed)
    let short = try JSONDecoder().decode(
      Region.self, from: Data(#"{"boxes": [{"r": [0.7, 1.4], "v": [1, 4]}]}"#.utf8))
    #expect(short == EvaluationLevel.idLevel.region)
  }

  @Test(arguments: [
    #"{"boxes": []}"#, #"{"boxes": [{"r": [2, 1]}]}"#, #"{"boxes": [{"r": [1]}]}"#, "{}",
    #"{"boxes": [{"r": [0, 1]}], "holes": [{"v": [0, 1]}]}"#,
    #"{"boxes": [{"r": [0, 1]}], "holes": [{"r": [-1, 2]}]}"#,
    #"{"boxes": [{"r": [0, 1]}], "holes": [{}]}"#, #"{"boxes": [{"r": [NaN, 1]}]}"#,
  ])
  func malformedJSONIsRefused(text: String) {
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(Region.self, from: Data(text.utf8))
    }
  }
}
