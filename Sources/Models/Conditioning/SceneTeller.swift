import Tensors
import Worlds

/// Turns scenes into what a model is told about them.
public protocol SceneTeller {
  /// Which arm it serves.
  var arm: ConditionArm { get }
  /// The encoder and its source, for a run's documents.
  var summary: String { get }
  /// Channels of the state; nil where none is told.
  var stateChannels: Int? { get }
  /// Channels of an encoded word; nil where no text is told.
  var textChannels: Int? { get }
  /// What is told about these scenes.
  func condition(_ scenes: [Scene]) throws -> SceneCondition
}

/// Tells a model the state in numbers.
public struct StateTeller: SceneTeller {
  /// The layout of the numbers.
  public let state: SceneState

  /// Tells states of so many bodies.
  public init(_ state: SceneState) { self.state = state }

  /// `state`.
  public var arm: ConditionArm { .state }
  /// The numbers' layout.
  public var summary: String {
    "\(state.channels) numbers: gravity and room for \(state.bodies) bodies"
  }
  /// The length of the state.
  public var stateChannels: Int? { state.channels }
  /// None.
  public var textChannels: Int? { nil }

  /// The states, [scenes, channels].
  /// - Throws: `ModelError.condition`.
  public func condition(_ scenes: [Scene]) throws -> SceneCondition {
    let values = try scenes.flatMap { try state.numbers($0) }
    return SceneCondition(state: Tensor(values, [scenes.count, state.channels]))
  }
}
