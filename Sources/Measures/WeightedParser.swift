import Videos
import Worlds

/// One body measured to a fraction of a pixel, in world units.
public struct WeightedReading: Hashable, Sendable {
  /// Centre, world units, y up.
  public var position: Vector2
  /// Painted area, square world units (sum of coverages).
  public var area: Double
  /// Four-fold moment: 0 for a disc, 1 for a square along the axes (see `ShapeReader`).
  public var squareness: Double
  /// Colour with the larger share of the body's weight.
  public var color: BodyColor

  /// False where the body touches the border of the frame, which may cut part of it off.
  public var isWhole: Bool

  /// Radius of the disc or ring, or half-side of the square, that paints this area; NaN for a bar,
  /// whose area does not give its sides.
  public func radius(as shape: Shape) -> Double {
    switch shape {
    // The renderer's soft edge covers 1 − 0.03/2 of the nominal disc.
    case .disc: (area / (0.985 * .pi)).squareRoot()
    case .square: area.squareRoot() / 2
    case .ring: (area / (0.985 * .pi * (1 - Shape.ringHole * Shape.ringHole))).squareRoot()
    case .bar: .nan
    }
  }
}

/// A parser without the released one's scale error: colour-weighted sub-pixel centroid.
///
/// The weight of a pixel is its chroma, (max − min)/255. On the renderer's white ground that is
/// exactly the fraction of the pixel that the body covers, for red and for blue. Pixels of weight
/// ≥ `seed` are grouped (8 neighbours); the heaviest group is the body, and its one-pixel rim joins
/// with weights ≥ `floor`. Stray pixels and speckles elsewhere therefore do not move it.
public struct WeightedParser: Hashable, Sendable {
  /// Colour looked for; nil follows a body whatever its colour.
  public var color: BodyColor?
  /// Edge at which frames were painted before averaging; fixes the scale (see `PixelGrid`).
  public var renderedSize: Int
  /// Smallest weight that makes a pixel part of a body, 0 … 1.
  public var seed: Double
  /// Smallest weight that counts on the rim, 0 … 1.
  public var floor: Double
  /// Smallest area that counts as a body, square world units; default a disc of radius 0.1.
  public var minimumArea: Double

  /// A parser; the defaults suit frames of 32 pixels and more.
  public init(
    color: BodyColor? = nil, renderedSize: Int = 256, seed: Double = 0.3, floor: Double = 0.04,
    minimumArea: Double = 0.03
  ) {
    self.color = color
    self.renderedSize = renderedSize
    self.seed = seed
    self.floor = floor
    self.minimumArea = minimumArea
  }

  /// The heaviest body in one frame, or nil when there is none.
  public func read(_ video: Video, frame: Int) -> WeightedReading? {
    var plane = WeightPlane(video, frame: frame, color: color)
    let pixels = plane.heaviestGroup(seed: Float(seed), floor: Float(floor))
    guard !pixels.isEmpty else { return nil }

    var mass = 0.0
    var sumX = 0.0
    var sumY = 0.0
    var red = 0.0
    for pixel in pixels {
      let weight = Double(plane.weights[pixel])
      mass += weight
      sumX += weight * Double(pixel % plane.width)
      sumY += weight * Double(plane.height - 1 - pixel / plane.width)
      red += weight * (plane.isRed(pixel, in: video, frame: frame) ? 1 : 0)
    }
    let grid = PixelGrid(size: video.width, renderedSize: renderedSize)
    guard mass * grid.pixelArea >= minimumArea else { return nil }
    let centre = (x: sumX / mass, y: sumY / mass)
    let squareness = ShapeReader.squareness(
      of: pixels.map { pixel in
        (
          x: Double(pixel % plane.width) - centre.x,
          y: Double(plane.height - 1 - pixel / plane.width) - centre.y,
          weight: Double(plane.weights[pixel])
        )
      })
    return WeightedReading(
      position: Vector2(x: grid.world(centre.x), y: grid.world(centre.y)),
      area: mass * grid.pixelArea, squareness: squareness, color: red * 2 >= mass ? .red : .blue,
      isWhole: !pixels.contains(where: plane.isOnBorder))
  }

  /// The readings that show the whole body, or all of them where fewer than two do.
  static func whole<Element>(
    _ items: [Element], _ reading: (Element) -> WeightedReading
  ) -> [Element] {
    let whole = items.filter { reading($0).isWhole }
    return whole.count > 1 ? whole : items
  }

  /// The body in each of the frames; nil where there is none.
  public func track(_ video: Video, frames: [Int]) -> [WeightedReading?] {
    frames.map { read(video, frame: $0) }
  }
}
