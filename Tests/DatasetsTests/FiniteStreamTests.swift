import Datasets
import Testing
import Worlds

struct FiniteStreamTests {
  @Test func scenesFollowTheGridPartByPart() throws {
    let stream = SceneStream(recipe: RecipePartsTests.recipe(), seed: 1)
    #expect(stream.count == 24)
    let points = try GridPoints(RecipePartsTests.grid, for: nil)
    for index in 0..<24 {
      let labelled = try stream.labelledScene(at: index)
      #expect(try labelled.parameters == points.point(at: index % 12))
      #expect(labelled.level == (index < 12 ? "right" : "left"))
      #expect(stream.level(at: index) == labelled.level)
      #expect((labelled.scene.bodies[0].velocity.x > 0) == (index < 12))
    }
    // The open choices are drawn for every scene anew.
    #expect(try stream.scene(at: 0) != stream.scene(at: 12))
    #expect(
      try stream.scene(at: 0) != SceneStream(recipe: stream.recipe, seed: 2).scene(at: 0))
    for index in [-1, 24] {
      #expect(throws: RecipeError.index(index, count: 24)) { try stream.scene(at: index) }
      #expect(stream.level(at: index) == nil)
    }
  }

  @Test func endlessPartsAreDrawnByWeight() throws {
    var recipe = RecipePartsTests.recipe()
    recipe.parts[1].parameters = .region(EvaluationLevel.idLevel.region)
    recipe.parts[1].weight = 3
    let stream = SceneStream(recipe: recipe, seed: 1)
    #expect(stream.count == nil)
    let scenes = try (0..<4000).map { try stream.labelledScene(at: $0) }
    let right = scenes.filter { $0.level == "right" }
    #expect(abs(Double(right.count) / 4000 - 0.25) < 0.03)
    #expect(Set(right.map(\.parameters)).count == 12)
    for index in [0, 17, 3999] { #expect(stream.level(at: index) == scenes[index].level) }
  }

  @Test func infeasiblePointsAreDrawnAgain() throws {
    let region = Region(boxes: [
      ["r1": 0.5...1.5, "r2": 0.5...1.5, "v1": 1...4, "v2": 1...4]
    ])
    let stream = SceneStream(recipe: SceneRecipe(scenario: Collision(), region: region), seed: 1)
    for index in 0..<500 {
      let parameters = try stream.parameters(at: index)
      #expect(region.contains(parameters) && Collision.isFeasible(parameters))
    }
  }

  @Test func regionsWithoutFeasiblePointsAreRefused() throws {
    let region = Region(boxes: [
      ["r1": 1.9...2, "r2": 1.9...2, "v1": 5...6, "v2": 5...6]
    ])
    let recipe = SceneRecipe(scenario: Collision(), region: region)
    #expect("bounded, with the last reason") {
      try SceneStream(recipe: recipe, seed: 1).scene(at: 0)
    } throws: { error in
      guard case RegionError.infeasible(Region.maximumTries, .infeasible) = error else {
        return false
      }
      return "\(error)".contains("no point of the region has a scene")
    }
  }

  @Test func gridsOutsideTheLawAreRefusedBeforeTheFirstScene() {
    let grid = Grid(axes: [.linear("r", 2, 2.5, 3), .linear("v", 1, 4, 2)])
    let recipe = SceneRecipe(scenario: UniformMotion(), grid: grid)
    #expect(recipe.count == nil)
    #expect("the first bad point") {
      try recipe.validate()
    } throws: { error in
      guard case GridError.refused(4, ["r": 2.5, "v": 1], _) = error else { return false }
      return true
    }
    #expect(throws: GridError.self) { try SceneStream(recipe: recipe, seed: 1).scene(at: 0) }
  }
}
