import CTorch

/// A convolution of a network that learns no more, over two or three dimensions.
///
/// On the CPU its weights are laid out once for oneDNN, and ReLU runs in the same pass; inputs are
/// fastest with `channelsLast()`. Elsewhere it is an ordinary convolution. Gradients do not pass.
public struct FrozenConvolution: Sendable {
  private let weight: Tensor
  private let bias: Tensor?
  private let stride: [Int]
  private let padding: [Int]
  private let relu: Bool

  /// Packs the weights.
  ///
  /// - Parameters:
  ///   - weight: [out, in, height, width] or [out, in, frames, height, width], float32.
  ///   - bias: [out].
  ///   - stride: Steps of the window, one per dimension it goes over.
  ///   - padding: Zeros before and after, one number per dimension.
  ///   - relu: Whether what is below 0 becomes 0.
  ///   - inputShape: The shape of a usual input; others work too.
  public init(
    weight: Tensor, bias: Tensor?, stride: [Int], padding: [Int], relu: Bool, inputShape: [Int]
  ) {
    guard stride.count == padding.count else {
      stop("FrozenConvolution", "stride \(stride) and padding \(padding) differ in length")
    }
    self.weight = weight.apply(named: "FrozenConvolution") {
      ct_frozen_weight($0, stride, padding, stride.count, inputShape, inputShape.count)
    }
    self.bias = bias
    self.stride = stride
    self.padding = padding
    self.relu = relu
  }

  /// The convolution of [batch, in, …].
  public func callAsFunction(_ x: Tensor) -> Tensor {
    withExtendedLifetime(bias) {
      x.apply(weight, named: "FrozenConvolution") {
        ct_frozen_convolution($0, $1, bias?.handle, stride, padding, stride.count, relu)
      }
    }
  }
}
