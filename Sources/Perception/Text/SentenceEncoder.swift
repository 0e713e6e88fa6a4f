import Foundation
import Tensors

/// all-MiniLM-L6-v2: a BERT of 6 layers, width 384 and 12 heads, trained to embed sentences. It is not T5, which the
/// paper uses; whatever is made with it says so.
public struct SentenceEncoder: TextEncoder {
  /// Pieces of the longest sentence.
  public static let limit = 512
  /// Channels of a piece's vector.
  public static let width = 384
  private static let (depth, heads, inner) = (6, 12, 1536)

  private struct Layer {
    let qkv, qkvBias, output, outputBias, norm, normBias: Tensor
    let expand, expandBias, contract, contractBias, lastNorm, lastNormBias: Tensor
  }

  /// Cuts sentences into pieces.
  public let tokenizer: WordPiece
  private let words, positions, norm, normBias: Tensor
  private let layers: [Layer]

  /// Loads the published weights.
  ///
  /// - Throws: ``NetworkError`` where they are not in the store, ``TextError`` where they do not fit.
  public init(store: NetworkStore = .standard()) throws {
    let network = PublishedNetwork.sentenceEncoder
    tokenizer = try WordPiece(contentsOf: store.file("tokenizer.json", of: network))
    let weights = TextWeights(file: network.rawValue, tensors: try store.weights(of: network))
    let (d, f) = (Self.width, Self.inner)
    words = try weights("embeddings.word_embeddings.weight", [30_522, d])
    // All sentences are of the first type.
    let types = try weights("embeddings.token_type_embeddings.weight", [2, d])
    positions =
      try weights("embeddings.position_embeddings.weight", [Self.limit, d])
      + types.narrow(0, start: 0, length: 1)
    norm = try weights("embeddings.LayerNorm.weight", [d])
    normBias = try weights("embeddings.LayerNorm.bias", [d])
    layers = try (0..<Self.depth).map { index in
      func one(_ name: String, _ shape: [Int]) throws(TextError) -> Tensor {
        try weights("encoder.layer.\(index).\(name)", shape)
      }
      let parts = ["query", "key", "value"]
      return Layer(
        qkv: .cat(try parts.map { try one("attention.self.\($0).weight", [d, d]) }),
        qkvBias: .cat(try parts.map { try one("attention.self.\($0).bias", [d]) }),
        output: try one("attention.output.dense.weight", [d, d]),
        outputBias: try one("attention.output.dense.bias", [d]),
        norm: try one("attention.output.LayerNorm.weight", [d]),
        normBias: try one("attention.output.LayerNorm.bias", [d]),
        expand: try one("intermediate.dense.weight", [f, d]),
        expandBias: try one("intermediate.dense.bias", [f]),
        contract: try one("output.dense.weight", [d, f]),
        contractBias: try one("output.dense.bias", [d]),
        lastNorm: try one("output.LayerNorm.weight", [d]),
        lastNormBias: try one("output.LayerNorm.bias", [d]))
    }
  }

  /// The name, and what it is not.
  public var summary: String { "all-MiniLM-L6-v2 (BERT, 6 layers, width 384; not T5)" }
  /// 384.
  public var channels: Int { Self.width }

  /// The last hidden states of every piece, `[CLS]` and `[SEP]` among them.
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

  /// One vector of length one per sentence: the mean over its pieces.
  public func embeddings(_ sentences: [String]) throws(TextError) -> Tensor {
    let (states, mask) = try self.states(sentences)
    let mean = states.sum([1]) / mask.sum([1]).unsqueeze(1)
    return mean / mean.square().sum([1], keepDims: true).sqrt()
  }

  private func run(_ pieces: PaddedPieces) -> Tensor {
    let (batch, count) = (pieces.ids.shape[0], pieces.ids.shape[1])
    let (d, heads) = (Self.width, Self.heads)
    let embedded = words.indexSelect(0, pieces.ids.reshape([batch * count]))
    var x =
      embedded.view([batch, count, d]) + positions.narrow(0, start: 0, length: count)
    x = x.layerNorm(eps: 1e-12, weight: norm, bias: normBias)
    for layer in layers {
      let qkv = x.linear(layer.qkv, layer.qkvBias).view([batch, count, 3, heads, d / heads])
        .permute([2, 0, 3, 1, 4]).unbind(0)
      let scale = 1 / Double(d / heads).squareRoot()
      let scores = qkv[0].matmul(qkv[1].transpose(2, 3)) * scale + pieces.bias
      let found = scores.softmax(-1).matmul(qkv[2]).transpose(1, 2).reshape([batch, count, d])
      x = (x + found.linear(layer.output, layer.outputBias))
        .layerNorm(eps: 1e-12, weight: layer.norm, bias: layer.normBias)
      let hidden = x.linear(layer.expand, layer.expandBias).gelu(tanh: false)
      x = (x + hidden.linear(layer.contract, layer.contractBias))
        .layerNorm(eps: 1e-12, weight: layer.lastNorm, bias: layer.lastNormBias)
    }
    return x
  }
}
