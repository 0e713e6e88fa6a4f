import Foundation

/// T5's tokenizer: a SentencePiece unigram model, read from its `spiece.model`.
///
/// White space is collapsed and becomes `▁`, one stands before the text, and the pieces are those of the most probable
/// cut (Viterbi). Text is normalised by Unicode's NFKC; the file's own table of exceptions, which concerns control
/// characters and odd spaces, is not used. Source: google/sentencepiece, `sentencepiece_model.proto`, `unigram_model.cc`.
public struct SentencePiece: Sendable {
  private struct Piece {
    var id: Int
    var score: Double
  }

  /// Number of pieces.
  public let count: Int
  private let pieces: [String: Piece]
  private let unknown: Int
  private let end: Int?
  private let unknownScore: Double
  private let longest: Int

  /// Fills up short sentences.
  public let padding: Int

  /// Reads a model.
  ///
  /// - Throws: ``TextError/file(_:cause:)`` for other files and for models that are not unigram.
  public init(contentsOf url: URL) throws(TextError) {
    let data: Data
    do { data = try Data(contentsOf: url) } catch {
      throw .file(url.path, cause: "it cannot be read (\(error.localizedDescription))")
    }
    try self.init([UInt8](data), file: url.path)
  }

  init(_ bytes: [UInt8], file: String) throws(TextError) {
    var found: [String: Piece] = [:]
    var unknown: Int?
    var (end, padding): (Int?, Int?)
    var (least, most) = (0.0, -Double.infinity)
    var id = 0
    var kind = 1
    do {
      for field in try ProtocolBuffer.fields(bytes[...]) {
        switch (field.number, field.value) {
        case (1, .bytes(let message)):
          var (text, score, type) = ("", 0.0, 1)
          for part in try ProtocolBuffer.fields(message) {
            switch (part.number, part.value) {
            case (1, .bytes(let name)): text = String(decoding: name, as: UTF8.self)
            case (2, .float(let value)): score = Double(value)
            case (3, .integer(let value)): type = Int(clamping: value)
            default: break
            }
          }
          // 1 normal, 2 unknown, 3 control, 4 user defined, 5 unused, 6 byte.
          if type == 2 { unknown = id }
          if type == 3, text == "</s>" { end = id }
          if type == 3, text == "<pad>" { padding = id }
          if type == 1 || type == 4 {
            if type == 1 { (least, most) = (min(least, score), max(most, score)) }
            found[text] = Piece(id: id, score: type == 4 ? .infinity : score)
          }
          id += 1
        case (2, .bytes(let trainer)):
          for part in try ProtocolBuffer.fields(trainer) where part.number == 3 {
            if case .integer(let value) = part.value { kind = Int(clamping: value) }
          }
        default: break
        }
      }
    } catch {
      throw .file(file, cause: "it is no SentencePiece model (\(error))")
    }
    guard let unknown, !found.isEmpty else {
      throw .file(file, cause: "it is no SentencePiece model (it has no pieces)")
    }
    guard kind == 1 else {
      throw .file(file, cause: "its model is of type \(kind), only unigram (1) is read")
    }
    // A piece that the model's maker defined beats any cut of its characters, as in the reference.
    for (text, piece) in found where piece.score == .infinity {
      let length = Double(text.unicodeScalars.count)
      found[text]?.score = length * (most.isFinite ? most : 0) - 0.1
    }
    (count, pieces, self.unknown, self.end) = (id, found, unknown, end)
    self.padding = padding ?? 0
    // What the reference takes off the least probable piece.
    unknownScore = least - 10
    longest = found.keys.map(\.unicodeScalars.count).max() ?? 1
  }

  /// The numbers of a text's pieces, and of the end of the sentence.
  public func ids(_ text: String) -> [Int] {
    let words = text.precomposedStringWithCompatibilityMapping.split { $0.isWhitespace }
    guard !words.isEmpty else { return end.map { [$0] } ?? [] }
    let scalars = Array(words.map { "▁" + $0 }.joined().unicodeScalars)
    return cut(scalars) + (end.map { [$0] } ?? [])
  }

  private func cut(_ text: [Unicode.Scalar]) -> [Int] {
    var best = [(score: Double, start: Int, id: Int)](
      repeating: (-.infinity, 0, unknown), count: text.count + 1)
    best[0].score = 0
    for start in text.indices {
      var piece = ""
      for end in (start + 1)...min(start + longest, text.count) {
        piece.unicodeScalars.append(text[end - 1])
        var choice = pieces[piece]
        if choice == nil, end == start + 1 { choice = Piece(id: unknown, score: unknownScore) }
        guard let choice else { continue }
        let score = best[start].score + choice.score
        if score > best[end].score { best[end] = (score, start, choice.id) }
      }
    }
    var ids: [Int] = []
    var place = text.count
    while place > 0 {
      // Neighbouring unknown characters are one unknown piece.
      if !(best[place].id == unknown && ids.last == unknown) { ids.append(best[place].id) }
      place = best[place].start
    }
    return ids.reversed()
  }
}

/// The wire format of protocol buffers, as far as SentencePiece uses it.
enum ProtocolBuffer {
  enum Value {
    case integer(UInt64)
    case float(Float)
    case bytes(ArraySlice<UInt8>)
    case other
  }

  enum Problem: Error { case truncated, wireType(UInt64) }

  /// The fields of a message, in order.
  static func fields(
    _ message: ArraySlice<UInt8>
  ) throws(Problem) -> [(number: Int, value: Value)] {
    var place = message.startIndex
    var fields: [(Int, Value)] = []
    func integer() throws(Problem) -> UInt64 {
      var (value, shift): (UInt64, UInt64) = (0, 0)
      while place < message.endIndex, shift < 64 {
        let byte = message[place]
        place += 1
        value |= UInt64(byte & 0x7F) << shift
        if byte < 0x80 { return value }
        shift += 7
      }
      throw .truncated
    }
    func take(_ count: UInt64) throws(Problem) -> ArraySlice<UInt8> {
      guard count <= UInt64(message.endIndex - place) else { throw .truncated }
      defer { place += Int(count) }
      return message[place..<place + Int(count)]
    }
    while place < message.endIndex {
      let tag = try integer()
      let number = Int(clamping: tag >> 3)
      switch tag & 7 {
      case 0: fields.append((number, .integer(try integer())))
      case 1:
        _ = try take(8)
        fields.append((number, .other))
      case 2: fields.append((number, .bytes(try take(try integer()))))
      case 5:
        let bits = try take(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        fields.append((number, .float(Float(bitPattern: bits))))
      default: throw .wireType(tag & 7)
      }
    }
    return fields
  }
}
