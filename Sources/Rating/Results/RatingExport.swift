import Foundation

/// A study's answers for other programs.
public enum RatingExport {
  /// The kinds of file, told by extension.
  public enum Format: String, CaseIterable, Sendable {
    /// One line for each present answer.
    case csv
    /// Results, present answers and history.
    case json
  }

  /// One line for each present answer, with a header; text fields are quoted (RFC 4180).
  public static func csv(_ table: RatingTable) -> String {
    let lines = table.ratings.map { entry in
      [
        entry.clip, quoted(entry.source), quoted(entry.group), quoted(entry.rater),
        entry.answer.rawValue, entry.abnormal ? "1" : "0",
        String(format: "%.3f", entry.seconds), entry.given.ISO8601Format(),
      ].joined(separator: ",")
    }
    return (["clip,source,group,rater,answer,abnormal,seconds,given"] + lines)
      .map { $0 + "\n" }.joined()
  }

  /// Results as JSON.
  public static func json(_ results: StudyResults) throws -> Data { try encode(results) }

  /// Results, present answers and history as JSON.
  public static func json(_ table: RatingTable, _ results: StudyResults) throws -> Data {
    try encode(Document(results: results, ratings: table.ratings, history: table.history))
  }

  /// Writes a file under a temporary name and renames it; the extension decides its kind.
  ///
  /// - Throws: ``RatingError/cannotWrite(file:cause:)``
  public static func write(
    _ table: RatingTable, _ results: StudyResults, to file: URL
  ) throws(RatingError) {
    guard let format = Format(rawValue: file.pathExtension.lowercased()) else {
      throw .cannotWrite(file: file.path, cause: "give it the extension csv or json")
    }
    do {
      let data =
        switch format {
        case .csv: Data(csv(table).utf8)
        case .json: try json(table, results)
        }
      try data.write(to: file, options: .atomic)
    } catch {
      throw .cannotWrite(file: file.path, cause: error.localizedDescription)
    }
  }

  private static func encode(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.dateEncodingStrategy = .iso8601
    return try encoder.encode(value)
  }

  private struct Document: Encodable {
    var results: StudyResults
    var ratings: [RatingTable.Entry]
    var history: [RatingTable.Entry]
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
