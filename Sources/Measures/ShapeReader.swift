import Videos
import Worlds

/// Tells a disc from a square by the four-fold moment of its coverage.
///
/// With (x, y) counted from the centroid and w the coverage,
///
///     M = Σ w (x⁴ − 6x²y² + y⁴) / Σ w (x² + y²)²
///
/// is the mean of cos 4θ weighted by the fourth power of the distance: 0 for a disc (and for any
/// round blur of one), −3/7 for a square whose sides lie along the axes, whatever its size. Unlike
/// the fill of a bounding box it needs no threshold, so it still works at a few pixels' radius.
public enum ShapeReader {
  /// Squareness above which a body is called a square.
  public static let threshold = 0.5

  /// −M·7/3: about 0 for a disc, 1 for an axis-aligned square; NaN for an empty or one-pixel body.
  public static func squareness(of pixels: [(x: Double, y: Double, weight: Double)]) -> Double {
    var fourFold = 0.0
    var radial = 0.0
    for pixel in pixels {
      let xx = pixel.x * pixel.x
      let yy = pixel.y * pixel.y
      fourFold += pixel.weight * (xx * xx - 6 * xx * yy + yy * yy)
      radial += pixel.weight * (xx + yy) * (xx + yy)
    }
    return radial > 0 ? -fourFold / radial * 7 / 3 : .nan
  }

  /// The shape of the heaviest body in a frame, or nil when there is none.
  public static func shape(of video: Video, frame: Int, parser: WeightedParser = .init()) -> Shape?
  {
    guard let reading = parser.read(video, frame: frame), !reading.squareness.isNaN else {
      return nil
    }
    return shape(squareness: reading.squareness)
  }

  /// The shape that a squareness stands for.
  public static func shape(squareness: Double) -> Shape {
    squareness > threshold ? .square : .disc
  }
}
