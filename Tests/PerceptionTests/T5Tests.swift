import Foundation
import Perception
import Tensors
import Testing

/// A T5 of two layers with weights from a formula, written as transformers writes it, and its tokenizer. The expected
/// numbers are those of transformers 5.23 and sentencepiece 0.2.3 for the same weights and the same model file.
@Suite struct T5Tests {
  static let words = [
    "▁", "▁a", "▁A", "▁ball", "▁red", "▁of", "▁radius", "▁moves", "▁and", "▁with", "▁vel", "ocity",
    "▁x", "▁y", "▁1", "▁2", ".", "0", "1", "2", "3", "5", "50", "20", "00", "▁b", "all", "al", "l",
    "b", "a", "re", "d", "▁r", "ed", "s", "e", "t", "▁starts", "▁start", "▁at", "o", "i", "f", "h",
    "r", "n", "m", "v", "c", "y", "x", "u", "w", "g",
  ]

  static func field(_ number: Int, _ wire: Int, _ content: [UInt8]) -> [UInt8] {
    [UInt8(number << 3 | wire)] + content
  }

  static func message(_ number: Int, _ content: [UInt8]) -> [UInt8] {
    // One byte of length is enough for less than 128.
    field(number, 2, [UInt8(content.count)] + content)
  }

  /// The protocol buffer of a SentencePiece model.
  static var tokenizer: [UInt8] {
    var pieces: [(String, Float, UInt8)] = [("<pad>", 0, 3), ("</s>", 0, 3), ("<unk>", 0, 2)]
    for (i, word) in words.enumerated() {
      pieces.append((word, Float(-2 - 0.13 * Double(i * 7 % 29) - 0.01 * Double(i)), 1))
    }
    pieces.append(("MPS", 0, 4))
    let all = pieces.flatMap { name, score, kind in
      let bits = withUnsafeBytes(of: score.bitPattern.littleEndian) { Array($0) }
      return message(
        1, message(1, Array(name.utf8)) + field(2, 5, bits) + field(3, 0, [kind]))
    }
    return all + message(2, field(3, 0, [1]))
  }

  /// A folder with a T5, removed afterwards.
  static func withFolder<R>(
    activation: String = "relu", tokenizer: [UInt8] = tokenizer, leavingOut: String? = nil,
    _ body: (URL) throws -> R
  ) throws -> R {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("t5-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let config = """
      {"d_model": 12, "d_kv": 5, "d_ff": 20, "num_layers": 2, "num_heads": 3, "vocab_size": 70,
       "feed_forward_proj": "\(activation)", "relative_attention_num_buckets": 8,
       "relative_attention_max_distance": 20}
      """
    try Data(config.utf8).write(to: folder.appendingPathComponent("config.json"))
    try Data(tokenizer).write(to: folder.appendingPathComponent("spiece.model"))
    var shapes: [String: [Int]] = [
      "shared.weight": [70, 12], "encoder.final_layer_norm.weight": [12],
    ]
    for block in 0..<2 {
      let place = "encoder.block.\(block).layer"
      for name in ["q", "k", "v"] { shapes["\(place).0.SelfAttention.\(name).weight"] = [15, 12] }
      shapes["\(place).0.SelfAttention.o.weight"] = [12, 15]
      shapes["\(place).0.layer_norm.weight"] = [12]
      shapes["\(place).1.layer_norm.weight"] = [12]
      for name in activation == "relu" ? ["wi"] : ["wi_0", "wi_1"] {
        shapes["\(place).1.DenseReluDense.\(name).weight"] = [20, 12]
      }
      shapes["\(place).1.DenseReluDense.wo.weight"] = [12, 20]
    }
    shapes["encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight"] = [8, 3]
    var tensors: [String: Tensor] = [:]
    for (k, name) in shapes.keys.sorted().enumerated() where name != leavingOut {
      let shape = shapes[name] ?? []
      let values = (0..<shape.reduce(1, *)).map { i -> Float in
        let (i, k) = (Double(i), Double(k))
        if name.contains("layer_norm") { return Float(1 + 0.1 * sin(0.7 * i + k)) }
        if name.contains("shared") { return Float(0.5 * sin(0.7 * i * i + k)) }
        return Float(0.5 * sin(1.3 * i + k))
      }
      tensors[name] = Tensor(values, shape)
    }
    try Safetensors.write(tensors, to: folder.appendingPathComponent("model.safetensors"))
    return try body(folder)
  }

  @Test(arguments: [
    (
      "A red ball of radius 1.20 starts at x 2.50",
      [5, 7, 6, 8, 9, 17, 19, 26, 41, 43, 15, 18, 19, 25, 1]
    ), ("  moves   with velocity ", [10, 12, 13, 14, 1]), ("ball", [6, 1]),
    ("zebra Q!? red", [3, 2, 39, 32, 48, 33, 3, 2, 7, 1]), ("MPS ball", [3, 58, 6, 1]),
    ("", [1]), ("startsall 55 200", [41, 29, 3, 24, 24, 3, 26, 20, 1]),
  ])
  func textIsCutAsTheReferenceCutsIt(_ text: String, _ ids: [Int]) throws {
    try Self.withFolder { folder in
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
    try Self.withFolder(activation: activation) { folder in
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
    try Self.withFolder(leavingOut: name) { folder in
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
    try Self.withFolder(tokenizer: bytes) { folder in
      let error = #expect(throws: TextError.self) { try T5Encoder(folder: folder) }
      #expect("\(error.map { "\($0)" } ?? "")".contains("spiece.model"))
    }
  }

  @Test func otherActivationsAreRefused() throws {
    try Self.withFolder(activation: "swish") { folder in
      let error = #expect(throws: TextError.self) { try T5Encoder(folder: folder) }
      #expect("\(error.map { "\($0)" } ?? "")".contains("feed_forward_proj is swish"))
    }
  }
}
