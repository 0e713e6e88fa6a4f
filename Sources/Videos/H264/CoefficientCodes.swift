/// The codes of ITU-T H.264, tables 9-5 and 9-7 to 9-10, in memory that is quick to reach.
final class CoefficientCodes {
  /// How many coefficients a block has and how many of the last are ±1: 68 · context + 4 · count +
  /// ones. Contexts are the neighbours' counts 0–1, 2–3, 4–7, 8 and more, and 2 by 2 chroma.
  let counts: UnsafeMutablePointer<CodeWord>
  /// How many zeros lie before the last coefficient: 16 · (count − 1) + zeros, blocks of 16.
  let zeros: UnsafeMutablePointer<CodeWord>
  /// The same for the 2 by 2 chroma block.
  let chromaZeros: UnsafeMutablePointer<CodeWord>
  /// How many zeros lie right before a coefficient: 16 · (zeros left, at most 7, − 1) + run.
  let runs: UnsafeMutablePointer<CodeWord>
  /// Places of coefficients, ``BlockTransform`` has them, in the order of the stream.
  let zigzag: UnsafeMutablePointer<UInt8>

  init() {
    counts = Self.table(Self.countLengths, Self.countBits, width: 68)
    zeros = Self.table(Self.zeroLengths, Self.zeroBits, width: 16)
    chromaZeros = Self.table(
      [[1, 2, 3, 3], [1, 2, 2], [1, 1]], [[1, 1, 1, 0], [1, 1, 0], [1, 0]], width: 16)
    runs = Self.table(Self.runLengths, Self.runBits, width: 16)
    zigzag = .allocate(capacity: 16)
    let order: [UInt8] = [0, 4, 1, 2, 5, 8, 12, 9, 6, 3, 7, 10, 13, 14, 11, 15]
    zigzag.initialize(from: order, count: 16)
  }

  deinit {
    for table in [counts, zeros, chromaZeros, runs] { table.deallocate() }
    zigzag.deallocate()
  }

  private static func table(
    _ lengths: [[UInt8]], _ bits: [[UInt8]], width: Int
  ) -> UnsafeMutablePointer<CodeWord> {
    let table = UnsafeMutablePointer<CodeWord>.allocate(capacity: lengths.count * width)
    table.initialize(repeating: CodeWord(bits: 0, length: 0), count: lengths.count * width)
    for (row, (lengths, bits)) in zip(lengths, bits).enumerated() {
      for (column, (length, bits)) in zip(lengths, bits).enumerated() {
        table[row * width + column] = CodeWord(bits: bits, length: length)
      }
    }
    return table
  }

  /// ue(v) of an inter macroblock's pattern of coded blocks: 4 bits of luma, chroma times 16.
  static let interPatterns: [Int] = {
    let inOrder = [
      0, 16, 1, 2, 4, 8, 32, 3, 5, 10, 12, 15, 47, 7, 11, 13, 14, 6, 9, 31, 35, 37, 42, 44, 33,
      34, 36, 40, 39, 43, 45, 46, 17, 18, 20, 24, 19, 21, 26, 28, 23, 27, 29, 30, 22, 25, 38, 41,
    ]
    return (0..<48).map { pattern in inOrder.firstIndex(of: pattern) ?? 0 }
  }()

  private static let runLengths: [[UInt8]] = [
    [1, 1], [1, 2, 2], [2, 2, 2, 2], [2, 2, 2, 3, 3], [2, 2, 3, 3, 3, 3], [2, 3, 3, 3, 3, 3, 3],
    [3, 3, 3, 3, 3, 3, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  ]

  private static let runBits: [[UInt8]] = [
    [1, 0], [1, 1, 0], [3, 2, 1, 0], [3, 2, 1, 1, 0], [3, 2, 3, 2, 1, 0], [3, 0, 1, 3, 2, 5, 4],
    [7, 6, 5, 4, 3, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  ]

  private static let countLengths: [[UInt8]] = [
    [
      1, 0, 0, 0, 6, 2, 0, 0, 8, 6, 3, 0, 9, 8, 7, 5, 10, 9, 8, 6, 11, 10, 9, 7, 13, 11, 10, 8,
      13, 13, 11, 9, 13, 13, 13, 10, 14, 14, 13, 11, 14, 14, 14, 13, 15, 15, 14, 14, 15, 15, 15,
      14, 16, 15, 15, 15, 16, 16, 16, 15, 16, 16, 16, 16, 16, 16, 16, 16,
    ],
    [
      2, 0, 0, 0, 6, 2, 0, 0, 6, 5, 3, 0, 7, 6, 6, 4, 8, 6, 6, 4, 8, 7, 7, 5, 9, 8, 8, 6, 11, 9,
      9, 6, 11, 11, 11, 7, 12, 11, 11, 9, 12, 12, 12, 11, 12, 12, 12, 11, 13, 13, 13, 12, 13, 13,
      13, 13, 13, 14, 13, 13, 14, 14, 14, 13, 14, 14, 14, 14,
    ],
    [
      4, 0, 0, 0, 6, 4, 0, 0, 6, 5, 4, 0, 6, 5, 5, 4, 7, 5, 5, 4, 7, 5, 5, 4, 7, 6, 6, 4, 7, 6, 6,
      4, 8, 7, 7, 5, 8, 8, 7, 6, 9, 8, 8, 7, 9, 9, 8, 8, 9, 9, 9, 8, 10, 9, 9, 9, 10, 10, 10, 10,
      10, 10, 10, 10, 10, 10, 10, 10,
    ],
    [6, 0, 0, 0, 6, 6, 0, 0, 6, 6, 6, 0] + [UInt8](repeating: 6, count: 56),
    [2, 0, 0, 0, 6, 1, 0, 0, 6, 6, 3, 0, 6, 7, 7, 6, 6, 8, 8, 7],
  ]

  private static let countBits: [[UInt8]] = [
    [
      1, 0, 0, 0, 5, 1, 0, 0, 7, 4, 1, 0, 7, 6, 5, 3, 7, 6, 5, 3, 7, 6, 5, 4, 15, 6, 5, 4, 11, 14,
      5, 4, 8, 10, 13, 4, 15, 14, 9, 4, 11, 10, 13, 12, 15, 14, 9, 12, 11, 10, 13, 8, 15, 1, 9,
      12, 11, 14, 13, 8, 7, 10, 9, 12, 4, 6, 5, 8,
    ],
    [
      3, 0, 0, 0, 11, 2, 0, 0, 7, 7, 3, 0, 7, 10, 9, 5, 7, 6, 5, 4, 4, 6, 5, 6, 7, 6, 5, 8, 15, 6,
      5, 4, 11, 14, 13, 4, 15, 10, 9, 4, 11, 14, 13, 12, 8, 10, 9, 8, 15, 14, 13, 12, 11, 10, 9,
      12, 7, 11, 6, 8, 9, 8, 10, 1, 7, 6, 5, 4,
    ],
    [
      15, 0, 0, 0, 15, 14, 0, 0, 11, 15, 13, 0, 8, 12, 14, 12, 15, 10, 11, 11, 11, 8, 9, 10, 9, 14,
      13, 9, 8, 10, 9, 8, 15, 14, 13, 13, 11, 14, 10, 12, 15, 10, 13, 12, 11, 14, 9, 12, 8, 10, 13,
      8, 13, 7, 9, 12, 9, 12, 11, 10, 5, 8, 7, 6, 1, 4, 3, 2,
    ],
    [3, 0, 0, 0, 0, 1, 0, 0] + (4..<64).map { $0 == 7 ? 0 : UInt8($0) },
    [1, 0, 0, 0, 7, 1, 0, 0, 4, 6, 1, 0, 3, 3, 2, 5, 2, 3, 2, 0],
  ]

  private static let zeroLengths: [[UInt8]] = [
    [1, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 9],
    [3, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 6, 6, 6, 6], [4, 3, 3, 3, 4, 4, 3, 3, 4, 5, 5, 6, 5, 6],
    [5, 3, 4, 4, 3, 3, 3, 4, 3, 4, 5, 5, 5], [4, 4, 4, 3, 3, 3, 3, 3, 4, 5, 4, 5],
    [6, 5, 3, 3, 3, 3, 3, 3, 4, 3, 6], [6, 5, 3, 3, 3, 2, 3, 4, 3, 6], [6, 4, 5, 3, 2, 2, 3, 3, 6],
    [6, 6, 4, 2, 2, 3, 2, 5], [5, 5, 3, 2, 2, 2, 4], [4, 4, 3, 3, 1, 3], [4, 4, 2, 1, 3],
    [3, 3, 1, 2], [2, 2, 1], [1, 1],
  ]

  private static let zeroBits: [[UInt8]] = [
    [1, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 1],
    [7, 6, 5, 4, 3, 5, 4, 3, 2, 3, 2, 3, 2, 1, 0], [5, 7, 6, 5, 4, 3, 4, 3, 2, 3, 2, 1, 1, 0],
    [3, 7, 5, 4, 6, 5, 4, 3, 3, 2, 2, 1, 0], [5, 4, 3, 7, 6, 5, 4, 3, 2, 1, 1, 0],
    [1, 1, 7, 6, 5, 4, 3, 2, 1, 1, 0], [1, 1, 5, 4, 3, 3, 2, 1, 1, 0], [1, 1, 1, 3, 3, 2, 2, 1, 0],
    [1, 0, 1, 3, 2, 1, 1, 1], [1, 0, 1, 3, 2, 1, 1], [0, 1, 1, 2, 1, 3], [0, 1, 1, 1, 1],
    [0, 1, 1, 1], [0, 1, 1], [0, 1],
  ]
}
