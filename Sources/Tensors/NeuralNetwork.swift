import CTorch

extension Tensor {
  /// `x Wᵀ + b`: `self` [..., in], `weight` [out, in], `bias` [out].
  public func linear(_ weight: Tensor, _ bias: Tensor? = nil) -> Tensor {
    withExtendedLifetime(bias) {
      apply(weight) { ct_linear($0, $1, bias?.handle) }
    }
  }

  /// One-dimensional convolution: `self` [batch, in, length], `weight` [out, in, width], `bias` [out].
  public func conv1d(
    _ weight: Tensor, _ bias: Tensor? = nil, stride: Int = 1, padding: Int = 0
  ) -> Tensor {
    withExtendedLifetime(bias) {
      apply(weight) { ct_conv1d($0, $1, bias?.handle, stride, padding) }
    }
  }

  /// Two-dimensional convolution: `self` [batch, in, height, width], `weight` [out, in, h, w].
  public func conv2d(
    _ weight: Tensor, _ bias: Tensor? = nil, stride: Int = 1, padding: Int = 0
  ) -> Tensor {
    withExtendedLifetime(bias) {
      apply(weight) { ct_conv2d($0, $1, bias?.handle, stride, padding) }
    }
  }

  /// [batch, c r², height, width] to [batch, c, height r, width r].
  public func pixelShuffle(_ factor: Int) -> Tensor { apply { ct_pixel_shuffle($0, factor) } }

  /// Zero mean and unit variance over the last dimension, then optional `weight` and `bias`.
  public func layerNorm(
    eps: Double = 1e-6, weight: Tensor? = nil, bias: Tensor? = nil
  ) -> Tensor {
    withExtendedLifetime((weight, bias)) {
      apply { ct_layer_norm($0, weight?.handle, bias?.handle, eps) }
    }
  }

  /// Unit root mean square over the last dimension, without weights.
  public func rmsNorm(eps: Double = 1e-6) -> Tensor { apply { ct_rms_norm($0, eps) } }

  /// `softmax(q kᵀ / √size) v`; each [batch, heads, tokens, size].
  public static func attention(_ q: Tensor, _ k: Tensor, _ v: Tensor) -> Tensor {
    q.apply(k, v, named: "attention", ct_attention)
  }

  /// Mean squared difference of two tensors of one shape.
  public static func mse(_ a: Tensor, _ b: Tensor) -> Tensor {
    a.apply(b, named: "mse", ct_mse_loss)
  }
}
