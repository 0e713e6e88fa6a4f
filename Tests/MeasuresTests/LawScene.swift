import Datasets
import Measures
import Videos
import Worlds

/// A scene of some law with its truth, and videos that show it or something else.
struct LawScene {
  var labelled: LabelledScene
  var truth: Trajectory
  var scene: Scene { labelled.scene }

  /// Scene number `index` of a law over the training range.
  init(_ law: Law, index: Int = 0) throws {
    labelled = try SceneStream(recipe: law.recipe, seed: 11).labelledScene(at: index)
    truth = try Simulator().simulate(labelled.scene)
  }

  init(_ scene: Scene, scenario: String = "some") throws {
    labelled = LabelledScene(
      index: 0, parameters: [:], scenario: scenario, level: nil, scene: scene)
    truth = try Simulator().simulate(scene)
  }

  /// Two balls that meet in frame 9 and are in view for another 17.
  static func longCollision() throws -> LawScene {
    try LawScene(
      Scene(bodies: [
        Body(
          color: .red, radius: 0.7, position: Vector2(x: 2.5, y: 5), velocity: Vector2(x: 2, y: 0)),
        Body(
          color: .blue, radius: 0.8, position: Vector2(x: 7, y: 5),
          velocity: Vector2(x: -1.5, y: 0)),
      ]), scenario: Collision.name)
  }

  /// The scene along its truth, or along other paths or with other bodies.
  func video(size: Int = 128, along other: Trajectory? = nil, of bodies: [Body]? = nil) throws
    -> Video
  {
    var shown = scene
    if let bodies { shown.bodies = bodies }
    return try Renderer(size: 256).render(shown, other ?? truth, averagedTo: size)
  }

  func score(_ video: Video, conditionFrames: Int = 3) throws -> SceneScore {
    try SceneScorer(conditionFrames: conditionFrames).score(
      video, scene: scene, truth: truth, scenario: labelled.scenario, id: "scene", index: 0,
      level: labelled.level, parameters: labelled.parameters)
  }

  func measures(_ video: Video) throws -> [String: Double] { try score(video).measures }

  /// The truth with some places changed.
  func changed(_ place: (Int, Int, Vector2) -> Vector2) -> Trajectory {
    Trajectory(
      bodyCount: truth.bodyCount,
      positions: (0..<truth.frameCount).flatMap { frame in
        (0..<truth.bodyCount).map { place(frame, $0, truth[frame: frame, body: $0]) }
      })
  }
}

/// The laws over the ranges that models are trained on.
enum Law: CaseIterable {
  case uniform, parabola, collision, wallBounce, squareAndBall, collisionThenBounce

  var recipe: SceneRecipe {
    let ball = Region(boxes: [["r": 0.7...1.4, "v": 1...4]])
    return switch self {
    case .uniform: SceneRecipe(region: ball)
    case .parabola: SceneRecipe(scenario: Parabola(), region: ball)
    case .collision:
      SceneRecipe(
        scenario: Collision(),
        region: Region(boxes: [["r1": 0.5...1.5, "r2": 0.5...1.5, "v1": 1...4, "v2": 1...4]]))
    case .wallBounce:
      SceneRecipe(scenario: WallBounce(), region: Region(boxes: [["r": 0.7...1.4, "v": 1.5...4]]))
    case .squareAndBall:
      SceneRecipe(
        scenario: SquareAndBall(),
        region: Region(boxes: [["rs": 0.7...1.4, "vs": 1...4, "rb": 0.7...1.4, "vb": 1.5...4]]))
    case .collisionThenBounce:
      SceneRecipe(
        scenario: CollisionThenBounce(),
        region: Region(boxes: [["r1": 0.5...1, "r2": 0.5...1, "v1": 1.5...3, "v2": 1.5...3]]))
    }
  }
}
