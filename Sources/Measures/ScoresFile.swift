import Foundation

/// Per-video records as lines of JSON: the contents of `scores.jsonl`.
public enum ScoresFile {
  /// One line per record, keys sorted.
  public static func data(_ scores: [VideoScore]) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try scores.reduce(into: Data()) { file, score in
      file += try encoder.encode(score)
      file.append(0x0A)
    }
  }

  /// Reads records that `data` wrote; blank lines are skipped.
  /// - Throws: `MeasureError.unreadable` naming the line.
  public static func scores(_ file: Data) throws -> [VideoScore] {
    let decoder = JSONDecoder()
    return try file.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
      .compactMap { number, line in
        guard !line.isEmpty else { return nil }
        do {
          return try decoder.decode(VideoScore.self, from: Data(line))
        } catch {
          throw MeasureError.unreadable("line \(number + 1) of the scores: \(error)")
        }
      }
  }
}
