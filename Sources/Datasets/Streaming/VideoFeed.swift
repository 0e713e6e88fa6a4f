import Videos
import Worlds

/// What a training run sees: the videos of a source in an order that follows from a seed.
///
/// Place p of a feed is a pure function of (source, seed, p): a run that knows how many videos it has
/// taken goes on exactly where it was. A finite source is gone through in a new order every epoch; an
/// endless one is taken as it comes.
public struct VideoFeed: Sendable {
  /// The video at a place.
  public struct Item: Hashable, Sendable {
    /// Its number in the source.
    public var index: Int
    /// Whether it is mirrored, left for right.
    public var isFlipped: Bool
  }

  /// Where the videos come from.
  public let source: any VideoSource
  /// How many videos of the source are used, from the first; nil when there is no end.
  public let count: Int?
  /// Decides the order and which videos are mirrored.
  public let seed: UInt64
  /// Whether a finite source is shuffled.
  public let isShuffled: Bool
  /// Whether half of the videos, chosen by the seed, are mirrored (the second set of Figure 9).
  public let flips: Bool

  /// A feed of the first `count` videos of a source, or of all.
  ///
  /// - Throws: ``VideoSourceError/tooFew(source:count:needed:)``
  public init(
    _ source: any VideoSource, count: Int? = nil, seed: UInt64 = 0, isShuffled: Bool = true,
    flips: Bool = false
  ) throws(VideoSourceError) {
    if let available = source.count {
      guard available > 0, available >= count ?? 1 else {
        throw .tooFew(source: source.identity, count: available, needed: count ?? 1)
      }
    }
    self.source = source
    self.count = count ?? source.count
    self.seed = seed
    self.isShuffled = isShuffled
    self.flips = flips
  }

  /// A text that changes when any place of the feed does.
  public var identity: String {
    let used = count.map { "first \($0)" } ?? "endless"
    let order = isShuffled && count != nil ? "shuffled" : "in order"
    return "\(source.identity); \(used), \(order), seed \(seed)\(flips ? ", half mirrored" : "")"
  }

  /// The video at place `position`, from 0 and without end.
  public func item(at position: Int) -> Item {
    Item(index: index(at: position), isFlipped: isFlipped(at: position))
  }

  private func index(at position: Int) -> Int {
    guard let count else { return position }
    guard isShuffled else { return position % count }
    return ShuffledOrder(count: count, seed: seed, epoch: position / count)[position % count]
  }

  private func isFlipped(at position: Int) -> Bool {
    guard flips else { return false }
    var random = CounterRandom(
      recipe: "horizontal-flip", seed: seed, index: UInt64(bitPattern: Int64(position)))
    return random.unit() < 0.5
  }

  /// The bytes of the videos at some places, [places, frames, size, size, 3].
  ///
  /// - Throws: what the source throws.
  public func bytes(at positions: Range<Int>, frames: Int, size: Int) throws -> [UInt8] {
    let length = frames * size * size * 3
    // Sources write every byte: whitening the memory first would be half of a renderer's work.
    return try [UInt8](unsafeUninitializedCapacity: positions.count * length) { buffer, written in
      for position in positions {
        let target = UnsafeMutableBufferPointer(
          rebasing: buffer[written..<(written + length)])
        let item = item(at: position)
        try source.copy(videoAt: item.index, frames: frames, size: size, into: target)
        if item.isFlipped { Video.mirrorRows(of: target, width: size) }
        written += length
      }
    }
  }
}
