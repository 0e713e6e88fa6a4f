import Tensors

extension FrameAutoencoder {
  /// Takes over what another autoencoder of frames has learned, as far as it goes.
  ///
  /// Its widths may be smaller: what it lacks stays as it is, but says nothing to what it has. Where this one codes
  /// colours apart and the other one does not, it begins as what the other one does with red.
  /// - Parameter path: the file's name for error messages.
  /// - Throws: `ModelError.missingTensor`, or `.tensorShape` for one that is larger or of another kind; nothing is
  ///   written then.
  public func start(from stored: [String: Tensor], path: String) throws {
    var plan: [(place: Tensor, rest: Tensor?, value: Tensor)] = []
    for (name, tensor) in zip(parameters.names, parameters.tensors) {
      guard let found = stored[name] else {
        throw ModelError.missingTensor(name: name, expected: tensor.shape, path: path)
      }
      guard found.rank == tensor.rank else {
        throw ModelError.tensorShape(
          name: name, expected: tensor.shape, found: found.shape, path: path)
      }
      let value = asRed(found, tensor)
      var (place, rest) = (tensor.detached(), Tensor?.none)
      for dimension in 0..<tensor.rank where value.size(dimension) != tensor.size(dimension) {
        let missing = tensor.size(dimension) - value.size(dimension)
        guard missing > 0, dimension < 2 else {
          throw ModelError.tensorShape(
            name: name, expected: tensor.shape, found: found.shape, path: path)
        }
        if dimension == 1 {
          rest = tensor.detached().narrow(1, start: value.size(1), length: missing)
            .narrow(0, start: 0, length: value.size(0))
        }
        place = place.narrow(dimension, start: 0, length: value.size(dimension))
      }
      plan.append((place, rest, value))
    }
    Torch.noGrad {
      for (place, rest, value) in plan {
        place.copy_(from: value)
        rest?.zero_()
      }
    }
  }

  /// A layer that sees or draws three channels, as it does with red, whose ink is in green and blue.
  private func asRed(_ found: Tensor, _ wanted: Tensor) -> Tensor {
    guard configuration.layers > 1 else { return found }
    if found.rank == 4, wanted.size(1) == 1, found.size(1) == 3 {
      return found.narrow(1, start: 1, length: 2).sum([1], keepDims: true)
    }
    let drawn = wanted.size(0)
    guard drawn == 16, found.size(0) == 3 * drawn else { return found }
    let (green, blue) = (
      found.narrow(0, start: drawn, length: drawn), found.narrow(0, start: 2 * drawn, length: drawn)
    )
    return (green + blue) * 0.5
  }
}
