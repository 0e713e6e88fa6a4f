import Tensors

/// The convolutions of AlexNet or VGG16 with the places where LPIPS looks.
struct FeatureNetwork: Sendable {
  /// A step of the network.
  private enum Step: Sendable {
    case convolution(FrozenConvolution)
    case pool(Int)
    case tap
  }

  private let steps: [Step]

  /// AlexNet without its classifier; taps after every ReLU.
  static func alex(_ weights: NamedWeights) throws(PerceptionError) -> FeatureNetwork {
    let layers: [(kernel: Int, stride: Int, padding: Int, channels: Int, poolsBefore: Bool)] = [
      (11, 4, 2, 64, false), (5, 1, 2, 192, true), (3, 1, 1, 384, true), (3, 1, 1, 256, false),
      (3, 1, 1, 256, false),
    ]
    var steps: [Step] = []
    var (channels, side) = (3, 128)
    for (index, layer) in layers.enumerated() {
      if layer.poolsBefore {
        steps.append(.pool(3))
        side = (side - 3) / 2 + 1
      }
      let name = "AlexNet_0.Conv_\(index)"
      steps.append(
        .convolution(
          try convolution(
            weights, name, kernel: layer.kernel, from: channels, to: layer.channels,
            stride: layer.stride, padding: layer.padding, side: side)))
      steps.append(.tap)
      side = (side + 2 * layer.padding - layer.kernel) / layer.stride + 1
      channels = layer.channels
    }
    return FeatureNetwork(steps: steps)
  }

  /// VGG16 without its classifier; a tap at the end of each of the five stages.
  static func vgg(_ weights: NamedWeights) throws(PerceptionError) -> FeatureNetwork {
    var steps: [Step] = []
    var (number, channels, side) = (0, 3, 128)
    for (stage, (count, width)) in [(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)].enumerated() {
      if stage > 0 {
        steps.append(.pool(2))
        side /= 2
      }
      for _ in 0..<count {
        steps.append(
          .convolution(
            try convolution(
              weights, "VGG16_0.Conv_\(number)", kernel: 3, from: channels, to: width, stride: 1,
              padding: 1, side: side)))
        (number, channels) = (number + 1, width)
      }
      steps.append(.tap)
    }
    return FeatureNetwork(steps: steps)
  }

  /// The published kernel [height, width, in, out] and bias, with ReLU.
  private static func convolution(
    _ weights: NamedWeights, _ name: String, kernel: Int, from: Int, to: Int, stride: Int,
    padding: Int, side: Int
  ) throws(PerceptionError) -> FrozenConvolution {
    FrozenConvolution(
      weight: try weights("\(name).kernel", [kernel, kernel, from, to]).permute([3, 2, 0, 1]),
      bias: try weights("\(name).bias", [to]), stride: [stride, stride],
      padding: [padding, padding], relu: true, inputShape: [16, from, side, side])
  }

  /// Calls `body` with the features of every tap, from the first on, and forgets them afterwards.
  func eachTap(_ x: Tensor, _ body: (Int, Tensor) -> Void) {
    var (x, tap) = (x, 0)
    for step in steps {
      switch step {
      case .convolution(let layer): x = layer(x)
      case .pool(let kernel): x = x.maxPool([kernel, kernel], stride: [2, 2])
      case .tap:
        body(tap, x)
        tap += 1
      }
    }
  }
}
