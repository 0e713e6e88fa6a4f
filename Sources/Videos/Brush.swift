import Worlds

/// What a body paints with, wherever it is: lengths in units of the world's width.
struct Brush {
  let shape: Shape
  let radius: Double
  let halfHeight: Double
  let red: Double
  let green: Double
  let blue: Double
  /// Where the colour's row begins in the renderer's ``Renderer/flatRows``.
  let flatRow: Int
  /// The square of the radius, and the height over which the rim fades.
  let squared: Double
  let ramp: Double
  /// The same for the hole of a ring.
  let holeSquared: Double
  let holeRamp: Double

  init(_ body: Body, size: Int) {
    shape = body.shape
    // A wall that ends where the picture does must reach the outermost pixel centres: without the
    // allowance the rounding of its centre decides. Squares keep the official rounding.
    let allowance = body.shape == .bar ? 1e-12 : 0
    radius = body.radius / Scene.extent + allowance
    halfHeight = body.halfExtent.y / Scene.extent + allowance
    let rgb = body.color.rgb
    (red, green, blue) = (Double(rgb.0), Double(rgb.1), Double(rgb.2))
    flatRow = (BodyColor.allCases.firstIndex(of: body.color) ?? 0) * size * 3
    squared = radius * radius
    ramp = 0.03 * squared
    let hole = Shape.ringHole * radius
    holeSquared = hole * hole
    holeRamp = 0.03 * holeSquared
  }

  /// How much of a pixel the body covers, 0 to 1, at an offset from its centre.
  ///
  /// A disc fades over the outer 1.5 % of its radius, inside the nominal edge; a ring is a disc
  /// without the smaller disc of its hole; squares and bars are hard.
  @inline(__always)
  func cover(_ dx: Double, _ dy: Double) -> Double {
    switch shape {
    case .disc: return Brush.fade(squared - (dx * dx + dy * dy), ramp)
    case .ring:
      let distance = dx * dx + dy * dy
      return Brush.fade(squared - distance, ramp) - Brush.fade(holeSquared - distance, holeRamp)
    case .square, .bar: return abs(dx) <= radius && abs(dy) <= halfHeight ? 1 : 0
    }
  }

  /// The quotient, clipped to 0...1.
  @inline(__always)
  private static func fade(_ height: Double, _ ramp: Double) -> Double {
    height <= 0 ? 0 : (height >= ramp ? 1 : height / ramp)
  }
}
