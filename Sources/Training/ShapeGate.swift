import Measures
import Models
import Videos
import Worlds

/// Whether an autoencoder keeps what a video shows: squares square, discs round, colours, two bodies two.
///
/// For random places and sizes, the frame of a disc and the frame of the square of the same area are
/// reconstructed; a body is kept when its reconstruction lies closer (mean squared error) to its own frame
/// than to the other shape's.
public struct ShapeGate: Codable, Hashable, Sendable {
  /// What one band of radii showed; fractions 0...1.
  public struct Band: Codable, Hashable, Sendable {
    /// Radii of the discs, world units; squares have the same area.
    public var radius: ClosedRange<Double>
    /// Frames of each shape.
    public var frames: Int
    /// Share of squares that stay closer to squares.
    public var squaresKept: Double
    /// Share of discs that stay closer to discs.
    public var discsKept: Double
    /// Share of bodies, discs and squares, whose colour stays.
    public var colorsKept: Double
    /// Share of frames of a red and a blue body of which both stay, within half their radius and half their
    /// area.
    public var pairsKept: Double
  }

  /// One band each: below, inside and above the training range of radii.
  public var bands: [Band]

  /// The least fraction of the band inside the training range; what a gate should look at.
  public var worstInside: Double {
    guard bands.count == 3 else { return .nan }
    let band = bands[1]
    return min(band.squaresKept, band.discsKept, band.colorsKept, band.pairsKept)
  }

  /// Measures an autoencoder on `frames` places per band.
  public static func measure(
    _ autoencoder: any LatentCodec, frames: Int = 128, seed: UInt64 = 0
  ) throws -> ShapeGate {
    let bands = try [0.3...0.6, 0.7...1.4, 1.5...2.0].map { radius in
      try band(autoencoder, radius, frames, seed)
    }
    return ShapeGate(bands: bands)
  }

  private static func band(
    _ autoencoder: any LatentCodec, _ radius: ClosedRange<Double>, _ count: Int, _ seed: UInt64
  ) throws -> Band {
    var random = CounterRandom(recipe: "shape-gate \(radius)", seed: seed, index: 0)
    let size = autoencoder.resolution
    func body(_ shape: Shape, _ color: BodyColor, _ disc: Double, _ position: Vector2) -> Body {
      let side = shape == .square ? disc * (0.985 * Double.pi).squareRoot() / 2 : disc
      return Body(shape: shape, color: color, radius: side, position: position)
    }
    var (discs, squares, pairs): ([Video], [Video], [Video]) = ([], [], [])
    var scenes: [[Body]] = []
    for index in 0..<count {
      let (r, q) = (
        random.uniform(radius.lowerBound, radius.upperBound),
        random.uniform(radius.lowerBound, radius.upperBound)
      )
      let place = Vector2(x: random.uniform(r, 10 - r), y: random.uniform(r, 10 - r))
      let color: BodyColor = index % 2 == 0 ? .red : .blue
      discs.append(try FramePopulation.still([body(.disc, color, r, place)], resolution: size))
      squares.append(try FramePopulation.still([body(.square, color, r, place)], resolution: size))
      let y = random.uniform(max(r, q), 10 - max(r, q))
      let two = [
        body(.disc, .red, r, Vector2(x: random.uniform(r, 5 - r), y: y)),
        body(.disc, .blue, q, Vector2(x: random.uniform(5 + q, 10 - q), y: 10 - y)),
      ]
      scenes.append(two)
      pairs.append(try FramePopulation.still(two, resolution: size))
    }
    let drawnDiscs = try roundTrip(autoencoder, discs)
    let drawnSquares = try roundTrip(autoencoder, squares)
    let drawnPairs = try roundTrip(autoencoder, pairs)
    func share(_ kept: (Int) -> Bool) -> Double {
      Double((0..<count).filter(kept).count) / Double(max(count, 1))
    }
    func colorKept(_ video: Video, _ index: Int) -> Bool {
      WeightedParser().read(video, frame: 0)?.color == (index % 2 == 0 ? .red : .blue)
    }
    return Band(
      radius: radius, frames: count,
      squaresKept: share {
        distance(drawnSquares[$0], squares[$0]) < distance(drawnSquares[$0], discs[$0])
      },
      discsKept: share {
        distance(drawnDiscs[$0], discs[$0]) < distance(drawnDiscs[$0], squares[$0])
      },
      colorsKept: (share { colorKept(drawnDiscs[$0], $0) }
        + share { colorKept(drawnSquares[$0], $0) })
        / 2,
      pairsKept: share { index in
        scenes[index].allSatisfy { stays($0, in: drawnPairs[index]) }
      })
  }

  private static func stays(_ body: Body, in video: Video) -> Bool {
    guard let found = WeightedParser(color: body.color).read(video, frame: 0) else { return false }
    let (dx, dy) = (found.position.x - body.position.x, found.position.y - body.position.y)
    let area = 0.985 * Double.pi * body.radius * body.radius
    return (dx * dx + dy * dy).squareRoot() < body.radius / 2
      && (area / 2...area * 1.5).contains(found.area)
  }

  /// Through the whole autoencoder, whitening included: a still is a video of equal frames.
  private static func roundTrip(_ autoencoder: any LatentCodec, _ stills: [Video]) throws
    -> [Video]
  {
    let frames = autoencoder.layout.fittingFrames(1)
    let videos = stills.map { $0.selecting(Array(repeating: 0, count: frames)) }
    return try autoencoder.decodeVideos(autoencoder.encode(videos)).map { $0.prefix(frames: 1) }
  }

  private static func distance(_ a: Video, _ b: Video) -> Int {
    zip(a.bytes, b.bytes).reduce(0) { sum, pair in
      let difference = Int(pair.0) - Int(pair.1)
      return sum + difference * difference
    }
  }
}
