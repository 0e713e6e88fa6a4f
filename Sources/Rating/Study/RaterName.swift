import Foundation

/// What a rater is called; the same person whatever the case of the letters.
public struct RaterName: Hashable, Sendable {
  /// As it was typed, without surplus spaces.
  public let text: String
  /// What makes two names the same.
  public let key: String

  /// A name of 1 to 40 characters that begins with a letter or digit, without control characters.
  ///
  /// The first character keeps spreadsheets from taking a name for a formula.
  ///
  /// - Throws: ``RatingError/raterName(_:cause:)``
  public init(_ typed: String) throws(RatingError) {
    let words = typed.precomposedStringWithCanonicalMapping
      .split(whereSeparator: \.isWhitespace)
    let name = words.joined(separator: " ")
    let shown = String(name.prefix(60))
    guard let first = name.first else { throw .raterName(shown, cause: "give a name") }
    guard first.isLetter || first.isNumber else {
      throw .raterName(shown, cause: "begin with a letter or a digit")
    }
    guard name.count <= 40, name.utf8.count <= 160 else {
      throw .raterName(shown, cause: "use at most 40 characters")
    }
    let bad: Set<Unicode.GeneralCategory> = [.control, .format, .unassigned, .privateUse]
    guard !name.unicodeScalars.contains(where: { bad.contains($0.properties.generalCategory) })
    else { throw .raterName(shown, cause: "use letters, digits, spaces and punctuation only") }
    text = name
    key = name.lowercased()
  }
}
