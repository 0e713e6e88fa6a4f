import Foundation

/// BERT's tokenizer (uncased): text to numbers of word pieces.
///
/// Text is cleaned, lower-cased, stripped of accents, and cut at white space, punctuation and Chinese characters; each
/// word is then cut into the longest pieces of the vocabulary from the left, later ones marked `##`. A word that
/// cannot be cut so, or has more than 100 characters, is `[UNK]`. Source: google-research/bert, `tokenization.py`.
public struct WordPiece: Sendable {
  private let vocabulary: [String: Int]
  private let unknown, start, end: Int
  /// Fills up short sentences.
  public let padding: Int
  private let longest: Int

  /// The longest word that is cut, in characters.
  static let wordLimit = 100

  private struct File: Decodable {
    struct Model: Decodable {
      var type: String
      var vocab: [String: Int]
    }
    var model: Model
  }

  /// Reads the vocabulary of a `tokenizer.json`.
  ///
  /// - Throws: ``TextError/file(_:cause:)``
  public init(contentsOf url: URL) throws(TextError) {
    let file: File
    do {
      file = try JSONDecoder().decode(File.self, from: Data(contentsOf: url))
    } catch {
      throw .file(url.path, cause: "it is no tokenizer.json (\(error))")
    }
    guard file.model.type == "WordPiece" else {
      throw .file(url.path, cause: "its tokenizer is \(file.model.type), not WordPiece")
    }
    try self.init(vocabulary: file.model.vocab, file: url.path)
  }

  /// A tokenizer of a vocabulary.
  ///
  /// - Throws: ``TextError/file(_:cause:)`` where a special piece is missing.
  public init(vocabulary: [String: Int], file: String = "the vocabulary") throws(TextError) {
    func special(_ name: String) throws(TextError) -> Int {
      guard let id = vocabulary[name] else {
        throw .file(file, cause: "there is no \(name) in it")
      }
      return id
    }
    self.vocabulary = vocabulary
    padding = try special("[PAD]")
    unknown = try special("[UNK]")
    start = try special("[CLS]")
    end = try special("[SEP]")
    longest = vocabulary.keys.map(\.unicodeScalars.count).max() ?? 1
  }

  /// The numbers of a text's pieces between `[CLS]` and `[SEP]`.
  public func ids(_ text: String) -> [Int] {
    [start] + words(text).flatMap(pieces) + [end]
  }

  /// Words and punctuation marks, cleaned.
  func words(_ text: String) -> [[Unicode.Scalar]] {
    var words: [[Unicode.Scalar]] = [[]]
    let plain = text.lowercased().decomposedStringWithCanonicalMapping
    for scalar in plain.unicodeScalars {
      if scalar.properties.generalCategory == .nonspacingMark { continue }
      if Self.isSpace(scalar) {
        words.append([])
      } else if Self.isControl(scalar) {
        continue
      } else if Self.isPunctuation(scalar) || Self.isChinese(scalar) {
        words += [[scalar], []]
      } else {
        words[words.count - 1].append(scalar)
      }
    }
    return words.filter { !$0.isEmpty }
  }

  private func pieces(_ word: [Unicode.Scalar]) -> [Int] {
    guard word.count <= Self.wordLimit else { return [unknown] }
    var found: [Int] = []
    var start = 0
    while start < word.count {
      var end = min(word.count, start + longest)
      var piece: Int?
      while end > start, piece == nil {
        var text = start > 0 ? "##" : ""
        text.unicodeScalars.append(contentsOf: word[start..<end])
        piece = vocabulary[text]
        if piece == nil { end -= 1 }
      }
      guard let piece else { return [unknown] }
      found.append(piece)
      start = end
    }
    return found
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\t" || scalar == "\n" || scalar == "\r"
      || scalar.properties.generalCategory == .spaceSeparator
      || scalar.properties.isWhitespace
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value == 0 || scalar.value == 0xFFFD { return true }
    switch scalar.properties.generalCategory {
    case .control, .format, .privateUse, .unassigned, .surrogate: return true
    default: return false
    }
  }

  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 33...47, 58...64, 91...96, 123...126: return true
    default: break
    }
    switch scalar.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      return true
    default: return false
    }
  }

  private static func isChinese(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F,
      0x2B820...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
      true
    default: false
    }
  }
}
