import Worlds

/// Tells discs, rings, squares and bars apart by the moments of their coverage.
///
/// With offsets x, y from the centre, averaged over the coverage, and the area A,
///
///     roundness = −48 π² (⟨x²y²⟩ − ⟨x²⟩⟨y²⟩ − 2⟨xy⟩²) / A²
///
/// is 0 for a rectangle along the axes, whatever its sides, since x and y are independent in it; 1
/// for a disc or an ellipse; about 6.3 for a ring with a hole of 0.6 of its radius; and 0.54 for what
/// the border of the picture leaves of a disc. It is free of size, and no Gaussian blur changes the
/// parenthesis or the area, so that it still works at a few pixels' radius. Rectangles are squares or
/// bars by their sides a and b, from a² − b² = 12 (⟨x²⟩ − ⟨y²⟩) and ab = A. Only what is pale in the
/// middle is a ring: a fading disc has a small area for its spread, and would look hollow otherwise.
public enum OutlineReader {
  /// Roundness below which an outline is a rectangle.
  public static let rectangle = 0.4
  /// Roundness above which an outline is a ring, if its middle is pale.
  public static let ring = 2.5
  /// Coverage of a ring's middle over that of the rest, at most.
  public static let paleMiddle = 0.9
  /// Longest side of a square over the other.
  public static let squareAspect = 1.25

  /// What was measured of an outline.
  struct Outline {
    /// See `OutlineReader`.
    let roundness: Double
    /// Width over height of a rectangle with these moments.
    let aspect: Double
    /// Coverage of the middle over that of the body, about 0 for a ring.
    let middle: Double
    /// Whether it is painted black.
    let isBlack: Bool
    /// Whether a border of the picture may have cut its width, and its height.
    let cutsWidth, cutsHeight: Bool
  }

  /// See `OutlineReader`.
  static func roundness(of moments: CentralMoments) -> Double {
    -48 * .pi * .pi * moments.dependence / (moments.area * moments.area)
  }

  /// Width over height of the rectangle with these moments: a blur adds the same to ⟨x²⟩ and ⟨y²⟩.
  static func aspect(of moments: CentralMoments) -> Double {
    let half = 6 * (moments.xx - moments.yy) / moments.area
    let root = (half * half + 1).squareRoot()
    // The sum of a number and its opposite would lose all digits.
    return half < 0 ? 1 / (root - half) : root + half
  }

  /// The shape and how sure it is, 0 … 1: the distance to the nearest other shape's limit, in units of
  /// the usual one, and half of that for what the border cuts.
  static func shape(of outline: Outline) -> (Shape, confidence: Double) {
    let roundness = outline.roundness
    let (shape, margin): (Shape, Double)
    if roundness < rectangle {
      (shape, margin) = side(of: outline, (rectangle - roundness) / rectangle)
    } else if roundness > ring, outline.middle < paleMiddle {
      let pale = (paleMiddle - outline.middle) / paleMiddle
      (shape, margin) = (.ring, min((roundness - ring) / ring, pale))
    } else {
      // Beyond the limit of rings, only the full middle says that it is a disc.
      let full = outline.middle > paleMiddle ? 0.25 : 0
      let inner = min((roundness - rectangle) / (1 - rectangle), (ring - roundness) / (ring - 1))
      (shape, margin) = (.disc, max(inner, full))
    }
    let cut = outline.cutsWidth || outline.cutsHeight
    return (shape, min(max(margin, 0), 1) * (cut ? 0.5 : 1))
  }

  /// Whether a rectangle is a square or a bar, and by which margin, at most `most`.
  ///
  /// What the border cuts is longer than it looks: a cut rectangle that is long as it is, is a bar,
  /// and one that is short there may be a square. Where nothing tells, black decides: only walls and
  /// blocks are black.
  private static func side(of outline: Outline, _ most: Double) -> (Shape, Double) {
    let long = max(outline.aspect, 1 / outline.aspect)
    let spare = (squareAspect - long) / (squareAspect - 1)
    guard outline.cutsWidth || outline.cutsHeight else {
      return spare >= 0 ? (.square, min(most, spare)) : (.bar, min(most, -spare))
    }
    let limit = outline.isBlack ? 0.97 : squareAspect
    let isLong =
      outline.cutsWidth && outline.aspect > limit
      || outline.cutsHeight && outline.aspect < 1 / limit
    return (isLong ? .bar : .square, most)
  }
}
