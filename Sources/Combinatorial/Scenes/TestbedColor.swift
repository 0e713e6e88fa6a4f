/// The flat colours of the combinatorial testbed that occur in its scenes.
public enum TestbedColor: String, Codable, CaseIterable, Sendable {
  /// The red ball.
  case red
  /// Bodies that move.
  case gray
  /// Bodies that stay.
  case black

  /// The colour's number in a raster of ids; the background is ``background``.
  public var id: UInt8 {
    switch self {
    case .red: 1
    case .gray: 5
    case .black: 6
    }
  }

  /// The colour as red, green and blue, 0 to 255.
  public var rgb: (red: UInt8, green: UInt8, blue: UInt8) { TestbedColor.rgb(ofID: id) }

  /// The id of the white background.
  public static let background: UInt8 = 0

  /// The colour of an id of the official table (0 to 7); white for ids beyond it.
  public static func rgb(ofID id: UInt8) -> (red: UInt8, green: UInt8, blue: UInt8) {
    switch id {
    case 1: (243, 79, 70)
    case 2: (107, 206, 187)
    case 3: (24, 119, 242)
    case 4: (75, 74, 164)
    case 5: (185, 202, 210)
    case 6: (0, 0, 0)
    case 7: (252, 223, 227)
    default: (255, 255, 255)
    }
  }
}
