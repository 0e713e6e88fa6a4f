import Foundation

/// Something wrong with one video of a submission, or with a file that answers no scene.
public struct SubmissionProblem: Error, Codable, Hashable, Sendable {
  /// What kind of thing is wrong.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    /// No video, damaged, cut short or empty.
    case unreadable
    /// Too few frames, or a frame rate that cannot be mapped.
    case length
    /// A picture too small or too large to be mapped.
    case size
    /// Numbers that are no colours: NaN, infinite or out of range.
    case values
    /// Every frame is one flat colour.
    case flat
    /// Two files answer the same scene.
    case duplicate
    /// The file answers no scene.
    case surplus
    /// The measures could not be taken.
    case measure
    /// The external program failed.
    case program
  }

  /// What kind of thing is wrong.
  public var kind: Kind
  /// The scene's name; nil for files that answer none.
  public var id: String?
  /// The file or the place in it, relative to the folder, made printable.
  public var file: String
  /// What is wrong, in words.
  public var cause: String

  /// A problem from its parts.
  public init(_ kind: Kind, id: String? = nil, file: String, cause: String) {
    self.kind = kind
    self.id = id
    self.file = PrintableText.line(file)
    self.cause = PrintableText.line(cause, limit: 1000)
  }
}

extension SubmissionProblem: CustomStringConvertible {
  /// One line: file, cause.
  public var description: String { "\(file): \(cause)" }
}

/// Text from outside (names of files, output of programs) made fit for a line of a terminal or page.
public enum PrintableText {
  /// The text without control characters, which could move a terminal's cursor or fake lines, and
  /// without the marks that reverse the direction of writing; cut to `limit` characters.
  public static func line(_ text: String, limit: Int = 300) -> String {
    var line = String.UnicodeScalarView()
    for (number, scalar) in text.unicodeScalars.enumerated() {
      guard number < limit else {
        line.append("…")
        break
      }
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .surrogate:
        line.append(scalar == "\n" || scalar == "\t" ? " " : "\u{FFFD}")
      case .format where scalar.properties.isBidiControl: line.append("\u{FFFD}")
      default: line.append(scalar)
      }
    }
    return String(line)
  }
}
