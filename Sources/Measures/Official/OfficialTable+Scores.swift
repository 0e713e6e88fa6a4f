import Worlds

extension OfficialTable.Record {
  /// What the released driver would have measured on the video of a score; nil where the score is of
  /// another law.
  init?(_ score: SceneScore, _ kind: OfficialTable.Kind) {
    guard score.scenario == kind.scenario else { return nil }
    self.init(
      initial: kind.parameters.compactMap { score.parameters[$0] },
      measures: Dictionary(
        uniqueKeysWithValues: kind.measures.map { name in
          (name, score.measures[kind.name(of: name)] ?? .nan)
        }))
  }
}

extension OfficialTable.Kind {
  /// The scenario whose scenes the table is of.
  public var scenario: String {
    switch self {
    case .uniform: UniformMotion.name
    case .parabola: Parabola.name
    case .collision: Collision.name
    }
  }

  fileprivate var parameters: [String] {
    self == .collision ? Collision.parameterNames : ["r", "v"]
  }

  /// The name in a `SceneScore` of a released measure.
  fileprivate func name(of released: String) -> String {
    let phase = released.hasPrefix("pre_") ? ".pre" : released.hasPrefix("post_") ? ".post" : ""
    let plain = phase.isEmpty ? released : String(released.dropFirst(phase.count))
    let name =
      switch plain {
      case "vel_error": "velocity_error"
      case "delta_r": "radius_range"
      case "abs_x_err_avg", "x_err_avg": "x_error"
      case "abs_y_err_avg": "y_error"
      case "vel_err_avg": "x_velocity_error"
      case "momentum_error_avg": "momentum_error"
      case "energy_error_avg": "energy_error"
      default: plain
      }
    return "\(name)\(phase).official"
  }
}
