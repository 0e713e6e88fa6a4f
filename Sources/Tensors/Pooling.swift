import CTorch

// Pictures are [batch, channels, height, width], films [batch, channels, frames, height, width]. A window
// has one length per dimension that it goes over: two for pictures, three for films.
extension Tensor {
  /// The greatest element of every window; places outside never win.
  ///
  /// - Parameters:
  ///   - kernel: Lengths of the window.
  ///   - stride: Steps of the window.
  ///   - padding: Places before and after the picture, at most half a window.
  ///   - ceil: Whether a last window that hangs over the end counts.
  public func maxPool(
    _ kernel: [Int], stride: [Int], padding: [Int]? = nil, ceil: Bool = false
  ) -> Tensor {
    let padding = padding ?? kernel.map { _ in 0 }
    guard stride.count == kernel.count, padding.count == kernel.count else {
      stop("maxPool", "window \(kernel), stride \(stride) and padding \(padding) differ in length")
    }
    return apply { ct_max_pool($0, kernel, stride, padding, kernel.count, ceil) }
  }

  /// The mean of every window that lies wholly inside.
  public func averagePool(_ kernel: [Int], stride: [Int]) -> Tensor {
    guard stride.count == kernel.count else {
      stop("averagePool", "window \(kernel) and stride \(stride) differ in length")
    }
    return apply { ct_avg_pool($0, kernel, stride, kernel.count) }
  }

  /// Zeros around the last dimensions: pairs of before and after, the last dimension first.
  public func padded(_ pads: [Int]) -> Tensor { apply { ct_pad($0, pads, pads.count) } }

  /// Pictures of another size, bilinear between the centres of pixels, without smoothing before: PyTorch's
  /// `interpolate(mode="bilinear", align_corners=False)`. Only floating tensors.
  public func resizedBilinear(height: Int, width: Int) -> Tensor {
    apply { ct_resize_bilinear($0, height, width) }
  }

  /// The same values with the channels of a place side by side in memory, as oneDNN's convolutions like it.
  public func channelsLast() -> Tensor { apply(ct_channels_last) }

  /// The distance that LPIPS takes between feature maps: at every place the vectors of channels are made
  /// unit vectors, their squared differences are weighted per channel and added; the mean over places.
  ///
  /// - Parameters:
  ///   - weight: [channels].
  ///   - self: [2 n, channels, height, width]; map i is compared with map n + i.
  /// - Returns: [n]. One pass over float32 maps with `channelsLast()` on a CPU with AVX2.
  public func featureDistance(weight: Tensor) -> Tensor {
    apply(weight, ct_feature_distance)
  }
}
