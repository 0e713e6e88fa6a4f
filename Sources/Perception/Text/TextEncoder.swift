import Tensors

/// A frozen network that reads sentences: one vector per word piece, for cross-attention.
public protocol TextEncoder {
  /// What it is and where its weights come from, for a run's documents.
  var summary: String { get }
  /// Channels of a vector.
  var channels: Int { get }
  /// Reads sentences.
  ///
  /// - Returns: The last hidden states [sentences, pieces, channels], filled up with zeros to the longest, and
  ///   which of them belong to a sentence, [sentences, pieces].
  /// - Throws: ``TextError/tooLong(pieces:limit:text:)``
  func states(_ sentences: [String]) throws(TextError) -> (states: Tensor, mask: Tensor)
}

/// Why a text cannot be encoded.
public enum TextError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A file of the encoder is missing or is not what it should be.
  case file(String, cause: String)
  /// The weights lack a tensor or have it in another shape.
  case weights(file: String, tensor: String, cause: String)
  /// A sentence of more pieces than the encoder has positions.
  case tooLong(pieces: Int, limit: Int, text: String)

  /// The file or the text, and what to do.
  public var description: String {
    switch self {
    case .file(let path, let cause):
      "\(path): \(cause); a text encoder's folder has config.json, model.safetensors and spiece.model"
    case .weights(let file, let tensor, let cause):
      "\(file): the tensor '\(tensor)' \(cause); is it an encoder of this kind?"
    case .tooLong(let pieces, let limit, let text):
      "'\(text.prefix(60))…' has \(pieces) word pieces; the encoder reads \(limit) at most: "
        + "describe fewer bodies"
    }
  }
}

/// Sentences of word pieces side by side.
struct PaddedPieces {
  /// [sentences, pieces] of int64.
  let ids: Tensor
  /// [sentences, pieces]: one for a piece, zero for what fills up.
  let mask: Tensor
  /// [sentences, 1, 1, pieces]: what is added to scores of attention.
  let bias: Tensor

  init(_ sentences: [[Int]], padding: Int) {
    let count = max(sentences.map(\.count).max() ?? 0, 1)
    var ids: [Int64] = []
    var mask: [Float] = []
    for sentence in sentences {
      let missing = count - sentence.count
      ids += sentence.map(Int64.init) + [Int64](repeating: Int64(padding), count: missing)
      mask +=
        [Float](repeating: 1, count: sentence.count) + [Float](repeating: 0, count: missing)
    }
    self.ids = Tensor(ids, [sentences.count, count])
    self.mask = Tensor(mask, [sentences.count, count])
    bias = ((self.mask - 1) * 1e9).view([sentences.count, 1, 1, count])
  }
}

/// Weights of a text encoder by name and shape.
struct TextWeights {
  let file: String
  let tensors: [String: Tensor]

  func callAsFunction(_ name: String, _ shape: [Int]) throws(TextError) -> Tensor {
    guard let tensor = tensors[name] else {
      throw .weights(file: file, tensor: name, cause: "is missing")
    }
    guard tensor.shape == shape else {
      throw .weights(
        file: file, tensor: name, cause: "has the shape \(tensor.shape), \(shape) is needed")
    }
    do {
      let here = try tensor.to(.float32).tryTo(Device.standard)
      return here
    } catch {
      throw .weights(file: file, tensor: name, cause: "\(error)")
    }
  }
}
