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
