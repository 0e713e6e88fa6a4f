import Videos
import Worlds

/// Every number of the released evaluator of collisions (`evaluate_xy_collision`), quirks included.
///
/// The red ball is the left one and comes first. Only horizontal motion counts. Lengths are in the
/// released parser's scale, speeds in world units per second; rows are differences of neighbouring
/// scored frames. The row in which a true velocity first changes by more than 0.1 is dropped: rows
/// before it are *before*, rows after it *after* the impact. Nothing after the impact gives NaN.
public struct CollisionEvaluation: Hashable, Sendable {
  /// One number for each of the two balls, the red one first.
  public struct Pair<Value: Hashable & Sendable>: Hashable, Sendable {
    /// The red ball's.
    public var red: Value
    /// The blue ball's.
    public var blue: Value

    /// A pair from its two values.
    public init(red: Value, blue: Value) {
      self.red = red
      self.blue = blue
    }

    /// The pair of what `transform` makes of each.
    public func map<Other>(_ transform: (Value) -> Other) -> Pair<Other> {
      Pair<Other>(red: transform(red), blue: transform(blue))
    }
  }

  /// Scored frames: from the first generated one on, while the outer edges are in view.
  public let frameIndices: [Int]
  /// Parsed balls on the scored frames.
  public let parsed: [Pair<ParsedObject>]
  /// True positions on the scored frames.
  public let truth: [Pair<Vector2>]
  /// The row of the impact; the last row where there is none.
  public let impactRow: Int
  /// Radii as the scene was made, world units; their squares are the masses.
  public let radii: Pair<Double>
  /// Speeds as the scene was made, unsigned, world units per second.
  public let speeds: Pair<Double>

  /// Evaluates a video against the true positions of both balls, one each per frame.
  /// - Throws: `MeasureError.frameMismatch` when the lengths differ.
  public init(
    video: Video, truth positions: [Pair<Vector2>], radii: Pair<Double>, speeds: Pair<Double>,
    conditionFrames: Int = 3
  ) throws {
    try self.init(
      video: video, truth: positions, radii: radii, speeds: speeds,
      conditionFrames: conditionFrames, areas: nil)
  }

  /// - Parameter areas: What is darker than 128 in each frame, or more, where it is known already.
  init(
    video: Video, truth positions: [Pair<Vector2>], radii: Pair<Double>, speeds: Pair<Double>,
    conditionFrames: Int, areas: [PixelArea?]?
  ) throws {
    guard video.frames == positions.count else {
      throw MeasureError.frameMismatch(video: video.frames, truth: positions.count)
    }
    let indices = positions.indices.filter { frame in
      frame >= conditionFrames && positions[frame].red.x - radii.red >= 0
        && positions[frame].blue.x + radii.blue <= Scene.extent
    }
    frameIndices = indices
    parsed = Self.track(video, frames: indices, areas: areas)
    truth = indices.map { positions[$0] }
    self.radii = radii
    self.speeds = speeds
    impactRow = Self.impactRow(truth)
  }

  /// Evaluates a video as the released code does, from its init vector (r1, r2, v1, v2).
  /// - Throws: `MeasureError.shortInit`, `.bodyCount` or `.frameMismatch`.
  public init(video: Video, truth: Trajectory, initVector: [Double]) throws {
    guard initVector.count >= 4 else { throw MeasureError.shortInit(initVector.count) }
    guard truth.bodyCount == 2 else { throw MeasureError.bodyCount(truth.bodyCount) }
    try self.init(
      video: video,
      truth: (0..<truth.frameCount).map {
        Pair(red: truth[frame: $0, body: 0], blue: truth[frame: $0, body: 1])
      },
      radii: Pair(red: initVector[0], blue: initVector[1]),
      speeds: Pair(red: initVector[2], blue: initVector[3]))
  }

  /// The balls of each frame with the released rule for missing ones.
  ///
  /// A missing red ball sits at x = 0, a missing blue one at x = 10, both at the *red* ball's last
  /// height and each with its own last radius (NaN if there was none).
  private static func track(
    _ video: Video, frames: [Int], areas: [PixelArea?]?
  ) -> [Pair<ParsedObject>] {
    var height = Double.nan
    var radii = Pair(red: Double.nan, blue: Double.nan)
    return frames.map { frame in
      let seen = see(video, frame: frame, areas: areas)
      let pair = Pair(
        red: seen.red ?? ParsedObject(x: 0, y: height, radius: radii.red, present: false),
        blue: seen.blue
          ?? ParsedObject(x: Scene.extent, y: height, radius: radii.blue, present: false))
      height = pair.red.y
      radii = pair.map(\.radius)
      return pair
    }
  }

  private static func see(
    _ video: Video, frame: Int, areas: [PixelArea?]?
  ) -> Pair<ParsedObject?> {
    if let areas, areas[frame] == nil { return Pair(red: nil, blue: nil) }
    let masks = OfficialMasks(video, frame: frame, colors: [.red, .blue], in: areas?[frame])
    return Pair(
      red: masks.red.object(width: video.width), blue: masks.blue.object(width: video.width))
  }

  private static func impactRow(_ truth: [Pair<Vector2>]) -> Int {
    let rows = velocities(truth.map { $0.map(\.x) })
    return rows.indices.dropFirst().first { row in
      abs(rows[row].red - rows[row - 1].red) > 0.1
        || abs(rows[row].blue - rows[row - 1].blue) > 0.1
    } ?? rows.count - 1
  }

  static func velocities(_ positions: [Pair<Double>]) -> [Pair<Double>] {
    zip(positions.dropFirst(), positions).map { next, last in
      Pair(
        red: (next.red - last.red) / Scene.frameInterval,
        blue: (next.blue - last.blue) / Scene.frameInterval)
    }
  }
}
