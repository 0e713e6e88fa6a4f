import Foundation
import Perception
import Tensors
import TestSupport
import Testing

/// The expected numbers are those of transformers 5.23 and sentencepiece 0.2.3 for ``SmallT5``'s weights and model file.
@Suite struct T5Tests {
  @Test(arguments: [
    (
      "A red ball of radius 1.20 starts at x 2.50",
      [5, 7, 6, 8, 9, 17, 19, 26, 41, 43, 15, 18, 19, 25, 1]
    ), ("  moves   with velocity ", [10, 12, 13, 14, 1]), ("ball", [6, 1]),
    ("zebra Q!? red", [3, 2, 39, 32, 48, 33, 3, 2, 7, 1]), ("MPS ball", [3, 58, 6, 1]),
    ("", [1]), ("startsall 55 200", [41, 29, 3, 24, 24, 3, 26, 20, 1]),
  ])
  func textIsCutAsTheReferenceCutsIt(_ text: String, _ ids: [Int]) throws {
    try SmallT5.withFolder { folder in
      let tokenizer = try SentencePiece(
        contentsOf: folder.appendingPathComponent("spiece.model"))
      #expect(tokenizer.ids(text) == ids)
      #expect(tokenizer.count == 59)
    }
  }

  @Test(arguments: [
    (
      "relu", [0.61723, 1.48054, 1.5387, 0.75404, 0.01829, -1.39179],
      [0.57237, -0.46785, -1.42801, -1.6272, -0.55696, -0.04058],
      [1.14948, -0.14228, -0.79089, -1.39176, -0.49373, -0.32826]
    ),
    (
      "gated-gelu", [1.87841, 0.33133, 0.92728, 0.41736, -0.90988, -1.55273],
      [1.97193, 1.43016, 0.57456, 0.06235, -1.78507, -0.32843],
      [-1.82106, -0.92017, 2.00753, -0.05216, -0.36549, -0.97409]
    ),
  ])
  func statesAreThoseOfTheReference(
    _ activation: String, _ first: [Double], _ last: [Double], _ short: [Double]
  ) throws {
    try SmallT5.withFolder(activation: activation) { folder in
      let encoder = try T5Encoder(folder: folder)
      #expect(try T5Encoder.width(folder: folder) == encoder.channels)
      let (states, mask) = try encoder.states([
        "A red ball of radius 1.20 starts at x 2.50", "red ball",
      ])
      #expect(states.shape == [2, 15, 12])
      #expect(mask.sum([1]).floats() == [15, 3])
      for (sentence, piece, expected) in [(0, 0, first), (0, 14, last), (1, 1, short)] {
        let found = states.select(0, sentence).select(0, piece).doubles()
        for (a, b) in zip(found, expected) { #expect(abs(a - b) < 3e-5) }
      }
    }
  }

  @Test func aMissingTensorIsNamed() throws {
    let name = "encoder.block.1.layer.0.SelfAttention.k.weight"
    try SmallT5.withFolder(leavingOut: name) { folder in
      let error = #expect(throws: TextError.self) { try T5Encoder(folder: folder) }
      guard case .weights(_, let tensor, let cause) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(tensor == name)
      #expect(cause == "is missing")
    }
  }

  @Test(arguments: [[], [1, 2, 3], [10, 200, 1], Array("not a model at all".utf8)])
  func aFileThatIsNoTokenizerIsRefused(_ bytes: [UInt8]) throws {
    try SmallT5.withFolder(tokenizer: bytes) { folder in
      let error = #expect(throws: TextError.self) { try T5Encoder(folder: folder) }
      #expect("\(error.map { "\($0)" } ?? "")".contains("spiece.model"))
    }
  }

  @Test func otherActivationsAreRefused() throws {
    try SmallT5.withFolder(activation: "swish") { folder in
      let error = #expect(throws: TextError.self) { try T5Encoder(folder: folder) }
      #expect("\(error.map { "\($0)" } ?? "")".contains("feed_forward_proj is swish"))
    }
  }
}
