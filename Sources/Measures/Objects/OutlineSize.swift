import Worlds

/// The size of an outline, in pixels.
struct OutlineSize {
  /// Radius of a disc or ring, half the side of a square, half the width of a bar.
  let radius: Double
  /// Half its width and half its height.
  let halfExtent: SIMD2<Double>

  /// - Parameters:
  ///   - area: its mass in pixels.
  ///   - box: width and height of the box around its pixels.
  init(_ shape: Shape, _ outline: OutlineReader.Outline, area: Double, box: SIMD2<Double>) {
    switch shape {
    case .square where !outline.cutsWidth && !outline.cutsHeight:
      radius = area.squareRoot() / 2
      halfExtent = SIMD2(repeating: radius)
    case .square, .bar:
      // Half-sides a and b with 4ab the area and a/b the aspect.
      let mean = area.squareRoot() / 2
      halfExtent = SIMD2(mean * outline.aspect.squareRoot(), mean / outline.aspect.squareRoot())
      // Of a square that the border cuts, the longer side is the one it has.
      radius = shape == .square ? halfExtent.max() : halfExtent.x
    case .disc, .ring:
      // The renderer's soft edge covers 1 − 0.03/2 of the nominal disc.
      let hole = shape == .ring ? 1 - Shape.ringHole * Shape.ringHole : 1
      if outline.cutsWidth || outline.cutsHeight {
        radius = OutlineSize.cutRadius(box, outline)
        halfExtent = box / 2
      } else {
        radius = (area / (0.985 * .pi * hole)).squareRoot()
        halfExtent = SIMD2(repeating: radius)
      }
    }
  }

  /// The radius of a circle from the box around what a border leaves of it.
  ///
  /// With h half the chord along the border and s the depth seen, r = (h² + s²)/2s while the centre
  /// is hidden, and h once it is seen.
  private static func cutRadius(
    _ box: SIMD2<Double>, _ outline: OutlineReader.Outline
  ) -> Double {
    // The rim is counted in the box, about half a pixel on each side that is seen.
    let width = max(box.x - (outline.cutsWidth ? 0.5 : 1), 0.5)
    let height = max(box.y - (outline.cutsHeight ? 0.5 : 1), 0.5)
    let (chord, depth) =
      outline.cutsWidth && !outline.cutsHeight ? (height, width) : (width, height)
    let half = chord / 2
    if outline.cutsWidth, outline.cutsHeight { return max(width, height) / 2 }
    return depth >= half ? half : (half * half + depth * depth) / (2 * depth)
  }
}
