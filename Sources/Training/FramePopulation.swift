import Videos
import Worlds

/// The frames an autoencoder learns from: flat-coloured bodies anywhere, larger and smaller than any
/// training or evaluation set needs, so that the autoencoder never is what fails outside the range.
///
/// Frame i is a pure function of (seed, i).
public struct FramePopulation: Codable, Hashable, Sendable {
  /// Radii (half-sides of squares), world units.
  public var radius = 0.28...2.08
  /// Horizontal centres, world units; the world is 0...10.
  public var horizontal = -1.0...11.0
  /// Vertical centres, world units.
  public var vertical = 0.0...10.0
  /// Share of squares among the bodies.
  public var squares = 0.4
  /// Share of frames whose first body is blue.
  public var blue = 0.4
  /// Share of frames with two bodies.
  public var pairs = 0.3
  /// Share of second bodies that have the other colour.
  public var contrasts = 0.8

  /// Discs and squares, red and blue, sometimes two.
  public init() {}

  /// Checks the numbers.
  /// - Throws: `TrainingError.option`.
  public func validate() throws {
    for (field, value) in [
      ("squares", squares), ("blue", blue), ("pairs", pairs),
      ("contrasts", contrasts),
    ]
    where !(0...1).contains(value) {
      throw TrainingError.option(field: field, value: "\(value)", remedy: "must lie in 0...1")
    }
    guard radius.lowerBound > 0 else {
      throw TrainingError.option(field: "radius", value: "\(radius)", remedy: "must be positive")
    }
  }

  /// The bodies of frame `index`.
  public func bodies(seed: UInt64, index: UInt64) -> [Body] {
    var random = CounterRandom(recipe: "autoencoder-frames", seed: seed, index: index)
    let blueFirst = random.unit() < blue
    let count = random.unit() < pairs ? 2 : 1
    let contrast = random.unit() < contrasts
    return (0..<count).map { number in
      Body(
        shape: random.unit() < squares ? .square : .disc,
        color: blueFirst != (number == 1 && contrast) ? .blue : .red,
        radius: random.uniform(radius.lowerBound, radius.upperBound),
        position: Vector2(
          x: random.uniform(horizontal.lowerBound, horizontal.upperBound),
          y: random.uniform(vertical.lowerBound, vertical.upperBound)))
    }
  }

  /// The bytes of frames `indices` at `resolution`, [count, R, R, 3].
  public func bytes(seed: UInt64, indices: Range<Int>, resolution: Int) throws -> [UInt8] {
    var all: [UInt8] = []
    all.reserveCapacity(indices.count * resolution * resolution * 3)
    for index in indices {
      all += try Self.still(
        bodies(seed: seed, index: UInt64(index)), resolution: resolution
      ).bytes
    }
    return all
  }

  /// One frame of resting bodies, rendered as training videos are.
  static func still(_ bodies: [Body], resolution: Int) throws -> Video {
    try renderer.render(
      Scene(bodies: bodies, frames: 1),
      Trajectory(bodyCount: bodies.count, positions: bodies.map(\.position)),
      averagedTo: resolution)
  }

  private static let renderer = Renderer()
}
