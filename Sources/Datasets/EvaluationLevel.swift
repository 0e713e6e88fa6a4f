/// Where in parameter space a model is tested: the training range and ways out of it.
///
/// The ranges are those of the official evaluation of uniform motion (radius `r`, speed `v`).
public enum EvaluationLevel: String, CaseIterable, Codable, Sendable {
  /// In distribution: the training range.
  case idLevel = "id"
  /// Smaller radii than in training.
  case rLow = "r_low"
  /// Larger radii than in training.
  case rHigh = "r_high"
  /// Slower than in training.
  case vLow = "v_low"
  /// Faster than in training.
  case vHigh = "v_high"
  /// Smaller and slower.
  case rvLow = "rv_low"
  /// Larger and faster.
  case rvHigh = "rv_high"
  /// Smaller and faster, or larger and slower.
  case cross = "cross"

  /// Radii of the training range, world units.
  public static let radius = 0.7...1.4
  /// Speeds of the training range, world units per second.
  public static let speed = 1.0...4.0
  /// Radii below the training range.
  public static let lowRadius = 0.3...0.6
  /// Radii above the training range.
  public static let highRadius = 1.5...2.0
  /// Speeds below the training range.
  public static let lowSpeed = 0.0...0.8
  /// Speeds above the training range.
  public static let highSpeed = 4.5...6.0

  /// The region of (`r`, `v`) that the level covers.
  public var region: Region {
    typealias Level = EvaluationLevel
    func boxes(_ ranges: (ClosedRange<Double>, ClosedRange<Double>)...) -> Region {
      Region(boxes: ranges.map { ["r": $0.0, "v": $0.1] })
    }
    return switch self {
    case .idLevel: boxes((Level.radius, Level.speed))
    case .rLow: boxes((Level.lowRadius, Level.speed))
    case .rHigh: boxes((Level.highRadius, Level.speed))
    case .vLow: boxes((Level.radius, Level.lowSpeed))
    case .vHigh: boxes((Level.radius, Level.highSpeed))
    case .rvLow: boxes((Level.lowRadius, Level.lowSpeed))
    case .rvHigh: boxes((Level.highRadius, Level.highSpeed))
    case .cross:
      boxes((Level.lowRadius, Level.highSpeed), (Level.highRadius, Level.lowSpeed))
    }
  }
}
