import Foundation
import Testing
import Worlds

struct StartRuleTests {
  @Test func nothingIsDrawnForTheOfficialRule() throws {
    var draws = 0
    _ = try UniformMotion().scene(for: ["r": 1, "v": 1]) {
      draws += 1
      return 0.5
    }
    #expect(draws == 2)
  }

  /// A slow object starts where a fast one would: the speed is drawn first and is then forgotten.
  @Test func matchedStartsAreThoseOfAnotherSpeed() throws {
    let matched = UniformMotion(startSpeed: 1...3)
    for step in 0..<10 {
      let u = Double(step) / 10
      var numbers = [0.7, 0.3, u]
      let scene = try matched.scene(for: ["r": 1, "v": 0.2]) { numbers.popLast() ?? .nan }
      var others = [0.7, 0.3]
      let other = try UniformMotion().scene(for: ["r": 1, "v": 1 + 2 * u]) {
        others.popLast() ?? .nan
      }
      #expect(scene.bodies[0].position == other.bodies[0].position)
      #expect(scene.bodies[0].velocity == Vector2(x: 0.2, y: 0))
      #expect(numbers.isEmpty)
    }
  }

  @Test func slowMatchedObjectsStayWhereFastOnesStart() throws {
    for index in 0..<300 {
      var random = CounterRandom(recipe: "matched", seed: 1, index: UInt64(index))
      let scene = try UniformMotion(startSpeed: 2...4).scene(
        for: ["r": 1, "v": 0], using: &random)
      #expect(scene.bodies[0].position.x <= 10 - 1 - 2.4 * 2)
    }
  }

  @Test func textsAndFilesOfTheOfficialRuleAreUnchanged() throws {
    #expect(UniformMotion().variant == "right,disc,red")
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = #"{"color":"red","direction":"right","frames":32,"shape":"disc"}"#
    #expect(String(decoding: try encoder.encode(UniformMotion()), as: UTF8.self) == json)
    #expect(
      try JSONDecoder().decode(UniformMotion.self, from: Data(json.utf8)) == UniformMotion())
  }

  @Test func matchedRulesAreNamedAndComeBackFromJSON() throws {
    let law = UniformMotion(startSpeed: 1...4)
    #expect(law.variant == "right,disc,red,start=1.0...4.0")
    let data = try JSONEncoder().encode(AnyScenario(law))
    #expect(try JSONDecoder().decode(AnyScenario.self, from: data) == AnyScenario(law))
    #expect(AnyScenario(law) != AnyScenario(UniformMotion()))
  }

  @Test(arguments: [-1.0...1.0, 1.0...201.0, 0.0...Double.infinity])
  func startSpeedsOutsideTheLawAreRefused(range: ClosedRange<Double>) {
    #expect(
      throws: SceneError.property(
        scenario: "uniform_motion", name: "startSpeed", value: "\(range)",
        allowed: "a range within 0 to 200.0")
    ) { try UniformMotion(startSpeed: range).validate(["r": 1, "v": 1]) }
  }

  @Test func backwardRangesInFilesAreRefused() {
    let json =
      #"{"color":"red","direction":"right","frames":32,"shape":"disc","startSpeed":[4,1]}"#
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(UniformMotion.self, from: Data(json.utf8))
    }
  }
}
