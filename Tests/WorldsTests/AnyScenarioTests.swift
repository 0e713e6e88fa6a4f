import Foundation
import Testing
import Worlds

struct AnyScenarioTests {
  /// Parameters that every scenario of the list allows as it comes.
  static let parameters: [String: [String: Double]] = [
    "uniform_motion": ["r": 1, "v": 2], "parabola": ["r": 1, "v": 2],
    "collision": ["r1": 1, "r2": 0.7, "v1": 2, "v2": 1.5], "wall_bounce": ["r": 1, "v": 2],
    "square_and_ball": ["rs": 1, "vs": 1.5, "rb": 0.8, "vb": 2.5],
    "collision_then_bounce": ["r1": 0.8, "r2": 0.6, "v1": 2, "v2": 1],
    "gap": ["r": 1, "excess": -0.5], "block_edge": ["r": 1, "offset": 2],
  ]

  @Test func namesAreUniqueAndFound() throws {
    let names = AnyScenario.types.map { $0.name }
    #expect(Set(names).count == names.count && Set(names) == Set(Self.parameters.keys))
    for name in names {
      #expect(try AnyScenario(named: name).name == name)
      #expect(
        try AnyScenario(named: name.replacingOccurrences(of: "_", with: "-")).name == name)
    }
    #expect(throws: SceneError.unknownScenario(name: "pendulum", known: names)) {
      try AnyScenario(named: "pendulum")
    }
  }

  @Test func everyScenarioMakesTheSameValidSceneEveryTime() throws {
    for (name, parameters) in Self.parameters {
      var scenario = try AnyScenario(named: name)
      #expect(scenario.frames == 32 && scenario.parameterNames.sorted() == parameters.keys.sorted())
      try scenario.validate(parameters)
      func scene(_ seed: UInt64) throws -> Scene {
        var random = CounterRandom(recipe: scenario.id, seed: seed, index: 5)
        return try scenario.scene(for: parameters) { random.unit() }
      }
      let first = try scene(1)
      try first.validate()
      #expect(try scene(1) == first && scene(2) != first)
      let path = try Simulator().simulate(first)
      #expect(try Simulator().simulate(first) == path)
      scenario.frames = 50
      var longer = try scene(1)
      #expect(longer.frames == 50)
      #expect(try Simulator().simulate(longer).prefix(32) == path)
      longer.frames = 32
      #expect(longer == first)
    }
  }

  @Test func everyScenarioRefusesWhatItDoesNotKnow() throws {
    for (name, parameters) in Self.parameters {
      let scenario = try AnyScenario(named: name)
      for key in parameters.keys {
        var fewer = parameters
        fewer[key] = nil
        #expect(throws: SceneError.missingParameter(scenario: name, name: key)) {
          try scenario.validate(fewer)
        }
        var wrong = parameters
        wrong[key] = .nan
        #expect(throws: SceneError.self) { try scenario.validate(wrong) }
      }
      var more = parameters
      more["mass"] = 1
      #expect(throws: SceneError.self) { try scenario.scene(for: more) { 0.5 } }
    }
  }

  @Test func everyScenarioComesBackFromJSON() throws {
    for type in AnyScenario.types {
      let scenario = AnyScenario(type.init())
      let data = try JSONEncoder().encode(scenario)
      #expect(try JSONDecoder().decode(AnyScenario.self, from: data) == scenario)
    }
  }
}
