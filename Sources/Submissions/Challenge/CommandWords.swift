/// The words of a command line, split as a shell splits them, with no shell involved: nothing in a
/// word is ever run or expanded.
public enum CommandWords {
  /// Splits at blanks; 'single' and "double" quotes keep them, a backslash keeps what follows it
  /// (inside double quotes only a quote or a backslash).
  ///
  /// - Throws: ``SubmissionError/request(_:)`` for a quote without its end, or no words.
  public static func split(_ text: String) throws(SubmissionError) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for character in text {
      if isEscaped {
        if quote == "\"", !"\"\\".contains(character) { word = (word ?? "") + "\\" }
        word = (word ?? "") + String(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if quote == nil, character.isWhitespace {
        if let finished = word { words.append(finished) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    guard quote == nil, !isEscaped else {
      throw .request("the command has a quote or backslash without its end: \(text)")
    }
    if let word { words.append(word) }
    guard !words.isEmpty else { throw .request("the command is empty") }
    return words
  }
}
