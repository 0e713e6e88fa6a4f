/// Two bodies beginning to touch.
public struct Contact: Codable, Hashable, Sendable {
  /// The physics step, counted from 0, in which the engine finds them touching and acts on it.
  public var step: Int
  /// The body that comes first in the scene.
  public var first: Int
  /// The other body.
  public var second: Int

  /// A contact from its parts.
  public init(step: Int, first: Int, second: Int) {
    self.step = step
    self.first = first
    self.second = second
  }

  /// The first frame that shows the state after the contact's step.
  public var frame: Int { (step + Simulator.stepsPerFrame - 1) / Simulator.stepsPerFrame }
  /// World seconds from the start to the end of the contact's step.
  public var time: Double {
    Double(step + 1) * Scene.frameInterval / Double(Simulator.stepsPerFrame)
  }
}
