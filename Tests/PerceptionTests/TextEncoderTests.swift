import Foundation
import Perception
import Tensors
import TestSupport
import Testing

@Suite struct WordPieceTests {
  static let small = [
    "[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "ball": 4, "##s": 5, "red": 6, ".": 7, "5": 8,
    "2": 9, "cafe": 10, "中": 11, "re": 12,
  ]

  @Test(arguments: [
    ("Red balls.", [2, 6, 4, 5, 7, 3]), ("2.5", [2, 9, 7, 8, 3]), ("  café \t\n", [2, 10, 3]),
    ("中中ball", [2, 11, 11, 4, 3]), ("", [2, 3]), ("redq", [2, 1, 3]), ("re\u{200B}d", [2, 6, 3]),
    (String(repeating: "s", count: 101), [2, 1, 3]),
  ])
  func textIsCutIntoTheLongestPieces(_ text: String, _ ids: [Int]) throws {
    #expect(try WordPiece(vocabulary: Self.small).ids(text) == ids)
  }

  @Test func aVocabularyWithoutSpecialPiecesIsRefused() {
    #expect(throws: TextError.file("the vocabulary", cause: "there is no [PAD] in it")) {
      try WordPiece(vocabulary: ["ball": 0])
    }
  }

  @Test func aFileThatIsNoTokenizerIsRefused() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("tokenizer-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data(#"{"model": {"type": "BPE", "vocab": {"a": 0}}}"#.utf8).write(to: url)
    #expect(throws: TextError.file(url.path, cause: "its tokenizer is BPE, not WordPiece")) {
      try WordPiece(contentsOf: url)
    }
  }
}

/// Against numbers of the published network: ids of Hugging Face's tokenizers, embeddings of its weights.
@Suite(.enabled(if: sentenceEncoderIsThere, "all-minilm-l6-v2 is not fetched"))
struct SentenceEncoderTests {
  static let golden: [(text: String, ids: [Int], embedding: [Double])] = [
    (
      "This is an example sentence", [101, 2023, 2003, 2019, 2742, 6251, 102],
      [0.067657, 0.063496, 0.048713, 0.079305, 0.037448]
    ),
    (
      "Each sentence is converted", [101, 2169, 6251, 2003, 4991, 102],
      [0.086439, 0.102763, 0.005395, 0.002044, -0.009963]
    ),
    (
      "The red ball moves to the right at 2.5 meters per second.",
      [
        101, 1996, 2417, 3608, 5829, 2000, 1996, 2157, 2012, 1016, 1012, 1019, 5563, 2566, 2117,
        1012, 102,
      ], [0.089861, -0.000136, -0.049718, -0.003594, -0.028357]
    ),
    (
      "A red circle travels rightwards with velocity 2.5 m/s.",
      [
        101, 1037, 2417, 4418, 7930, 2157, 7652, 2015, 2007, 10146, 1016, 1012, 1019, 1049, 1013,
        1055, 1012, 102,
      ], [0.044302, -0.029944, -0.064321, 0.081971, 0.005545]
    ),
    (
      "Stock prices fell sharply on Monday.", [101, 4518, 7597, 3062, 9249, 2006, 6928, 1012, 102],
      [0.018846, -0.01341, 0.105857, 0.026627, -0.014368]
    ),
  ]

  @Test func idsEmbeddingsAndLikenessesAreThePublishedOnes() throws {
    let encoder = try SentenceEncoder()
    // All at once: padding must change nothing.
    let found = try encoder.embeddings(Self.golden.map(\.text))
    for (row, (text, ids, embedding)) in Self.golden.enumerated() {
      #expect(encoder.tokenizer.ids(text) == ids)
      for (a, b) in zip(found.select(0, row).doubles(), embedding) { #expect(abs(a - b) < 2e-6) }
    }
    let cosines = found.matmul(found.transpose(0, 1))
    for (a, b, expected) in [
      (0, 1, 0.404559), (2, 3, 0.597622), (2, 4, 0.020136), (3, 4, 0.108987),
    ] { #expect(abs(cosines.select(0, a).select(0, b).item() - expected) < 2e-6) }
    let (states, mask) = try encoder.states(["a", "a b c"])
    #expect(states.shape == [2, 5, 384])
    #expect(mask.floats() == [1, 1, 1, 0, 0, 1, 1, 1, 1, 1])
    #expect(states.select(0, 0).narrow(0, start: 3, length: 2).abs().amax().item() == 0)
  }

  @Test func aTextBeyondTheLastPositionIsRefused() throws {
    let encoder = try SentenceEncoder()
    let text = String(repeating: "ball ", count: 600)
    #expect(throws: TextError.tooLong(pieces: 602, limit: 512, text: text)) {
      try encoder.states([text])
    }
  }
}

private let sentenceEncoderIsThere: Bool = {
  if case .present = NetworkStore.standard().state(of: .sentenceEncoder) { true } else { false }
}()
