import Videos
import Worlds

/// One object as the released evaluator sees it, in its own scale (index / width).
public struct ParsedObject: Hashable, Sendable {
  /// Parsed centre and radius; NaN where nothing was ever seen.
  public var x, y, radius: Double
  /// False where the missing-object rule supplied the values.
  public var present: Bool

  /// Makes a parsed object.
  public init(x: Double, y: Double, radius: Double, present: Bool) {
    self.x = x
    self.y = y
    self.radius = radius
    self.present = present
  }
}

/// The released evaluator's parser, reproduced with its quirks (specification 5.2).
///
/// A pixel belongs to the ball when its own channel is > 127 and the other two are < 127. The centre
/// is 10·mean(index)/W with W the frame *width* for both axes, although the renderer spreads indices
/// over W − 1: every length comes out (W − 1)/W too small. One stray pixel counts as a ball.
public struct OfficialParser: Hashable, Sendable {
  /// Colour of the ball that is looked for.
  public var color: BodyColor

  /// A parser for balls of one colour.
  public init(color: BodyColor) { self.color = color }

  /// The object in one frame, or nil when no pixel passes the mask.
  public func read(_ video: Video, frame: Int) -> ParsedObject? {
    let both = Self.readBoth(video, frame: frame, areas: nil)
    return color == .red ? both.red : both.blue
  }

  /// The red and the blue object in one frame, each nil where no pixel passes its mask.
  /// - Parameter areas: As for `track`.
  static func readBoth(
    _ video: Video, frame: Int, areas: [PixelArea?]?
  ) -> (red: ParsedObject?, blue: ParsedObject?) {
    guard
      let area = areas.map({ $0[frame] }) ?? video.paintedArea(ofFrame: frame, below: .half)
    else { return (nil, nil) }
    let masks = OfficialMask.read(video, frame: frame, in: area)
    return (masks.red.object(width: video.width), masks.blue.object(width: video.width))
  }

  /// The object in each of the frames, with the released rule for frames where it is missing.
  ///
  /// A missing object sits at x = 10, with the y and radius last parsed among `frames` (NaN if none).
  public func track(_ video: Video, frames: [Int]) -> [ParsedObject] {
    track(video, frames: frames, areas: nil)
  }

  /// - Parameter areas: The painted area of every frame of the video where it is known already.
  func track(_ video: Video, frames: [Int], areas: [PixelArea?]?) -> [ParsedObject] {
    var y = Double.nan
    var radius = Double.nan
    return frames.map { frame in
      let both = Self.readBoth(video, frame: frame, areas: areas)
      guard let seen = color == .red ? both.red : both.blue else {
        return ParsedObject(x: Scene.extent, y: y, radius: radius, present: false)
      }
      y = seen.y
      radius = seen.radius
      return seen
    }
  }
}
