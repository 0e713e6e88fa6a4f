import Tensors

/// How a layer's weights begin.
public enum Initialisation: Sendable {
  /// Uniform in ±1/√(inputs), as PyTorch's layers do.
  case standard
  /// Zeros: the layer is silent until it has learned something.
  case zero
}

/// `y = x Wᵀ + b` over the last dimension.
public struct Linear {
  /// [outputs, inputs].
  public let weight: Tensor
  /// [outputs].
  public let bias: Tensor

  /// Draws the weights from `stream` (nothing is drawn for `zero`).
  public init(
    _ inputs: Int, _ outputs: Int, _ initialisation: Initialisation = .standard,
    from stream: RandomStream
  ) {
    weight = initialised([outputs, inputs], fanIn: inputs, initialisation, stream)
    bias = initialised([outputs], fanIn: inputs, initialisation, stream)
  }

  /// [..., inputs] → [..., outputs].
  public func callAsFunction(_ x: Tensor) -> Tensor { x.linear(weight, bias) }

  /// `weight` and `bias`.
  public var parameters: Parameters {
    var list = Parameters()
    list.append("weight", weight)
    list.append("bias", bias)
    return list
  }
}

/// A two-dimensional convolution with bias.
public struct Convolution {
  /// [outputs, inputs, kernel, kernel].
  public let weight: Tensor
  /// [outputs].
  public let bias: Tensor
  let stride: Int
  let padding: Int

  /// A square kernel; padding keeps the size when the stride is 1 and is zero for patch kernels.
  public init(
    _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int = 1,
    _ initialisation: Initialisation = .standard, from stream: RandomStream
  ) {
    let fanIn = inputs * kernel * kernel
    weight = initialised([outputs, inputs, kernel, kernel], fanIn: fanIn, initialisation, stream)
    bias = initialised([outputs], fanIn: fanIn, initialisation, stream)
    self.stride = stride
    padding = kernel == stride ? 0 : kernel / 2
  }

  /// [B, inputs, H, W] → [B, outputs, H/stride, W/stride].
  public func callAsFunction(_ x: Tensor) -> Tensor {
    x.conv2d(weight, bias, stride: stride, padding: padding)
  }

  /// The same, with no gradient for the weights.
  package func frozen(_ x: Tensor) -> Tensor {
    x.conv2d(weight.detached(), bias.detached(), stride: stride, padding: padding)
  }

  /// `weight` and `bias`.
  public var parameters: Parameters {
    var list = Parameters()
    list.append("weight", weight)
    list.append("bias", bias)
    return list
  }
}

private func initialised(
  _ shape: [Int], fanIn: Int, _ initialisation: Initialisation, _ stream: RandomStream
) -> Tensor {
  switch initialisation {
  case .zero: return .zeros(shape)
  case .standard:
    let bound = 1 / Double(max(fanIn, 1)).squareRoot()
    return (stream.uniform(shape) * 2 - 1) * bound
  }
}
