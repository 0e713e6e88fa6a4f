import Worlds

/// Which points of a grid have scenes.
enum Feasibility: Sendable {
  /// All of them.
  case everywhere
  /// Those for which the scenario does not say that they are infeasible.
  case pointwise(AnyScenario, names: [String])

  /// How a scenario cuts a grid with these axes.
  init(of scenario: AnyScenario, axes: [GridAxis]) {
    if Self.isSeparable(scenario), Self.allowsEveryValue(scenario, axes) {
      self = .everywhere
    } else {
      self = .pointwise(scenario, names: axes.map(\.name))
    }
  }

  /// Whether a point has a scene.
  ///
  /// - Throws: the scenario's error when the point is not infeasible but not allowed at all.
  @inline(__always)
  func allows(_ values: [Double]) throws(SceneError) -> Bool {
    switch self {
    case .everywhere: true
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

  /// Whether the scenario looks at every parameter by itself.
  private static func isSeparable(_ scenario: AnyScenario) -> Bool {
    scenario.base is UniformMotion
  }

  private static func allowsEveryValue(_ scenario: AnyScenario, _ axes: [GridAxis]) -> Bool {
    var point = Dictionary(uniqueKeysWithValues: axes.map { ($0.name, $0.values[0]) })
    for axis in axes {
      for value in axis.values {
        point[axis.name] = value
        if (try? allows(scenario, point)) != true { return false }
      }
      point[axis.name] = axis.values[0]
    }
    return true
  }
}
