import Foundation
import Videos

/// What gives the frames of one video, one after the other, so that only one has to be in memory.
protocol FrameSource {
  /// The frames a second that the source states; nil where it states none.
  var framesPerSecond: Double? { get }
  /// Hands over every frame in order, until `body` returns false.
  ///
  /// - Throws: ``FrameFailure``
  func forEachFrame(_ body: (Image) throws -> Bool) throws
}

/// Why frames cannot be had, without the name of the file, which the caller adds.
struct FrameFailure: Error, Equatable {
  var kind: SubmissionProblem.Kind
  var cause: String

  init(_ kind: SubmissionProblem.Kind, _ cause: String) {
    self.kind = kind
    self.cause = cause
  }
}

/// Limits that keep memory bounded whatever a file promises.
enum FrameLimit {
  /// The most pixels of one frame: 4096 by 4096.
  static let pixels = 4096 * 4096
  /// The most frames that are looked at.
  static let frames = 2000
  /// The most bytes of one file that is not read in place.
  static let fileBytes = 1 << 30
}

/// The frames of an encoded video in memory: mp4, GIF and the like.
struct EncodedFrames: FrameSource {
  let data: Data
  let framesPerSecond: Double?

  init(_ data: Data) throws {
    self.data = data
    do {
      framesPerSecond = try VideoFile.information(of: data, name: "").framesPerSecond
    } catch {
      throw Self.failure(error)
    }
  }

  func forEachFrame(_ body: (Image) throws -> Bool) throws {
    var thrown: (any Error)?
    do {
      try VideoFile.decode(data, name: "", maximumPixels: FrameLimit.pixels) { image in
        do { return try body(image) } catch {
          thrown = error
          return false
        }
      }
    } catch {
      throw thrown ?? Self.failure(error)
    }
    if let thrown { throw thrown }
  }

  /// The cause alone: the name is the caller's.
  static func failure(_ error: VideoError) -> FrameFailure {
    switch error {
    case .missing: FrameFailure(.unreadable, "no such file")
    case .unreadable(_, let cause): FrameFailure(.unreadable, "cannot be read: \(cause)")
    case .notAVideo(_, let cause): FrameFailure(.unreadable, "not a readable video: \(cause)")
    case .damaged(_, let cause): FrameFailure(.unreadable, "damaged or cut short: \(cause)")
    default: FrameFailure(.unreadable, "\(error)")
    }
  }
}

/// The frames of a folder of PNG pictures, in the order of the numbers in their names.
struct PictureFrames: FrameSource {
  let folder: URL
  let names: [String]
  var framesPerSecond: Double? { nil }

  /// - Throws: ``FrameFailure`` where a name has no number, or two have the same.
  init(_ folder: URL) throws {
    self.folder = folder
    let all = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let pictures = all.filter { $0.lowercased().hasSuffix(".png") && !$0.hasPrefix(".") }
    guard !pictures.isEmpty else { throw FrameFailure(.unreadable, "the folder holds no .png") }
    var byNumber: [Int: String] = [:]
    for name in pictures {
      guard let number = Self.number(name) else {
        throw FrameFailure(.unreadable, "\(name) has no number that says which frame it is")
      }
      if let other = byNumber[number] {
        throw FrameFailure(.unreadable, "\(min(name, other)) and \(max(name, other)) are one frame")
      }
      byNumber[number] = name
    }
    let numbers = byNumber.keys.sorted()
    if let first = numbers.first, let last = numbers.last, last - first + 1 != numbers.count,
      let gap = (first...last).first(where: { byNumber[$0] == nil })
    {
      throw FrameFailure(.length, "frame \(gap) is missing between frames \(first) and \(last)")
    }
    names = numbers.compactMap { byNumber[$0] }
  }

  /// The last run of digits of a name.
  private static func number(_ name: String) -> Int? {
    let digits = name.dropLast(4).utf8.reversed().drop { !(48...57).contains($0) }
      .prefix { (48...57).contains($0) }
    guard (1...9).contains(digits.count) else { return nil }
    return digits.reversed().reduce(0) { $0 * 10 + Int($1 - 48) }
  }

  func forEachFrame(_ body: (Image) throws -> Bool) throws {
    var size: (Int, Int)?
    for name in names {
      let data = try RegularFile.data(folder.appendingPathComponent(name))
      var picture: Image?
      do {
        try VideoFile.decode(data, name: name, maximumPixels: FrameLimit.pixels) { image in
          picture = image
          return false
        }
      } catch {
        let failure = EncodedFrames.failure(error)
        throw FrameFailure(failure.kind, "\(name): \(failure.cause)")
      }
      guard let picture else { throw FrameFailure(.unreadable, "\(name): holds no picture") }
      if let size, size != (picture.width, picture.height) {
        throw FrameFailure(.size, "the size changes at \(name)")
      }
      size = (picture.width, picture.height)
      guard try body(picture) else { return }
    }
  }
}

/// Files as they should be: regular ones. Opening a pipe or a device would wait for ever.
enum RegularFile {
  /// Size, time of the last change, and whether it is a folder; nil where there is neither a regular
  /// file nor a folder.
  static func facts(_ url: URL) -> (size: Int, changed: Int, isFolder: Bool)? {
    var status = stat()
    guard stat(url.path, &status) == 0 else { return nil }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFREG || kind == S_IFDIR else { return nil }
    let changed = Int(status.st_mtim.tv_sec) * 1_000_000 + Int(status.st_mtim.tv_nsec) / 1000
    return (Int(status.st_size), changed, kind == S_IFDIR)
  }

  /// All bytes of a regular file, mapped where the system can.
  static func data(_ url: URL) throws(FrameFailure) -> Data {
    guard let facts = facts(url), !facts.isFolder else {
      throw FrameFailure(.unreadable, "\(url.lastPathComponent) is no regular file")
    }
    guard facts.size > 0 else { throw FrameFailure(.unreadable, "the file is empty") }
    do {
      return try Data(contentsOf: url, options: .mappedIfSafe)
    } catch {
      throw FrameFailure(.unreadable, "cannot be read: \(error.localizedDescription)")
    }
  }
}
