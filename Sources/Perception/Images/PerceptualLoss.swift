import Tensors

/// LPIPS on AlexNet as something to minimise: the same distance, with gradients for the pictures.
///
/// The measure's convolutions are packed for speed and pass no gradients, so that the loss has plain ones.
public struct PerceptualLoss: Sendable {
  private let layers: [(weight: Tensor, bias: Tensor, stride: Int, padding: Int, pools: Bool)]
  private let heads: [Tensor]
  private let scale: Tensor
  private let shift: Tensor

  /// The least width and height.
  public static let leastSide = LPIPS.Backbone.alex.leastSide

  /// Loads the weights.
  ///
  /// - Throws: ``NetworkError`` where they are not in the store, ``PerceptionError`` where they do not fit.
  public init(store: NetworkStore = .standard()) throws {
    let weights = try NamedWeights(.lpipsAlex, in: store)
    let plan = [
      (11, 3, 64, 4, 2, false), (5, 64, 192, 1, 2, true), (3, 192, 384, 1, 1, true),
      (3, 384, 256, 1, 1, false), (3, 256, 256, 1, 1, false),
    ]
    layers = try plan.enumerated().map { index, layer in
      let (kernel, from, to, stride, padding, pools) = layer
      let name = "AlexNet_0.Conv_\(index)"
      return (
        try weights("\(name).kernel", [kernel, kernel, from, to]).permute([3, 2, 0, 1])
          .contiguous(),
        try weights("\(name).bias", [to]), stride, padding, pools
      )
    }
    heads = try plan.enumerated().map { depth, layer in
      try weights("NetLinLayer_\(depth).Conv_0.kernel", [1, 1, layer.2, 1])
        .reshape([1, layer.2, 1, 1])
    }
    (scale, shift) = LPIPS.normalisation
  }

  /// The mean distance of pictures compared in pairs, one number: `a` and `b` [pictures, 3, height, width] in
  /// [-1, 1].
  public func callAsFunction(_ a: Tensor, _ b: Tensor) -> Tensor {
    var x = Tensor.cat([a, b]) * scale + shift
    let pairs = a.size(0)
    var sum: Tensor?
    for (layer, head) in zip(layers, heads) {
      if layer.pools { x = x.maxPool([3, 3], stride: [2, 2]) }
      x = x.conv2d(layer.weight, layer.bias, stride: layer.stride, padding: layer.padding).relu()
      // The allowance keeps the root's derivative finite where all features are 0.
      let unit = x / (x.square().sum([1], keepDims: true) + 1e-12).sqrt()
      let difference =
        unit.narrow(0, start: 0, length: pairs) - unit.narrow(0, start: pairs, length: pairs)
      let distance = (difference.square() * head).sum([1]).mean()
      sum = sum.map { $0 + distance } ?? distance
    }
    return sum ?? .zeros([])
  }
}
