import Foundation

/// A clip under the name that raters' browsers know it by.
public struct Clip: Hashable, Sendable {
  /// 32 random hexadecimal digits; say nothing about the file.
  public var id: String
  /// The file.
  public var file: ClipFile
  /// What really happens, where raters see that beside the clip.
  public var truth: ClipFile?

  /// A clip from its parts.
  public init(id: String, file: ClipFile, truth: ClipFile? = nil) {
    self.id = id
    self.file = file
    self.truth = truth
  }
}

/// Clips coded for browsers: made when first asked for, the latest of them kept in memory.
actor ClipStore {
  /// Which of a clip's videos.
  enum Side: Hashable, Sendable { case clip, truth }

  private struct Key: Hashable {
    var id: String
    var side: Side
  }

  private let clips: [String: Clip]
  private let reader: ClipReader
  private let capacity: Int
  private var kept: [Key: Data] = [:]
  /// The keys of `kept`, the one used last at the end.
  private var order: [Key] = []
  private var bytes = 0

  init(_ clips: [Clip], reader: ClipReader, capacity: Int = 64 << 20) {
    self.clips = Dictionary(clips.map { ($0.id, $0) }) { first, _ in first }
    self.reader = reader
    self.capacity = capacity
  }

  /// An mp4 file.
  ///
  /// - Throws: ``RatingError/unknownClip(_:)``, or ``RatingError/clip(file:cause:)`` when the file
  ///   has gone or changed since the start.
  func data(_ id: String, _ side: Side) throws(RatingError) -> Data {
    guard let clip = clips[id], let file = side == .clip ? clip.file : clip.truth else {
      throw .unknownClip(id)
    }
    let key = Key(id: id, side: side)
    order.removeAll { $0 == key }
    let data: Data
    if let known = kept[key] {
      data = known
    } else {
      data = try reader.browserData(file)
      kept[key] = data
      bytes += data.count
    }
    order.append(key)
    while bytes > capacity, order.count > 1 {
      bytes -= kept.removeValue(forKey: order.removeFirst())?.count ?? 0
    }
    return data
  }
}
