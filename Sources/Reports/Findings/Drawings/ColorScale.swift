/// Colours for numbers from 0 to a top, pale to dark; they get darker all the way, so that they can
/// be told apart in grey and by readers who see few colours.
struct ColorScale {
  /// The value of the darkest colour.
  let top: Double

  private static let stops: [(red: Double, green: Double, blue: Double)] = [
    (255, 248, 224), (253, 221, 143), (247, 170, 84), (222, 104, 56), (168, 46, 62),
    (94, 18, 62), (44, 8, 44),
  ]

  /// The colour of a value as `#rrggbb`.
  func color(_ value: Double) -> String {
    let place = share(value) * Double(Self.stops.count - 1)
    let index = min(Int(place), Self.stops.count - 2)
    let (low, high, part) = (Self.stops[index], Self.stops[index + 1], place - Double(index))
    let mixed = [(low.red, high.red), (low.green, high.green), (low.blue, high.blue)].map {
      Int(($0.0 + ($0.1 - $0.0) * part).rounded())
    }
    return "#" + mixed.map(Self.hexadecimal).joined()
  }

  /// Whether text on a value's colour must be light.
  func isDark(_ value: Double) -> Bool { share(value) > 0.52 }

  private func share(_ value: Double) -> Double {
    top > 0 ? min(max(value / top, 0), 1) : 0
  }

  private static func hexadecimal(_ byte: Int) -> String {
    let text = String(byte, radix: 16)
    return text.count == 1 ? "0" + text : text
  }
}
