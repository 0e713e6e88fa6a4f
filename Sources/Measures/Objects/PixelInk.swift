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

  /// What eight neighbouring pixels of nothing but this ink look like in memory.
  @inline(__always)
  var eightPixels: (UInt64, UInt64, UInt64) {
    switch self {
    case .red: (0x00FF_0000_FF00_00FF, 0xFF00_00FF_0000_FF00, 0x0000_FF00_00FF_0000)
    case .blue: (0x0000_FF00_00FF_0000, 0x00FF_0000_FF00_00FF, 0xFF00_00FF_0000_FF00)
    case .black: (0, 0, 0)
    }
  }
}
