import Foundation

/// A new file that is written piece by piece.
package final class OutputFile {
  private let file: String
  private let handle: FileHandle
  private var buffer = Data()
  private let encoder = DatasetJSON.encoder()
  /// Bytes written so far.
  private(set) var count = 0

  init(_ url: URL) throws(DatasetError) {
    file = url.path
    do {
      try Data().write(to: url, options: .withoutOverwriting)
      handle = try FileHandle(forWritingTo: url)
    } catch {
      throw .cannotWrite(file: url.path, cause: error.localizedDescription)
    }
  }

  deinit { try? handle.close() }

  /// Appends bytes.
  func append(_ data: Data) throws(DatasetError) {
    buffer += data
    count += data.count
    if buffer.count > 1 << 20 { try flush() }
  }

  /// Appends a value as one line of JSON.
  func append(line value: some Encodable) throws(DatasetError) {
    let line: Data
    do { line = try encoder.encode(value) } catch {
      throw .cannotWrite(file: file, cause: "\(error)")
    }
    try append(line + Data("\n".utf8))
  }

  /// Writes what is left and closes the file.
  func close() throws(DatasetError) {
    try flush()
    do { try handle.close() } catch {
      throw .cannotWrite(file: file, cause: error.localizedDescription)
    }
  }

  private func flush() throws(DatasetError) {
    do { try handle.write(contentsOf: buffer) } catch {
      throw .cannotWrite(file: file, cause: error.localizedDescription)
    }
    buffer.removeAll(keepingCapacity: true)
  }
}

extension OutputFile {
  /// A hidden name beside a target, which no other process uses.
  static func temporary(for target: URL) -> URL {
    target.deletingLastPathComponent()
      .appendingPathComponent(".\(target.lastPathComponent).partial-\(UUID().uuidString)")
  }

  /// Makes a file or folder under a hidden name and renames it; the target must not be there.
  static func write(
    _ target: URL, _ body: (URL) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    let files = FileManager.default
    guard !files.fileExists(atPath: target.path) else { throw .exists(file: target.path) }
    let temporary = temporary(for: target)
    defer { try? files.removeItem(at: temporary) }
    try body(temporary)
    do { try files.moveItem(at: temporary, to: target) } catch {
      throw .cannotWrite(file: target.path, cause: error.localizedDescription)
    }
  }

  /// Writes JSON under a hidden name and renames it, replacing what is there.
  static func write(json value: some Encodable, to target: URL) throws(DatasetError) {
    let data: Data
    do {
      data = try DatasetJSON.encoder(pretty: true).encode(value) + Data("\n".utf8)
    } catch {
      throw .cannotWrite(file: target.path, cause: error.localizedDescription)
    }
    try write(data, to: target)
  }

  /// Writes bytes under a hidden name and renames it, replacing what is there.
  package static func write(_ data: Data, to target: URL) throws(DatasetError) {
    do { try data.write(to: target, options: .atomic) } catch {
      throw .cannotWrite(file: target.path, cause: error.localizedDescription)
    }
  }

  /// Makes a folder and those above it, unless they are there.
  package static func makeFolder(_ url: URL) throws(DatasetError) {
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw .cannotWrite(file: url.path, cause: error.localizedDescription)
    }
  }
}
