import Foundation

/// A T5 of two layers with weights from a formula, written as transformers writes it, and its tokenizer.
package enum SmallT5 {
  package static let words = [
    "▁", "▁a", "▁A", "▁ball", "▁red", "▁of", "▁radius", "▁moves", "▁and", "▁with", "▁vel", "ocity",
    "▁x", "▁y", "▁1", "▁2", ".", "0", "1", "2", "3", "5", "50", "20", "00", "▁b", "all", "al", "l",
    "b", "a", "re", "d", "▁r", "ed", "s", "e", "t", "▁starts", "▁start", "▁at", "o", "i", "f", "h",
    "r", "n", "m", "v", "c", "y", "x", "u", "w", "g",
  ]

  package static func field(_ number: Int, _ wire: Int, _ content: [UInt8]) -> [UInt8] {
    [UInt8(number << 3 | wire)] + content
  }

  package static func message(_ number: Int, _ content: [UInt8]) -> [UInt8] {
    // One byte of length is enough for less than 128.
    field(number, 2, [UInt8(content.count)] + content)
  }

  /// The protocol buffer of a SentencePiece model.
  package static var tokenizer: [UInt8] {
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
  package static func withFolder<R>(
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
    var values: [(name: String, shape: [Int], values: [Float])] = []
    for (k, name) in shapes.keys.sorted().enumerated() where name != leavingOut {
      let shape = shapes[name] ?? []
      let numbers = (0..<shape.reduce(1, *)).map { i -> Float in
        let (i, k) = (Double(i), Double(k))
        if name.contains("layer_norm") { return Float(1 + 0.1 * sin(0.7 * i + k)) }
        if name.contains("shared") { return Float(0.5 * sin(0.7 * i * i + k)) }
        return Float(0.5 * sin(1.3 * i + k))
      }
      values.append((name, shape, numbers))
    }
    try safetensors(values).write(to: folder.appendingPathComponent("model.safetensors"))
    return try body(folder)
  }

  /// A safetensors file of float32 tensors.
  private static func safetensors(
    _ tensors: [(name: String, shape: [Int], values: [Float])]
  ) -> Data {
    var (entries, data): ([String], Data) = ([], Data())
    for tensor in tensors {
      let first = data.count
      for value in tensor.values {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
      }
      entries.append(
        "\"\(tensor.name)\":{\"dtype\":\"F32\",\"shape\":\(tensor.shape),\"data_offsets\":[\(first),\(data.count)]}"
      )
    }
    var header = "{" + entries.joined(separator: ",") + "}"
    header += String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
    return length + Data(header.utf8) + data
  }
}
