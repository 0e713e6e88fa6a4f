/// Every experiment there is, in the paper's order.
public enum ExperimentCatalogue {
  /// All of them.
  public static let all: [any Experiment] = [
    Figure3(), Table1(), Figure7(), Figure8(), Figure9(), Figure11(), Figure13(), Priority(),
    Figure14.spatial, Figure14.temporal, Figure16(), Figure18(), Figure19(), Preference(),
  ]

  /// The experiment of a name.
  ///
  /// - Throws: `ExperimentError.unknown`.
  public static func named(_ name: String) throws -> any Experiment {
    guard let found = all.first(where: { $0.name == name }) else {
      throw ExperimentError.unknown(name, known: all.map(\.name))
    }
    return found
  }
}

/// Means that many claims are made of.
enum Mean {
  /// The error, where no body is lost, of the scenes of a level.
  static func error(
    _ arm: String, _ probe: String, level: String? = nil
  ) -> Claim.Cell {
    Claim.Cell(arm, probe) { scene in
      level == nil || scene.score.level == level ? scene.keptError : nil
    }
  }

  /// The share of scenes for which something holds.
  static func share(
    _ arm: String, _ probe: String, level: String? = nil,
    _ holds: @escaping @Sendable (SceneEvidence) -> Bool?
  ) -> Claim.Cell {
    Claim.Cell(arm, probe) { scene in
      level == nil || scene.score.level == level ? holds(scene).map { $0 ? 1 : 0 } : nil
    }
  }
}
