import Datasets
import Foundation
import Testing
import Worlds

struct SceneRecipeTests {
  @Test func theTextNamesEverythingButTheLength() {
    let region = Region(boxes: [["v": 1.0...4.0, "r": 0.7...1.4]], holes: [["v": 2.0...3.0]])
    let recipe = SceneRecipe(scenario: UniformMotion(direction: .left, frames: 9), region: region)
    #expect(
      recipe.id == "uniform_motion(left,disc,red)[r=0.7...1.4,v=1.0...4.0]-[v=2.0...3.0]")
    #expect(recipe.frames == 9 && recipe.scenarioName == "uniform_motion")
  }

  @Test func jsonComesBack() throws {
    let recipe = SceneRecipe(region: EvaluationLevel.cross.region)
    let data = try JSONEncoder().encode(recipe)
    #expect(try JSONDecoder().decode(SceneRecipe.self, from: data) == recipe)
  }

  @Test func unknownDirectionIsRefused() throws {
    let recipe = SceneRecipe(region: EvaluationLevel.idLevel.region)
    let text = String(decoding: try JSONEncoder().encode(recipe), as: UTF8.self)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(
        SceneRecipe.self, from: Data(text.replacingOccurrences(of: "right", with: "in").utf8))
    }
  }
}

struct RecipePartsTests {
  static let grid = Grid(axes: [.linear("r", 0.7, 1.4, 3), .linear("v", 1, 4, 4)])

  static func recipe() -> SceneRecipe {
    SceneRecipe(parts: [
      .init(scenario: UniformMotion(), grid: grid, level: "right"),
      .init(scenario: UniformMotion(direction: .left), grid: grid, level: "left"),
    ])
  }

  /// Frozen: results were released with these random numbers.
  @Test func aSingleRegionKeepsItsText() {
    #expect(
      SceneRecipe(region: EvaluationLevel.cross.region).id
        == "uniform_motion(right,disc,red)[r=0.3...0.6,v=4.5...6.0]+[r=1.5...2.0,v=0.0...0.8]")
    #expect(
      SceneRecipe(scenario: UniformMotion(frames: 16), region: EvaluationLevel.idLevel.region).id
        == "uniform_motion(right,disc,red)[r=0.7...1.4,v=1.0...4.0]")
  }

  /// Frozen: run folders hold this text.
  @Test func aSingleRegionKeepsItsJSON() throws {
    let recipe = SceneRecipe(region: EvaluationLevel.idLevel.region)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = String(decoding: try encoder.encode(recipe), as: UTF8.self)
    #expect(text.hasPrefix(#"{"region":{"boxes":[{"r":[0."#) && text.contains(#""scenario":{"#))
    #expect(!text.contains("parts") && !text.contains("level") && !text.contains("weight"))
    let old =
      #"{"scenario": {"direction": "left", "shape": "disc", "color": "red", "frames": 8},"#
      + #" "region": {"boxes": [{"r": [0.7, 1.4], "v": [1, 4]}]}}"#
    let decoded = try JSONDecoder().decode(SceneRecipe.self, from: Data(old.utf8))
    #expect(decoded.frames == 8 && decoded.region == EvaluationLevel.idLevel.region)
    #expect(decoded.scenario == AnyScenario(UniformMotion(direction: .left, frames: 8)))
  }

  @Test func partsHaveATextACountAndJSON() throws {
    let recipe = Self.recipe()
    #expect(
      recipe.id == "uniform_motion(right,disc,red){r=0.7...1.4/3,v=1.0...4.0/4};"
        + "uniform_motion(left,disc,red){r=0.7...1.4/3,v=1.0...4.0/4}")
    #expect(recipe.count == 24 && recipe.region == nil)
    #expect(recipe.scenarioNames == ["uniform_motion"])
    let data = try JSONEncoder().encode(recipe)
    #expect(try JSONDecoder().decode(SceneRecipe.self, from: data) == recipe)
    var mixed = recipe
    mixed.parts[1].parameters = .region(EvaluationLevel.idLevel.region)
    mixed.parts[1].weight = 3
    #expect(mixed.count == nil && mixed.id.hasSuffix("v=1.0...4.0]*3.0"))
    #expect(
      try JSONDecoder().decode(SceneRecipe.self, from: JSONEncoder().encode(mixed)) == mixed)
  }

  @Test func malformedRecipesAreRefused() {
    #expect(throws: RecipeError.noParts) { try SceneRecipe(parts: []).validate() }
    var frames = Self.recipe()
    frames.parts[1].scenario.frames = 9
    #expect(throws: RecipeError.frames(part: 1, found: 9, expected: 32)) {
      try frames.validate()
    }
    for weight in [0, -1, Double.nan, .infinity] {
      var recipe = Self.recipe()
      recipe.parts[0].weight = weight
      #expect(throws: RecipeError.self) { try recipe.validate() }
      #expect(recipe.count == nil)
      #expect(throws: RecipeError.self) { try SceneStream(recipe: recipe, seed: 1).scene(at: 0) }
    }
    var empty = Self.recipe()
    let infeasible = Grid(axes: [
      .linear("r1", 1.9, 2, 2), .linear("r2", 1.9, 2, 2), .linear("v1", 5, 6, 2),
      .linear("v2", 5, 6, 2),
    ])
    empty.parts = empty.parts.map { _ in .init(scenario: Collision(), grid: infeasible) }
    #expect(throws: RecipeError.empty) { try empty.validate() }
  }

  @Test(arguments: [
    #"{"parts": []}"#, #"{"scenario": {"name": "uniform_motion"}}"#, "{}",
    #"{"scenario": {"name": "flying"}, "region": {"boxes": [{"r": [1, 2], "v": [1, 2]}]}}"#,
    #"{"scenario": {"direction": "right", "shape": "disc", "color": "red", "frames": 32}, "#
      + #""region": {"boxes": [{"r": [0, 1]}]}, "grid": {"axes": []}}"#,
  ])
  func malformedJSONIsRefused(text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(SceneRecipe.self, from: Data(text.utf8))
    }
  }

  @Test func anUnknownScenarioIsNamed() {
    let text =
      #"{"scenario": {"name": "flying"}, "region": {"boxes": [{"r": [1, 2], "v": [1, 2]}]}}"#
    #expect("the name and the known ones") {
      try JSONDecoder().decode(SceneRecipe.self, from: Data(text.utf8))
    } throws: { error in
      guard case DecodingError.dataCorrupted(let context) = error else { return false }
      return context.debugDescription.contains("'flying'")
        && context.debugDescription.contains("uniform_motion")
    }
  }
}
