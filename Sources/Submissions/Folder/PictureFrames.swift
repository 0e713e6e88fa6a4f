import Foundation
import Videos

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
