import Tensors

/// Weights by name, taken with the shape that the network needs.
struct NamedWeights {
  private let network: String
  private let tensors: [String: Tensor]

  init(_ network: PublishedNetwork, in store: NetworkStore) throws(NetworkError) {
    self.network = network.rawValue
    tensors = try store.weights(of: network)
  }

  /// A tensor on the standard device; the shape must be this one, nil for any length.
  func callAsFunction(_ name: String, _ shape: [Int?]) throws(PerceptionError) -> Tensor {
    guard let tensor = tensors[name] else {
      throw .badWeights(network: network, tensor: name, cause: "is missing")
    }
    let fits =
      tensor.rank == shape.count
      && zip(tensor.shape, shape).allSatisfy { $1 == nil || $0 == $1 }
    guard fits else {
      throw .badWeights(network: network, tensor: name, cause: "has the shape \(tensor.shape)")
    }
    do { return try tensor.tryTo(Device.standard) } catch {
      throw .badWeights(network: network, tensor: name, cause: "\(error)")
    }
  }
}
