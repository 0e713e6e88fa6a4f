import Worlds

/// A scene with everything that is known about it before it is simulated.
public struct LabelledScene: Hashable, Sendable {
  /// Its number in the sequence.
  public var index: Int
  /// The parameters it was made from, such as `r` and `v`.
  public var parameters: [String: Double]
  /// The name of its scenario, such as `uniform_motion`.
  public var scenario: String
  /// The level or split it belongs to, where the recipe names one.
  public var level: String?
  /// The bodies before the first step.
  public var scene: Scene

  /// A labelled scene from its parts.
  public init(
    index: Int, parameters: [String: Double], scenario: String, level: String? = nil, scene: Scene
  ) {
    self.index = index
    self.parameters = parameters
    self.scenario = scenario
    self.level = level
    self.scene = scene
  }
}

/// Scenes by number: the same number gives the same scene, in any order and on any thread.
public protocol SceneSequence: Sendable {
  /// Number of scenes; nil when there is no end.
  var count: Int? { get }
  /// A text that changes when any scene does.
  var identity: String { get }
  /// Scene `index` with its labels.
  ///
  /// - Throws: what keeps the scene from being made, such as `SceneError` or ``RegionError``.
  func labelledScene(at index: Int) throws -> LabelledScene
}
