import Tensors

/// The named weights of a model, in a fixed order, named as PyTorch would name them.
public struct Parameters {
  /// Names such as `blocks.0.attn.qkv.weight`.
  public private(set) var names: [String] = []
  /// The tensors, in the order of `names`; shared with the model, so that updates are seen by it.
  public private(set) var tensors: [Tensor] = []

  /// No parameters yet.
  public init() {}

  /// The number of weights in all tensors.
  public var elementCount: Int { tensors.reduce(0) { $0 + $1.count } }

  /// The tensors by name.
  public var byName: [String: Tensor] {
    Dictionary(zip(names, tensors), uniquingKeysWith: { first, _ in first })
  }

  /// Adds one tensor.
  public mutating func append(_ name: String, _ tensor: Tensor) {
    names.append(name)
    tensors.append(tensor)
  }

  /// Adds all of `other` with `prefix` and a dot before each name.
  public mutating func append(_ prefix: String, _ other: Parameters) {
    for (name, tensor) in zip(other.names, other.tensors) { append("\(prefix).\(name)", tensor) }
  }

  /// A copy whose tensors are independent of the model's and carry no gradient.
  public func cloned() -> Parameters {
    var copy = Parameters()
    for (name, tensor) in zip(names, tensors) {
      let clone = Tensor.zeros(tensor.shape, device: tensor.device)
      clone.copy_(from: tensor.detached())
      copy.append(name, clone)
    }
    return copy
  }

  /// Overwrites the weights with stored ones of exactly the same names and shapes.
  ///
  /// Nothing is written unless everything fits.
  /// - Parameter path: the file's name for error messages.
  /// - Throws: `ModelError` naming the first tensor that is missing, foreign, misshapen or not finite.
  public func load(_ stored: [String: Tensor], path: String) throws {
    for (name, tensor) in zip(names, tensors) {
      guard let found = stored[name] else {
        throw ModelError.missingTensor(name: name, expected: tensor.shape, path: path)
      }
      guard found.shape == tensor.shape else {
        throw ModelError.tensorShape(
          name: name, expected: tensor.shape, found: found.shape, path: path)
      }
    }
    let known = Set(names)
    if let foreign = stored.keys.filter({ !known.contains($0) }).min(), let tensor = stored[foreign]
    {
      throw ModelError.unexpectedTensor(name: foreign, found: tensor.shape, path: path)
    }
    for name in names where !(stored[name]?.isAllFinite ?? true) {
      throw ModelError.notFinite(name: name, path: path)
    }
    Torch.noGrad {
      for (name, tensor) in zip(names, tensors) {
        if let found = stored[name] { tensor.copy_(from: found) }
      }
    }
  }

  /// Overwrites those weights that are stored; the others stay as they are, names that are not here are ignored.
  ///
  /// - Throws: `ModelError.tensorShape`, with nothing written.
  public func take(_ stored: [String: Tensor], path: String = "the weights to start from") throws {
    for (name, tensor) in zip(names, tensors) {
      guard let found = stored[name], found.shape != tensor.shape else { continue }
      throw ModelError.tensorShape(
        name: name, expected: tensor.shape, found: found.shape, path: path)
    }
    Torch.noGrad {
      for (name, tensor) in zip(names, tensors) {
        if let found = stored[name] { tensor.copy_(from: found) }
      }
    }
  }

  /// Lets gradients flow into every tensor, or stops them.
  public func requireGradients(_ wanted: Bool) {
    for tensor in tensors { tensor.requiresGrad(wanted) }
  }
}

extension Tensor {
  /// Whether no element is NaN or infinite.
  public var isAllFinite: Bool {
    guard dtype == .float32 || dtype == .float64 else { return true }
    return Torch.noGrad { (detached() * 0).sum().item() } == 0
  }
}
