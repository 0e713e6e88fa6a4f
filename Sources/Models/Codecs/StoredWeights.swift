import Tensors

/// Tensors of a file that a network is built from, whose widths the file itself tells.
///
/// A class, because it remembers which tensors were used: what nobody asked for belongs to another network.
final class StoredWeights {
  private let tensors: [String: Tensor]
  private let path: String
  private var used: Set<String> = []

  init(_ tensors: [String: Tensor], path: String) {
    self.tensors = tensors
    self.path = path
  }

  func has(_ name: String) -> Bool { tensors[name] != nil }

  /// A tensor in single precision; each length must be the given one, nil stands for any.
  func callAsFunction(_ name: String, _ shape: [Int?]) throws -> Tensor {
    guard let found = tensors[name] else {
      throw ModelError.missingTensor(name: name, expected: shape.map { $0 ?? -1 }, path: path)
    }
    guard found.rank == shape.count,
      zip(found.shape, shape).allSatisfy({ $1 == nil || $0 == $1 })
    else {
      throw ModelError.tensorShape(
        name: name, expected: shape.map { $0 ?? -1 }, found: found.shape, path: path)
    }
    let tensor = found.to(.float32)
    guard tensor.isAllFinite else { throw ModelError.notFinite(name: name, path: path) }
    used.insert(name)
    return tensor
  }

  /// A convolution of a square kernel; the bias may be absent.
  func convolution(
    _ name: String, from inputs: Int, to outputs: Int? = nil, kernel: Int
  ) throws -> StoredConvolution {
    let weight = try self("\(name).weight", [outputs, inputs, kernel, kernel])
    let bias = has("\(name).bias") ? try self("\(name).bias", [weight.size(0)]) : nil
    return StoredConvolution(weight: weight, bias: bias)
  }

  /// Throws for the first tensor that was not asked for.
  func expectAllUsed() throws {
    if let foreign = tensors.keys.filter({ !used.contains($0) }).min(),
      let tensor = tensors[foreign]
    {
      throw ModelError.unexpectedTensor(name: foreign, found: tensor.shape, path: path)
    }
  }
}

/// A convolution with stored weights.
struct StoredConvolution {
  let weight: Tensor
  let bias: Tensor?

  var inputs: Int { weight.size(1) }
  var outputs: Int { weight.size(0) }

  /// Padding keeps the size at stride 1.
  func callAsFunction(_ x: Tensor, stride: Int = 1, padding: Int? = nil) -> Tensor {
    x.conv2d(weight, bias, stride: stride, padding: padding ?? weight.size(2) / 2)
  }
}

/// Normalisation over groups of channels and all places.
struct GroupNorm {
  let groups: Int
  let eps: Double
  let weight: Tensor
  let bias: Tensor

  init(_ stored: StoredWeights, _ name: String, channels: Int, groups: Int, eps: Double) throws {
    guard channels.isMultiple(of: groups) else {
      throw ModelError.configuration(
        field: "\(name) groups", value: "\(groups)", remedy: "must divide its \(channels) channels")
    }
    self.groups = groups
    self.eps = eps
    weight = try stored("\(name).weight", [channels]).view([1, channels, 1, 1])
    bias = try stored("\(name).bias", [channels]).view([1, channels, 1, 1])
  }

  /// [N, channels, h, w].
  func callAsFunction(_ x: Tensor) -> Tensor {
    x.reshape([x.size(0), groups, -1]).layerNorm(eps: eps).reshape(x.shape) * weight + bias
  }
}

extension Tensor {
  /// [N, C, h, w] → [N, C, 2h, 2w], every value four times.
  func doubled() -> Tensor {
    let s = shape
    return reshape([s[0], s[1], s[2], 1, s[3], 1]).expand([s[0], s[1], s[2], 2, s[3], 2])
      .reshape([s[0], s[1], 2 * s[2], 2 * s[3]])
  }
}
