import Measures
import Videos
import Worlds

/// A scene of some law with its truth and its picture.
struct SceneSample {
  let name: String
  let scene: Scene
  let truth: Trajectory

  func video(size: Int) throws -> Video {
    try Renderer().render(scene, truth, averagedTo: size)
  }

  /// Whether a body is wholly in the picture.
  func isInView(_ body: Int, frame: Int) -> Bool {
    let place = truth[frame: frame, body: body]
    let half = scene.bodies[body].halfExtent
    return place.x - half.x >= 0 && place.x + half.x <= Scene.extent
      && place.y - half.y >= 0 && place.y + half.y <= Scene.extent
  }

  /// The way of the true body from the frame before to the frame after, over 0.2 s.
  func meanVelocity(_ body: Int, around frame: Int) -> Vector2 {
    let (a, b) = (truth[frame: frame - 1, body: body], truth[frame: frame + 1, body: body])
    let duration = 2 * Scene.frameInterval
    return Vector2(x: (b.x - a.x) / duration, y: (b.y - a.y) / duration)
  }

  /// `count` feasible scenes of a scenario.
  static func some(
    _ count: Int, of scenario: some Scenario,
    _ parameters: (inout CounterRandom) -> [String: Double]
  ) throws -> [SceneSample] {
    var samples: [SceneSample] = []
    let name = AnyScenario(scenario).id
    for index in 0..<UInt64(40 * count) where samples.count < count {
      var random = CounterRandom(recipe: name, seed: 5, index: index)
      let chosen = parameters(&random)
      guard (try? scenario.validate(chosen)) != nil else { continue }
      let scene = try scenario.scene(for: chosen, using: &random)
      samples.append(
        SceneSample(name: name, scene: scene, truth: try Simulator().simulate(scene)))
    }
    return samples
  }

  /// `count` scenes of every scenario and of every shape and colour of a single body.
  static func ofEveryKind(_ count: Int) throws -> [SceneSample] {
    var samples: [SceneSample] = []
    for shape in [Shape.disc, .square, .ring] {
      for color in [BodyColor.red, .blue] {
        samples += try some(count, of: UniformMotion(shape: shape, color: color)) {
          ["r": $0.uniform(0.3, 2), "v": $0.uniform(0, 6)]
        }
      }
    }
    samples += try some(count, of: Parabola()) {
      ["r": $0.uniform(0.3, 2), "v": $0.uniform(0, 6)]
    }
    samples += try some(count, of: Collision(), balls)
    samples += try some(count, of: CollisionThenBounce(), balls)
    samples += try some(count, of: WallBounce()) {
      ["r": $0.uniform(0.3, 1.5), "v": $0.uniform(1.1, 6)]
    }
    samples += try some(count, of: SquareAndBall()) {
      [
        "rs": $0.uniform(0.3, 1.5), "rb": $0.uniform(0.3, 1.5), "vs": $0.uniform(0.5, 5),
        "vb": $0.uniform(1.1, 5),
      ]
    }
    samples += try some(count, of: Gap()) {
      ["r": $0.uniform(0.3, 2), "excess": $0.uniform(-20, 20)]
    }
    samples += try some(count, of: BlockEdge()) {
      ["r": $0.uniform(0.6, 2), "offset": $0.uniform(-15, 15)]
    }
    return samples
  }

  private static func balls(_ random: inout CounterRandom) -> [String: Double] {
    [
      "r1": random.uniform(0.3, 1.8), "r2": random.uniform(0.3, 1.8),
      "v1": random.uniform(0, 5), "v2": random.uniform(0, 5),
    ]
  }
}
