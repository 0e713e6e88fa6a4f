/// A set of object types: what the tasks of a template are composed of.
///
/// The paper's 70 have the numbers 10000 to 10069; any other set goes by its letters, such as `ABC`.
public struct CombinatorialTemplate: Hashable, Sendable {
  /// The types in the order of their letters, which is the order of creation.
  public let objectTypes: [ObjectType]

  /// A template of some types, in any order.
  ///
  /// - Throws: ``CombinatorialError/unknownTemplate(_:reason:)`` when there are none, one occurs
  ///   twice or the red ball is among them.
  public init(objectTypes: [ObjectType]) throws(CombinatorialError) {
    try self.init(letters: String(objectTypes.map { $0.letter ?? "?" }))
  }

  /// A template from its letters A to H, in any order and either case.
  ///
  /// - Throws: ``CombinatorialError/unknownTemplate(_:reason:)``
  public init(letters: String) throws(CombinatorialError) {
    var types: Set<ObjectType> = []
    for letter in letters.uppercased() {
      guard let type = ObjectType(letter: letter) else {
        throw .unknownTemplate(letters, reason: "there is no object type '\(letter)'")
      }
      guard types.insert(type).inserted else {
        throw .unknownTemplate(letters, reason: "the type '\(letter)' occurs twice")
      }
    }
    guard !types.isEmpty else {
      throw .unknownTemplate(letters, reason: "it names no object type")
    }
    objectTypes = ObjectType.templateTypes.filter(types.contains)
  }

  /// One of the paper's templates, 10000 to 10069.
  ///
  /// - Throws: ``CombinatorialError/unknownTemplate(_:reason:)``
  public init(number: Int) throws(CombinatorialError) {
    guard Self.paperNumbers.contains(number) else {
      throw .unknownTemplate("\(number)", reason: "there is no template of this number")
    }
    try self.init(letters: Self.paperLetters[number - Self.paperNumbers.lowerBound])
  }

  /// A template from its number or its letters.
  ///
  /// - Throws: ``CombinatorialError/unknownTemplate(_:reason:)``
  public init(_ text: String) throws(CombinatorialError) {
    if let number = Int(text) {
      try self.init(number: number)
    } else {
      try self.init(letters: text)
    }
  }

  /// The letters of the types, such as `CDEF`.
  public var letters: String { String(objectTypes.compactMap(\.letter)) }

  /// The number of a template of the paper; nil for others.
  public var number: Int? { Self.numbers[letters] }

  /// The letters with the two identical ball types merged: templates that share them have the same
  /// distribution of scenes.
  public var composition: String { letters.replacing("B", with: "A") }

  /// The numbers of the paper's templates.
  public static let paperNumbers = 10000..<10070

  /// The paper's 70 templates by ascending number.
  public static let paper: [CombinatorialTemplate] = paperLetters.compactMap {
    try? CombinatorialTemplate(letters: $0)
  }

  private static let numbers = Dictionary(
    uniqueKeysWithValues: zip(paperLetters, paperNumbers))

  /// All 4-subsets of the eight types in the order of the released templates, a shuffle with
  /// Python's `random.Random(4)`.
  private static let paperLetters = [
    "BEGH", "DFGH", "ADFG", "EFGH", "BCEG", "CDEF", "ADEH", "BCGH", "BCDF", "BCEF",
    "CEFH", "BFGH", "ADEG", "ADFH", "CDEG", "ACEG", "CDGH", "BDEF", "BDEH", "BCFG",
    "ACFG", "BCDG", "BEFH", "ABCD", "ABEF", "BCFH", "ABCF", "ABDH", "AEFG", "ABDG",
    "CDFH", "ACDE", "AEFH", "ACGH", "ACEH", "ABDE", "DEFH", "CDEH", "CFGH", "ABEG",
    "ABFG", "BDFH", "BDEG", "BCEH", "DEFG", "DEGH", "ACDF", "ABDF", "CEGH", "ACDG",
    "ACFH", "AFGH", "AEGH", "ABGH", "ABCG", "BDFG", "BEFG", "ACDH", "CDFG", "BCDE",
    "ADEF", "ABCE", "ABCH", "ABEH", "ACEF", "CEFG", "BDGH", "ABFH", "BCDH", "ADGH",
  ]
}

extension CombinatorialTemplate: CustomStringConvertible {
  /// The number of a template of the paper, else the letters.
  public var description: String { number.map { "\($0)" } ?? letters }
}

extension CombinatorialTemplate: Codable {
  /// Reads a number, or a text of a number or letters.
  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    let text: String
    if let number = try? value.decode(Int.self) {
      text = "\(number)"
    } else {
      text = try value.decode(String.self)
    }
    do {
      try self.init(text)
    } catch {
      throw DecodingError.dataCorruptedError(in: value, debugDescription: "\(error)")
    }
  }

  /// Writes the ``description``.
  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    try value.encode(description)
  }
}
