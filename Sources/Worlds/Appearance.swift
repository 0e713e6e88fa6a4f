/// The outline a body is drawn with.
///
/// Discs, rings and squares collide as a disc of their radius, as in the official generators; bars
/// collide as the rectangle that is drawn.
public enum Shape: String, Codable, CaseIterable, Sendable {
  /// A soft-edged disc.
  case disc
  /// An axis-parallel square with hard edges.
  case square
  /// A soft-edged disc with a round hole (paper, Figure 19).
  case ring
  /// An axis-parallel rectangle with hard edges: walls and blocks.
  case bar

  /// Radius of a ring's hole as a share of the ring's radius. The paper gives no number.
  public static let ringHole = 0.6
}

/// The flat colours of the videos.
public enum BodyColor: String, Codable, CaseIterable, Sendable {
  /// Pure red, (255, 0, 0).
  case red
  /// Pure blue, (0, 0, 255).
  case blue
  /// Pure black, (0, 0, 0): walls and blocks.
  case black

  /// The colour as red, green and blue, 0 to 255.
  public var rgb: (UInt8, UInt8, UInt8) {
    switch self {
    case .red: (255, 0, 0)
    case .blue: (0, 0, 255)
    case .black: (0, 0, 0)
    }
  }
}

/// Whether forces and impacts move a body.
public enum Mobility: String, Codable, CaseIterable, Sendable {
  /// Moves as the law says.
  case free
  /// Stays where it is: walls and blocks.
  case fixed
}
