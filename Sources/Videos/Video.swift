/// A short silent film: frames of 8-bit red, green and blue in display orientation.
public struct Video: Hashable, Sendable {
  /// Number of frames.
  public let frames: Int
  /// Rows of a frame; row 0 is the top.
  public let height: Int
  /// Pixels in a row.
  public let width: Int
  /// `frames * height * width * 3` bytes.
  public var bytes: [UInt8]

  /// A video from its bytes.
  ///
  /// - Precondition: there are `frames * height * width * 3` of them.
  public init(frames: Int, height: Int, width: Int, bytes: [UInt8]) {
    precondition(
      frames >= 0 && height >= 0 && width >= 0 && bytes.count == frames * height * width * 3,
      "\(bytes.count) bytes are not \(frames) frames of \(width) by \(height) RGB pixels")
    self.frames = frames
    self.height = height
    self.width = width
    self.bytes = bytes
  }

  /// Bytes of one frame.
  public var frameSize: Int { height * width * 3 }

  /// One frame as a picture.
  public func frame(_ index: Int) -> Image {
    precondition((0..<frames).contains(index), "frame \(index) of a video of \(frames) frames")
    let start = index * frameSize
    return Image(width: width, height: height, bytes: Array(bytes[start..<(start + frameSize)]))
  }

  /// The first `frames` frames (all of them when there are fewer).
  public func prefix(frames count: Int) -> Video {
    let kept = Swift.min(Swift.max(count, 0), frames)
    return Video(
      frames: kept, height: height, width: width, bytes: Array(bytes.prefix(kept * frameSize)))
  }

  /// The chosen frames, in the given order.
  public func selecting(_ indices: [Int]) -> Video {
    var chosen = [UInt8]()
    chosen.reserveCapacity(indices.count * frameSize)
    for index in indices {
      precondition((0..<frames).contains(index), "frame \(index) of a video of \(frames) frames")
      chosen += bytes[(index * frameSize)..<((index + 1) * frameSize)]
    }
    return Video(frames: indices.count, height: height, width: width, bytes: chosen)
  }
}

// Failing tests and debuggers print values: a million bytes would drown what matters.
extension Video: CustomStringConvertible, CustomReflectable {
  /// The size, such as `Video(32 frames, 256 x 256)`.
  public var description: String { "Video(\(frames) frames, \(width) x \(height))" }

  /// The size without the bytes.
  public var customMirror: Mirror {
    Mirror(self, children: ["frames": frames, "height": height, "width": width])
  }
}
