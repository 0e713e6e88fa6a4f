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
    read(video, frame: frame, areas: nil)
  }

  /// - Parameter areas: What is darker than 128 in every frame of the video, or more, where it is
  ///   known already.
  func read(_ video: Video, frame: Int, areas: [PixelArea?]?) -> ParsedObject? {
    if let areas, areas[frame] == nil { return nil }
    let colors: OfficialMasks.Colors = color == .red ? .red : .blue
    let masks = OfficialMasks(video, frame: frame, colors: colors, in: areas?[frame])
    return (color == .red ? masks.red : masks.blue).object(width: video.width)
  }

  /// The object in each of the frames, with the released rule for frames where it is missing.
  ///
  /// A missing object sits at x = 10, with the y and radius last parsed among `frames` (NaN if none).
  public func track(_ video: Video, frames: [Int]) -> [ParsedObject] {
    track(video, frames: frames, areas: nil)
  }

  /// - Parameter areas: As for `read`.
  func track(_ video: Video, frames: [Int], areas: [PixelArea?]?) -> [ParsedObject] {
    var y = Double.nan
    var radius = Double.nan
    return frames.map { frame in
      guard let seen = read(video, frame: frame, areas: areas) else {
        return ParsedObject(x: Scene.extent, y: y, radius: radius, present: false)
      }
      y = seen.y
      radius = seen.radius
      return seen
    }
  }
}
