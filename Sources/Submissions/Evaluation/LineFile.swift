import Foundation

/// Reads a file of lines piece by piece.
struct LineFile: Sequence {
  /// One line, without its end, and where it begins.
  struct Line {
    var offset: Int
    var bytes: Data
    /// False for what follows the last line end: a line that was cut off.
    var isWhole: Bool
  }

  private let handle: FileHandle

  /// - Throws: ``SubmissionError/unreadable(path:cause:)``
  init(_ url: URL) throws(SubmissionError) {
    do { handle = try FileHandle(forReadingFrom: url) } catch {
      throw .unreadable(path: url.path, cause: error.localizedDescription)
    }
  }

  func makeIterator() -> Iterator { Iterator(handle) }

  struct Iterator: IteratorProtocol {
    private let handle: FileHandle
    private var buffer = Data()
    private var offset = 0
    private var isAtEnd = false

    init(_ handle: FileHandle) { self.handle = handle }

    mutating func next() -> Line? {
      var searched = 0
      while true {
        if let end = buffer[(buffer.startIndex + searched)...].firstIndex(of: 0x0A) {
          let line = Line(
            offset: offset, bytes: Data(buffer[buffer.startIndex..<end]), isWhole: true)
          offset += line.bytes.count + 1
          buffer = buffer[(end + 1)...]
          return line
        }
        guard !isAtEnd else { break }
        searched = buffer.count
        if let piece = try? handle.read(upToCount: 1 << 18), !piece.isEmpty {
          buffer = Data(buffer) + piece
        } else {
          isAtEnd = true
        }
      }
      guard !buffer.isEmpty else { return nil }
      defer { buffer = Data() }
      return Line(offset: offset, bytes: Data(buffer), isWhole: false)
    }
  }
}
