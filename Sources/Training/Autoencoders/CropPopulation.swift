import Foundation
import Videos
import Worlds

/// The clips a spatial autoencoder learns from: windows on flat-coloured bodies, mostly where there is an edge.
///
/// Radii, places and speeds go beyond every training and evaluation set. Clip i is a pure function of
/// (seed, i).
public struct CropPopulation: Codable, Hashable, Sendable {
  /// Pixels along each side of a window.
  public var side = 48
  /// Frames of a clip; 1 gives stills.
  public var frames = 1
  /// Radii (half-sides of squares), world units.
  public var radius = 0.25...2.1
  /// Centres, world units, along both axes; the world is 0...10.
  public var centre = -1.0...11.0
  /// The fastest component of a velocity, world units per second.
  public var speed = 6.5
  /// How often each shape comes, in the order disc, square, ring, bar.
  public var shapes = [0.45, 0.3, 0.15, 0.1]
  /// How often each colour comes, in the order red, blue, black.
  public var colors = [0.4, 0.4, 0.2]
  /// Share of clips with two or three bodies.
  public var several = 0.35
  /// Share of clips in which the first two bodies meet, or nearly, in the window, as they do in collisions.
  public var meeting = 0.15
  /// Share of windows anywhere, not on an edge.
  public var anywhere = 0.08
  /// Share of clips in other colours: channels exchanged, and paint made paler.
  public var recolored = 0.15
  /// Share of clips at 256 pixels, without averaging.
  public var large = 0.15

  /// Stills of 48 × 48 pixels.
  public init() {}

  /// Checks the numbers.
  /// - Throws: `TrainingError.option`.
  public func validate(resolution: Int) throws {
    for (field, value) in [
      ("several", several), ("meeting", meeting), ("anywhere", anywhere), ("recolored", recolored),
      ("large", large),
    ]
    where !(0...1).contains(value) {
      throw TrainingError.option(field: field, value: "\(value)", remedy: "must lie in 0...1")
    }
    guard (1...resolution).contains(side) else {
      throw TrainingError.option(
        field: "side", value: "\(side)", remedy: "must lie in 1...\(resolution), the resolution")
    }
    guard frames > 0, radius.lowerBound > 0, speed >= 0 else {
      throw TrainingError.option(
        field: "frames, radius, speed", value: "\(frames), \(radius), \(speed)",
        remedy: "frames and radii must be positive, speeds not negative")
    }
    for (field, shares, count) in [
      ("shapes", shapes, Shape.allCases.count), ("colors", colors, BodyColor.allCases.count),
    ] where shares.count != count || shares.contains(where: { $0 < 0 }) || shares.reduce(0, +) <= 0
    {
      throw TrainingError.option(
        field: field, value: "\(shares)", remedy: "give \(count) shares, not all of them 0")
    }
  }

  /// The bytes of clips `indices`, [count, frames, side, side, 3], rendered as training videos are.
  ///
  /// - Throws: `VideoError` when `resolution` does not divide 256.
  public func bytes(seed: UInt64, indices: Range<Int>, resolution: Int) throws -> [UInt8] {
    var all: [UInt8] = []
    all.reserveCapacity(indices.count * frames * side * side * 3)
    for index in indices {
      try append(CounterRandom(recipe: "crops", seed: seed, index: UInt64(index)), resolution, &all)
    }
    return all
  }

  private static let renderer = Renderer()

  private func append(
    _ start: CounterRandom, _ resolution: Int, _ all: inout [UInt8]
  ) throws {
    var random = start
    let size = random.unit() < large ? Self.renderer.size : resolution
    var count = random.unit() < several ? (random.unit() < 0.5 ? 2 : 3) : 1
    let meets = random.unit() < meeting
    if meets { count = max(count, 2) }
    var bodies = (0..<count).map { _ in body(&random) }
    let contact = meets ? meet(&bodies, &random) : nil
    let positions = (0..<frames).flatMap { frame in
      bodies.map { body in
        let time = Double(frame) * Scene.frameInterval
        return Vector2(
          x: body.position.x + time * body.velocity.x, y: body.position.y + time * body.velocity.y)
      }
    }
    let video = try Self.renderer.render(
      Scene(bodies: bodies, frames: frames),
      Trajectory(bodyCount: count, positions: positions), averagedTo: size)
    let (left, top) = window(on: bodies, around: contact, size, &random)
    let paint = random.unit() < recolored ? recoloring(&random) : nil
    for frame in 0..<frames {
      for row in top..<top + side {
        let first = (frame * size + row) * size + left
        if let paint {
          for pixel in first..<first + side { paint.append(video.bytes, pixel, to: &all) }
        } else {
          all += video.bytes[first * 3..<(first + side) * 3]
        }
      }
    }
  }

  private func body(_ random: inout CounterRandom) -> Body {
    let shape = Self.pick(Shape.allCases, shapes, random.unit())
    let color = Self.pick(BodyColor.allCases, colors, random.unit())
    func place() -> Double { random.uniform(centre.lowerBound, centre.upperBound) }
    // Small ones are the hardest and the edges of large ones are long: as many of each octave.
    let radius = radius.lowerBound * pow(radius.upperBound / radius.lowerBound, random.unit())
    var body = Body(
      shape: shape, color: color, radius: radius, position: Vector2(x: place(), y: place()),
      velocity: Vector2(x: random.uniform(-speed, speed), y: random.uniform(-speed, speed)))
    if shape == .bar { body.halfHeight = 0.05 * pow(100, random.unit()) }
    return body
  }

  /// Moves the second body beside the first, up to half a unit away; returns the place between them.
  private func meet(_ bodies: inout [Body], _ random: inout CounterRandom) -> Vector2 {
    let angle = random.uniform(0, 2 * .pi)
    let gap = 0.5 * random.unit() * random.unit()
    let (a, b) = (bodies[0], bodies[1])
    let distance = a.radius + b.radius + gap
    func place(_ from: Double) -> Vector2 {
      Vector2(x: a.position.x + from * cos(angle), y: a.position.y + from * sin(angle))
    }
    bodies[1].position = place(distance)
    return place(a.radius + gap / 2)
  }

  /// The left and top pixel of the window.
  private func window(
    on bodies: [Body], around contact: Vector2?, _ size: Int, _ random: inout CounterRandom
  ) -> (left: Int, top: Int) {
    let scale = Double(size) / Scene.extent
    let body = bodies[min(Int(random.unit() * Double(bodies.count)), bodies.count - 1)]
    let angle = random.uniform(0, 2 * .pi)
    var (x, y) = (body.position.x, body.position.y)
    switch body.shape {
    case .disc, .ring:
      x += body.radius * cos(angle)
      y += body.radius * sin(angle)
    case .square, .bar:
      let (dx, dy) = (cos(angle), sin(angle))
      let half = body.halfExtent
      let reach = min(half.x / max(abs(dx), 1e-9), half.y / max(abs(dy), 1e-9))
      x += reach * dx
      y += reach * dy
    }
    if let contact {
      (x, y) = (contact.x, contact.y)
    } else if random.unit() < anywhere {
      x = random.uniform(0, Scene.extent)
      y = random.uniform(0, Scene.extent)
    }
    func start(_ middle: Double) -> Int {
      let jitter = random.uniform(-0.35, 0.35) * Double(side)
      let first = middle * scale - Double(side) / 2 + jitter
      return Int(min(max(first, 0), Double(size - side)))
    }
    return (start(x), start(Scene.extent - y))
  }

  private static func pick<Value>(_ values: [Value], _ shares: [Double], _ at: Double) -> Value {
    var rest = at * shares.reduce(0, +)
    for (value, share) in zip(values, shares) {
      if rest < share { return value }
      rest -= share
    }
    return values[values.count - 1]
  }

  /// Other paint: the channels in another order, and paler.
  private struct Recoloring {
    var order: (Int, Int, Int)
    /// Of 256.
    var strength: Int

    func append(_ bytes: [UInt8], _ pixel: Int, to all: inout [UInt8]) {
      for channel in [order.0, order.1, order.2] {
        all.append(UInt8(255 - (255 - Int(bytes[pixel * 3 + channel])) * strength / 256))
      }
    }
  }

  private func recoloring(_ random: inout CounterRandom) -> Recoloring {
    let orders = [(0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0), (0, 1, 2)]
    let order = orders[min(Int(random.unit() * 6), 5)]
    let strengths = [256, 128, 192, 224]
    return Recoloring(order: order, strength: strengths[min(Int(random.unit() * 4), 3)])
  }
}
