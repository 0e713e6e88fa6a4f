import Worlds

/// What a pixel's colour is made of: the paper's white and the three inks of the renderer.
///
/// Edges, averages and blurs mix white, red, blue and black linearly, and the four shares can be
/// told from three channels because they add up to one: with white = g,
///
///     red = r − g     blue = b − g     black = 255 − r − b + g
///
/// all in steps of 1/255. Colours that are no such mixture, such as green, have negative shares; none
/// has more black than is not white.
struct PixelInk {
  /// Signed shares; 255 is all of the pixel.
  let red, blue, black: Int32
  /// Whatever is not white: 255 less the darkest channel, 0 … 255.
  let total: Int32

  @inline(__always)
  init(_ pixel: UnsafePointer<UInt8>) {
    let (r, g, b) = (Int32(pixel[0]), Int32(pixel[1]), Int32(pixel[2]))
    red = r &- g
    blue = b &- g
    total = 255 &- min(r, g, b)
    black = min(255 &- r &- b &+ g, total)
  }

  /// The ink with the largest share, as its number in `InkClass`, and that share.
  @inline(__always)
  var strongest: (ink: InkClass, share: Int32) {
    if red >= blue, red >= black { return (.red, red) }
    return blue >= black ? (.blue, blue) : (.black, black)
  }

  /// The share of one ink, 0 … `total`.
  @inline(__always)
  func share(of ink: InkClass) -> Int32 {
    let share =
      switch ink {
      case .red: red
      case .blue: blue
      case .black: black
      }
    return min(max(share, 0), total)
  }
}

/// One of the inks, in a byte.
enum InkClass: UInt8 {
  case red, blue, black

  /// The colour of bodies painted with it.
  var color: BodyColor {
    switch self {
    case .red: .red
    case .blue: .blue
    case .black: .black
    }
  }
}

/// Eight neighbouring pixels as they lie in memory.
struct EightPixels: Equatable {
  private let first, second, third: UInt64

  /// The pixels at an address.
  @inline(__always)
  init(_ pixel: UnsafePointer<UInt8>) {
    let words = UnsafeRawPointer(pixel)
    first = words.loadUnaligned(as: UInt64.self)
    second = words.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    third = words.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
  }

  /// Pixels of nothing but one ink.
  @inline(__always)
  init(of ink: InkClass) {
    switch ink {
    case .red: self.init(0x00FF_0000_FF00_00FF, 0xFF00_00FF_0000_FF00, 0x0000_FF00_00FF_0000)
    case .blue: self.init(0x0000_FF00_00FF_0000, 0x00FF_0000_FF00_00FF, 0xFF00_00FF_0000_FF00)
    case .black: self.init(0, 0, 0)
    }
  }

  /// White pixels.
  @inline(__always) static var white: EightPixels { EightPixels(.max, .max, .max) }

  /// Whether the first of the pixels looks like another one.
  @inline(__always)
  func beginsLike(_ pixel: UnsafePointer<UInt8>) -> Bool {
    let word = UInt32(pixel[0]) | UInt32(pixel[1]) << 8 | UInt32(pixel[2]) << 16
    return UInt32(truncatingIfNeeded: first.littleEndian) & 0xFF_FFFF == word
  }

  @inline(__always)
  private init(_ first: UInt64, _ second: UInt64, _ third: UInt64) {
    (self.first, self.second, self.third) = (
      first.littleEndian, second.littleEndian, third.littleEndian
    )
  }

  @inline(__always)
  static func == (a: EightPixels, b: EightPixels) -> Bool {
    (a.first ^ b.first) | (a.second ^ b.second) | (a.third ^ b.third) == 0
  }
}
