import Datasets
import Foundation

/// Writing into the folder of an evaluation: whole files or none.
enum OutputFolder {
  /// Makes a folder and those above it.
  static func make(_ url: URL) throws(SubmissionError) {
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw .cannotWrite(path: url.path, cause: error.localizedDescription)
    }
  }

  /// Writes bytes under a temporary name and renames them.
  static func write(_ data: Data, to url: URL) throws(SubmissionError) {
    do { try data.write(to: url, options: .atomic) } catch {
      throw .cannotWrite(path: url.path, cause: error.localizedDescription)
    }
  }

  /// Writes text under a temporary name and renames it.
  static func write(_ text: String, to url: URL) throws(SubmissionError) {
    try write(Data(text.utf8), to: url)
  }

  /// Writes JSON with sorted keys under a temporary name and renames it.
  static func write(json value: some Encodable, to url: URL) throws(SubmissionError) {
    try write(try json(value, url), to: url)
  }

  private static func json(_ value: some Encodable, _ url: URL) throws(SubmissionError) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    do { return try encoder.encode(value) + Data("\n".utf8) } catch {
      throw .cannotWrite(path: url.path, cause: "\(error)")
    }
  }

  /// Reads JSON from a regular file of at most 64 MB.
  static func read<Value: Decodable>(
    _ type: Value.Type, from url: URL
  ) throws(SubmissionError) -> Value {
    guard let facts = RegularFile.facts(url), !facts.isFolder else {
      throw .missing(path: url.path)
    }
    guard facts.size <= 64 << 20 else {
      throw .unreadable(path: url.path, cause: "\(facts.size) bytes are too many")
    }
    do { return try JSONDecoder().decode(type, from: Data(contentsOf: url)) } catch {
      throw .unreadable(path: url.path, cause: DecodingProblem.text(error))
    }
  }
}
