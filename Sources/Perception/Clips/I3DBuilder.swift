import Tensors

/// Puts the layers of I3D together from its published weights.
struct I3DBuilder {
  private let weights: NamedWeights
  /// Channels and size of what the next layer gets, for a clip of 16 frames.
  private var channels = 3
  private var size = [16, I3D.side, I3D.side]

  init(_ weights: NamedWeights) { self.weights = weights }

  /// Everything up to the last average.
  mutating func layers() throws(PerceptionError) -> [I3D.Layer] {
    var layers: [I3D.Layer] = []
    layers.append(try unit("Conv3d_1a_7x7", to: 64, kernel: 7, stride: 2))
    layers.append(pool([1, 3, 3], [1, 2, 2]))
    layers.append(try unit("Conv3d_2b_1x1", to: 64))
    layers.append(try unit("Conv3d_2c_3x3", to: 192, kernel: 3))
    layers.append(pool([1, 3, 3], [1, 2, 2]))
    layers.append(try mixed("3b", [64, 96, 128, 16, 32, 32]))
    layers.append(try mixed("3c", [128, 128, 192, 32, 96, 64]))
    layers.append(pool([3, 3, 3], [2, 2, 2]))
    layers.append(try mixed("4b", [192, 96, 208, 16, 48, 64]))
    layers.append(try mixed("4c", [160, 112, 224, 24, 64, 64]))
    layers.append(try mixed("4d", [128, 128, 256, 24, 64, 64]))
    layers.append(try mixed("4e", [112, 144, 288, 32, 64, 64]))
    layers.append(try mixed("4f", [256, 160, 320, 32, 128, 128]))
    layers.append(pool([2, 2, 2], [2, 2, 2]))
    layers.append(try mixed("5b", [256, 160, 320, 32, 128, 128]))
    layers.append(try mixed("5c", [384, 192, 384, 48, 128, 128]))
    return layers
  }

  private mutating func pool(_ kernel: [Int], _ stride: [Int]) -> I3D.Layer {
    size = zip(size, stride).map { ($0 + $1 - 1) / $1 }
    return .pool(kernel: kernel, stride: stride)
  }

  /// Convolution, normalisation by stored statistics and ReLU, folded into one convolution.
  private mutating func unit(
    _ name: String, to count: Int, kernel: Int = 1, stride: Int = 1
  ) throws(PerceptionError) -> I3D.Layer {
    let kernels = try weights(
      "params.\(name).Conv_0.kernel", [kernel, kernel, kernel, channels, count])
    let bias = try weights("params.\(name).BatchNorm_0.bias", [count])
    let statistics = "batch_stats.\(name).BatchNorm_0"
    let mean = try weights("\(statistics).mean", [1, 1, 1, 1, count]).reshape([count])
    let variance = try weights("\(statistics).var", [1, 1, 1, 1, count]).reshape([count])
    let factor = (variance + 1e-3).rsqrt()
    // With stride 1 "SAME" is symmetric, and the convolution's own padding does it.
    let padding = stride == 1 ? kernel / 2 : 0
    let usual = stride == 1 ? size : size.map { $0 + I3D.missing($0, kernel, stride) }
    let convolution = FrozenConvolution(
      weight: (kernels * factor).permute([4, 3, 0, 1, 2]), bias: bias - mean * factor,
      stride: [stride, stride, stride], padding: [padding, padding, padding], relu: true,
      inputShape: [1, channels] + usual)
    size = size.map { ($0 + stride - 1) / stride }
    channels = count
    return stride == 1
      ? .convolution(convolution)
      : .paddedConvolution(convolution, kernel: kernel, stride: stride)
  }

  /// Four branches: 1×1; 1×1 then 3×3; the same, narrower; pooling then 1×1.
  private mutating func mixed(
    _ name: String, _ widths: [Int]
  ) throws(PerceptionError) -> I3D.Layer {
    let input = channels
    func branch(
      _ self: inout I3DBuilder, _ number: Int, _ parts: [(String, Int, Int)]
    ) throws(PerceptionError) -> [I3D.Layer] {
      self.channels = input
      var layers: [I3D.Layer] = []
      for (part, width, kernel) in parts {
        layers.append(
          try self.unit("Mixed_\(name).Branch_\(number)/\(part)", to: width, kernel: kernel))
      }
      return layers
    }
    let branches = [
      try branch(&self, 0, [("Conv3d_0a_1x1", widths[0], 1)]),
      try branch(&self, 1, [("Conv3d_0a_1x1", widths[1], 1), ("Conv3d_0b_3x3", widths[2], 3)]),
      try branch(&self, 2, [("Conv3d_0a_1x1", widths[3], 1), ("Conv3d_0b_3x3", widths[4], 3)]),
      [.pool(kernel: [3, 3, 3], stride: [1, 1, 1])]
        + (try branch(&self, 3, [("Conv3d_0b_1x1", widths[5], 1)])),
    ]
    channels = widths[0] + widths[2] + widths[4] + widths[5]
    return .mixed(I3D.Mixed(branches: branches))
  }
}
