import Experiments
import Models
import Perception
import Tensors
import Worlds

/// The training cases of an arm as a memory; made when the first probe asks.
final class ArmMemory {
  /// The most cases that are remembered.
  static let most = 20_000
  /// Where published networks are kept.
  let networks: NetworkStore
  private var scenes: [Scene]?
  private var distance: CaseDistance?
  private var nearest: NearestCase?
  private var testbed: TestbedMemory?
  private var ruler: TestbedRuler?

  /// Remembers nothing yet.
  init(networks: NetworkStore) { self.networks = networks }

  private func cases(_ configuration: RunConfiguration) throws -> [Scene] {
    if let scenes { return scenes }
    var found = try TrainingData(configuration).cases(Self.most)
    if configuration.data.flips { found += found.map(\.flippedHorizontally) }
    scenes = found
    return found
  }

  /// Distances from the training cases.
  func distances(_ configuration: RunConfiguration) throws -> CaseDistance {
    if let distance { return distance }
    let made = try CaseDistance(
      try cases(configuration), frames: configuration.evaluation.frames,
      conditionFrames: configuration.evaluation.conditionFrames)
    distance = made
    return made
  }

  /// The training videos of a testbed arm.
  func testbedCases(_ configuration: RunConfiguration) throws -> TestbedMemory {
    if let testbed { return testbed }
    let made = try TestbedMemory(configuration)
    testbed = made
    return made
  }

  /// The measures of testbed videos, with their networks.
  func testbedRuler(conditionFrames: Int) throws -> TestbedRuler {
    if let ruler { return ruler }
    let made = try TestbedRuler(conditionFrames: conditionFrames, store: networks)
    ruler = made
    return made
  }

  /// The baseline that replays the nearest case.
  func nearestCase(_ configuration: RunConfiguration) throws -> NearestCase {
    if let nearest { return nearest }
    let made = try NearestCase(
      try cases(configuration), conditionFrames: configuration.evaluation.conditionFrames)
    nearest = made
    return made
  }
}

extension Scene {
  /// The scene in a mirror: x becomes 10 − x.
  fileprivate var flippedHorizontally: Scene {
    var scene = self
    scene.gravity.x = -scene.gravity.x
    for body in scene.bodies.indices {
      scene.bodies[body].position.x = Scene.extent - scene.bodies[body].position.x
      scene.bodies[body].velocity.x = -scene.bodies[body].velocity.x
    }
    return scene
  }
}
