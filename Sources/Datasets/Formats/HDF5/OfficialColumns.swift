import Worlds

/// What the columns of the official `init_streams` mean.
public enum OfficialColumns: Codable, Hashable, Sendable {
  /// Radius, speed: uniform motion and parabola.
  case motion
  /// Radius, speed, colour (0 red, 1 blue): the colour scripts.
  case motionColor
  /// Radius, speed, colour, shape (0 circle, 1 rectangle, and ours 2 ring): the shape scripts.
  case motionColorShape
  /// Radius of the left and the right ball, speed of the left and the right ball.
  case collision
  /// Half-width, half-height, speed: the script of one object of any kind.
  case object
  /// Parameters by name: scenarios that the official release does not have.
  case parameters([String])

  /// Number of columns.
  public var count: Int {
    switch self {
    case .motion: 2
    case .motionColor, .object: 3
    case .motionColorShape, .collision: 4
    case .parameters(let names): names.count
    }
  }

  /// The columns that the official scripts would write for scenes like this one.
  ///
  /// - Parameter recipe: the text that names the recipe; where it speaks of squares or blue, some
  ///   scenes have them, and shape and colour get columns.
  public init(scenario: String, parameters: [String: Double], scene: Scene, recipe: String?) {
    let names = Set(parameters.keys)
    if scene.bodies.count == 2, names == ["r1", "r2", "v1", "v2"] {
      self = .collision
    } else if scene.bodies.count == 1, names == ["r", "v"] {
      let text = recipe ?? ""
      let shapes =
        [",square,", ",ring,"].contains(where: text.contains)
        || scene.bodies.contains { $0.shape != .disc }
      let colors = text.contains("blue") || scene.bodies.contains { $0.color != .red }
      self = shapes ? .motionColorShape : colors ? .motionColor : .motion
    } else {
      let known = (try? AnyScenario(named: scenario).parameterNames) ?? []
      self = .parameters(Set(known) == names ? known : names.sorted())
    }
  }

  /// The row of a scene; nil when it lacks what a column needs.
  public func row(parameters: [String: Double], scene: Scene) -> [Double]? {
    func values(_ names: [String]) -> [Double]? {
      let found = names.compactMap { parameters[$0] }
      return found.count == names.count ? found : nil
    }
    switch self {
    case .motion: return values(["r", "v"])
    case .collision: return values(["r1", "r2", "v1", "v2"])
    case .parameters(let names): return values(names)
    case .object:
      guard let body = scene.bodies.first, let speed = parameters["v"] else { return nil }
      return [body.halfExtent.x, body.halfExtent.y, speed]
    case .motionColor, .motionColorShape:
      guard let body = scene.bodies.first, let motion = values(["r", "v"]) else { return nil }
      let color: Double = body.color == .blue ? 1 : 0
      let shape: Double = body.shape == .square ? 1 : body.shape == .ring ? 2 : 0
      return motion + (self == .motionColor ? [color] : [color, shape])
    }
  }
}
