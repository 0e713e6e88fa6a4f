/// Changes parameters against their gradients, and keeps a state that can be saved and restored exactly.
public protocol Optimizer: AnyObject {
  /// Names and tensors, as in a checkpoint.
  var parameters: [(name: String, tensor: Tensor)] { get }
  /// Learning rate; set it before each step to follow a schedule.
  var lr: Double { get set }
  /// Changes every parameter that has a gradient.
  func step()
  /// The state by name, shared, not copied.
  func stateTensors() -> [String: Tensor]
  /// Takes over a saved state, or throws `OptimizerStateError` and changes nothing.
  func load(stateTensors saved: [String: Tensor]) throws
}

/// A saved optimiser state that does not belong to the parameters at hand.
public enum OptimizerStateError: Error, Equatable, CustomStringConvertible {
  /// The state lacks a tensor.
  case missing(String)
  /// The state has a tensor that nothing here uses.
  case unexpected(String)
  /// A tensor has another shape than its parameter needs.
  case shape(name: String, found: [Int], expected: [Int])

  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .missing(let name):
      "the optimiser state has no tensor “\(name)”: it was saved for another model or optimiser"
    case .unexpected(let name):
      "the optimiser state has a tensor “\(name)” of no parameter here: it was saved for another model "
        + "or optimiser"
    case .shape(let name, let found, let expected):
      "optimiser state “\(name)” has shape \(found), \(expected) is needed: it was saved for a model of "
        + "another size"
    }
  }
}

extension Optimizer {
  /// Forgets all gradients.
  public func zeroGrad() {
    for parameter in parameters { parameter.tensor.zeroGrad() }
  }

  func stateTensors(_ kinds: [String: [Tensor]]) -> [String: Tensor] {
    var state: [String: Tensor] = [:]
    for (kind, tensors) in kinds {
      for (parameter, tensor) in zip(parameters, tensors) {
        state["\(kind).\(parameter.name)"] = tensor
      }
    }
    return state
  }

  func load(_ saved: [String: Tensor], into state: [String: Tensor]) throws {
    for name in saved.keys.sorted() where state[name] == nil {
      throw OptimizerStateError.unexpected(name)
    }
    var pairs: [(Tensor, Tensor)] = []
    for (name, tensor) in state.sorted(by: { $0.key < $1.key }) {
      guard let source = saved[name] else { throw OptimizerStateError.missing(name) }
      guard source.shape == tensor.shape else {
        throw OptimizerStateError.shape(name: name, found: source.shape, expected: tensor.shape)
      }
      pairs.append((tensor, source))
    }
    for (tensor, source) in pairs { try tensor.tryCopy_(from: source) }
  }
}
