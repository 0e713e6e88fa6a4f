import Foundation
import Tensors

/// The encoder half of a T5 (v1.0, v1.1 or Flan) from a user's folder: `config.json`, `model.safetensors` in the names
/// of Hugging Face's transformers, and `spiece.model`. A decoder in the file is left alone.
///
/// Source: Raffel et al. 2020; layout from transformers' `modeling_t5.py`.
public struct T5Encoder: TextEncoder {
  /// What `config.json` says.
  struct Configuration: Decodable {
    var dModel, dKv, numHeads, numLayers, dFf: Int
    var vocabSize: Int
    var feedForwardProj: String?
    var relativeAttentionNumBuckets: Int?
    var relativeAttentionMaxDistance: Int?
    var layerNormEpsilon: Double?
  }

  private struct Layer {
    let norm, query, key, value, output, lastNorm, contract: Tensor
    let expand: [Tensor]
  }

  /// Pieces of the longest sentence.
  public static let limit = 512

  /// Cuts sentences into pieces.
  public let tokenizer: SentencePiece
  private let configuration: Configuration
  private let folder: String
  private let words, bias, norm: Tensor
  private let layers: [Layer]

  /// Loads a folder.
  ///
  /// - Throws: ``TextError`` naming the file or the tensor that does not fit.
  public init(folder: URL) throws(TextError) {
    let (c, url) = try Self.configuration(in: folder)
    for (name, value) in [
      ("d_model", c.dModel), ("d_kv", c.dKv), ("num_heads", c.numHeads),
      ("num_layers", c.numLayers), ("d_ff", c.dFf), ("vocab_size", c.vocabSize),
      ("relative_attention_num_buckets", c.relativeAttentionNumBuckets ?? 32),
    ] where value < 1 {
      throw .file(url.path, cause: "\(name) is \(value)")
    }
    let activation = c.feedForwardProj ?? "relu"
    guard ["relu", "gated-gelu"].contains(activation) else {
      throw .file(url.path, cause: "feed_forward_proj is \(activation), not relu or gated-gelu")
    }
    configuration = c
    self.folder = folder.lastPathComponent
    let file = folder.appendingPathComponent("model.safetensors")
    let tensors: [String: Tensor]
    do { tensors = try Safetensors.read(file).tensors } catch {
      throw .file(file.path, cause: "\(error)")
    }
    let weights = TextWeights(file: file.path, tensors: tensors)
    let (d, inner) = (c.dModel, c.numHeads * c.dKv)
    let shared = tensors["shared.weight"] == nil ? "encoder.embed_tokens.weight" : "shared.weight"
    words = try weights(shared, [c.vocabSize, d])
    let buckets = c.relativeAttentionNumBuckets ?? 32
    bias = try weights(
      "encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight",
      [buckets, c.numHeads])
    norm = try weights("encoder.final_layer_norm.weight", [d])
    var layers: [Layer] = []
    for index in 0..<c.numLayers {
      func one(_ name: String, _ shape: [Int]) throws(TextError) -> Tensor {
        try weights("encoder.block.\(index).layer.\(name).weight", shape)
      }
      let dense = "1.DenseReluDense"
      let wide = activation == "relu" ? ["wi"] : ["wi_0", "wi_1"]
      var expand: [Tensor] = []
      for name in wide { expand.append(try one("\(dense).\(name)", [c.dFf, d])) }
      layers.append(
        Layer(
          norm: try one("0.layer_norm", [d]), query: try one("0.SelfAttention.q", [inner, d]),
          key: try one("0.SelfAttention.k", [inner, d]),
          value: try one("0.SelfAttention.v", [inner, d]),
          output: try one("0.SelfAttention.o", [d, inner]),
          lastNorm: try one("1.layer_norm", [d]), contract: try one("\(dense).wo", [d, c.dFf]),
          expand: expand))
    }
    self.layers = layers
    tokenizer = try SentencePiece(contentsOf: folder.appendingPathComponent("spiece.model"))
    guard tokenizer.count <= c.vocabSize else {
      throw .file(
        folder.appendingPathComponent("spiece.model").path,
        cause: "it has \(tokenizer.count) pieces, the model \(c.vocabSize)")
    }
  }

  /// Channels of a piece's vector of the encoder in a folder.
  ///
  /// - Throws: ``TextError/file(_:cause:)``
  public static func width(folder: URL) throws(TextError) -> Int {
    try configuration(in: folder).0.dModel
  }

  private static func configuration(in folder: URL) throws(TextError) -> (Configuration, URL) {
    let url = folder.appendingPathComponent("config.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      return (try decoder.decode(Configuration.self, from: Data(contentsOf: url)), url)
    } catch {
      throw .file(url.path, cause: "it does not describe a T5 (\(error.localizedDescription))")
    }
  }

  /// The folder's name and the network's size.
  public var summary: String {
    "T5 encoder of \(configuration.numLayers) layers, width \(configuration.dModel), from \(folder)"
  }
  /// The width.
  public var channels: Int { configuration.dModel }

  /// The last hidden states of every piece, the end of the sentence among them.
  public func states(
    _ sentences: [String]
  ) throws(TextError) -> (states: Tensor, mask: Tensor) {
    let ids = sentences.map(tokenizer.ids)
    for (text, pieces) in zip(sentences, ids) where pieces.count > Self.limit {
      throw .tooLong(pieces: pieces.count, limit: Self.limit, text: text)
    }
    let pieces = PaddedPieces(ids, padding: tokenizer.padding)
    let states = Torch.noGrad { run(pieces) }
    return (states * pieces.mask.unsqueeze(2), pieces.mask)
  }

  private func run(_ pieces: PaddedPieces) -> Tensor {
    let c = configuration
    let (batch, count) = (pieces.ids.shape[0], pieces.ids.shape[1])
    let eps = c.layerNormEpsilon ?? 1e-6
    var x = words.indexSelect(0, pieces.ids.reshape([batch * count]))
      .view([batch, count, c.dModel])
    let places = positionBias(count) + pieces.bias
    func heads(_ x: Tensor) -> Tensor {
      x.view([batch, count, c.numHeads, c.dKv]).transpose(1, 2)
    }
    for layer in layers {
      let normed = x.rmsNorm(eps: eps) * layer.norm
      // T5 does not divide by the root of the size.
      let scores =
        heads(normed.linear(layer.query)).matmul(heads(normed.linear(layer.key)).transpose(2, 3))
        + places
      let found = scores.softmax(-1).matmul(heads(normed.linear(layer.value)))
      x =
        x
        + found.transpose(1, 2).reshape([batch, count, c.numHeads * c.dKv]).linear(layer.output)
      let input = x.rmsNorm(eps: eps) * layer.lastNorm
      let hidden =
        layer.expand.count == 1
        ? input.linear(layer.expand[0]).relu()
        : input.linear(layer.expand[0]).gelu() * input.linear(layer.expand[1])
      x = x + hidden.linear(layer.contract)
    }
    return x.rmsNorm(eps: eps) * norm
  }

  /// [1, heads, pieces, pieces]: the learned bias of every distance.
  private func positionBias(_ count: Int) -> Tensor {
    let c = configuration
    let buckets = c.relativeAttentionNumBuckets ?? 32
    let farthest = c.relativeAttentionMaxDistance ?? 128
    let numbers = (0..<count).flatMap { query in
      (0..<count).map { Int64(Self.bucket($0 - query, buckets: buckets, farthest: farthest)) }
    }
    return bias.indexSelect(0, Tensor(numbers, [count * count]))
      .view([count, count, c.numHeads]).permute([2, 0, 1]).unsqueeze(0)
  }

  /// The bucket of a distance: half for each direction; the near ones one by one, the far ones by logarithm.
  static func bucket(_ distance: Int, buckets: Int, farthest: Int) -> Int {
    let half = buckets / 2
    let side = distance > 0 ? half : 0
    let near = half / 2
    let length = abs(distance)
    guard length >= near, near > 0, farthest > near else { return side + min(length, half - 1) }
    let scale = Float(log(Float(length) / Float(near))) / Float(log(Float(farthest) / Float(near)))
    return side + min(near + Int(scale * Float(half - near)), half - 1)
  }
}
