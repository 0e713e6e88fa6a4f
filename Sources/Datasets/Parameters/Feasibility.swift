import Worlds

/// Which points of a grid have scenes.
enum Feasibility: Sendable {
  /// All of them.
  case everywhere
  /// Those that leave two balls room for a start; the places of `r1`, `r2`, `v1` and `v2`.
  case collision(CollisionPlaces)
  /// Those for which the scenario does not say that they are infeasible.
  case pointwise(AnyScenario, names: [String])

  /// How a scenario cuts a grid with these axes.
  ///
  /// Where every value is allowed by itself, only what is left of the scenario's rule is tested per
  /// point; a grid may have millions of them.
  init(of scenario: AnyScenario, axes: [GridAxis]) {
    let names = axes.map(\.name)
    self =
      Self.allowsEveryValue(scenario, axes)
      ? Feasibility(of: scenario, names: names) : .pointwise(scenario, names: names)
  }

  /// How a scenario cuts a grid whose values it allows.
  init(of scenario: AnyScenario, names: [String]) {
    switch scenario.base {
    case is UniformMotion, is Parabola:
      self = .everywhere
    case let collision as Collision:
      self =
        CollisionPlaces(collision, names: names).map { .collision($0) }
        ?? .pointwise(scenario, names: names)
    default:
      self = .pointwise(scenario, names: names)
    }
  }

  /// Whether a point has a scene.
  ///
  /// - Throws: the scenario's error when the point is not infeasible but not allowed at all.
  @inline(__always)
  func allows(_ values: [Double]) throws(SceneError) -> Bool {
    switch self {
    case .everywhere: true
    case .collision(let places): places.allow(values)
    case .pointwise(let scenario, let names):
      try Self.allows(scenario, Dictionary(uniqueKeysWithValues: zip(names, values)))
    }
  }

  private static func allows(
    _ scenario: AnyScenario, _ point: [String: Double]
  ) throws(SceneError) -> Bool {
    do {
      try scenario.validate(point)
      return true
    } catch {
      if case .infeasible = error { return false }
      throw error
    }
  }

  /// Whether no value is refused for itself, the others being the smallest.
  private static func allowsEveryValue(_ scenario: AnyScenario, _ axes: [GridAxis]) -> Bool {
    let smallest = axes.map { ($0.name, $0.values.min() ?? 0) }
    var point = Dictionary(uniqueKeysWithValues: smallest)
    for (axis, least) in zip(axes, smallest) {
      for value in axis.values {
        point[axis.name] = value
        if (try? allows(scenario, point)) == nil { return false }
      }
      point[axis.name] = least.1
    }
    return true
  }
}

/// Where a grid has the parameters of two balls that meet, and the rule for their start.
struct CollisionPlaces: Sendable {
  private let r1: Int
  private let r2: Int
  private let v1: Int
  private let v2: Int
  private let preFrames: Int
  private let keepsExactFits: Bool
  private let startSpeed: ClosedRange<Double>?

  /// Nil where a parameter is missing.
  init?(_ collision: Collision, names: [String]) {
    guard let r1 = names.firstIndex(of: "r1"), let r2 = names.firstIndex(of: "r2"),
      let v1 = names.firstIndex(of: "v1"), let v2 = names.firstIndex(of: "v2"), names.count == 4
    else { return nil }
    self.r1 = r1
    self.r2 = r2
    self.v1 = v1
    self.v2 = v2
    preFrames = collision.preFrames
    keepsExactFits = collision.keepsExactFits
    startSpeed = collision.startSpeed
  }

  @inline(__always)
  func allow(_ values: [Double]) -> Bool {
    CollisionStart(
      r1: values[r1], r2: values[r2], v1: values[v1], v2: values[v2], preFrames: preFrames,
      startSpeed: startSpeed
    ).isFeasible(keepingExactFits: keepsExactFits)
  }
}
