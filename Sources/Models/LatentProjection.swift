import Tensors

/// Whitening of consecutive frame latents: one affine map into few channels of equal variance, and back.
///
/// Fitted once, after the frame autoencoder is trained, by principal components over a broad population.
/// Equal variances matter: diffusion spends its capacity where the variance is.
public struct LatentProjection {
  /// [inputs]: the population's mean.
  public let mean: Tensor
  /// [inputs, channels].
  public let encode: Tensor
  /// [channels, inputs].
  public let decode: Tensor
  /// [channels]: the share of the population's variance that each channel holds, descending.
  public let shares: Tensor

  /// A projection that drops all but the first channels; replaced by `fit` or by loading.
  public init(inputs: Int, channels: Int) {
    mean = .zeros([inputs])
    var diagonal = [Float](repeating: 0, count: inputs * channels)
    for channel in 0..<channels { diagonal[channel * channels + channel] = 1 }
    encode = Tensor(diagonal, [inputs, channels])
    decode = encode.transpose(0, 1).contiguous()
    shares = .full([channels], 1 / Double(inputs))
  }

  private init(mean: Tensor, encode: Tensor, decode: Tensor, shares: Tensor) {
    (self.mean, self.encode, self.decode, self.shares) = (mean, encode, decode, shares)
  }

  /// Principal components of `population` [rows, inputs], rows > 1.
  ///
  /// Every input is first brought to unit variance (inputs that hardly vary are left small), then rotated
  /// to its principal axes; the strongest `channels` are kept and scaled by the power `whitening` of
  /// their deviation, so that with 1 each has unit variance and with 0 only their mean variance is 1.
  public static func fit(
    _ population: Tensor, channels: Int, whitening: Double
  ) -> LatentProjection {
    Torch.noGrad {
      let rows = Double(population.shape[0])
      let wide = population.to(.float64)
      let mean = wide.mean([0], keepDims: true)
      let centred = wide - mean
      let deviation = (centred.square().mean([0], keepDims: true)).sqrt().clamp(min: 0.05)
      let standard = centred / deviation
      let (values, vectors) = (standard.transpose(0, 1).matmul(standard) * (1 / rows)).eigh()
      let total = values.sum().item()
      // eigh sorts ascending.
      let kept = values.flip(0).narrow(0, start: 0, length: channels)
      let strongest = kept.narrow(0, start: 0, length: 1).item()
      let floored = kept.clamp(min: max(strongest * 1e-6, 1e-12))
      let axes = vectors.flip(1).narrow(1, start: 0, length: channels)
      var scale = (floored * (1 / max(strongest, 1e-12))).pow(whitening / 2)
      scale = scale * (floored / scale.square()).mean().item().squareRoot()
      let row = scale.view([1, channels])
      let inward = (axes / row) / deviation.transpose(0, 1)
      let outward = (axes * row).transpose(0, 1) * deviation
      return LatentProjection(
        mean: mean.view([-1]).to(.float32), encode: inward.to(.float32).contiguous(),
        decode: outward.to(.float32).contiguous(), shares: (kept * (1 / total)).to(.float32))
    }
  }

  /// The share of the population's variance that the channels keep together, 0...1.
  public var keptVariance: Double { shares.sum().item() }

  /// [..., inputs] → [..., channels].
  public func project(_ x: Tensor) -> Tensor { (x - mean).matmul(encode) }

  /// [..., channels] → [..., inputs].
  public func restore(_ z: Tensor) -> Tensor { z.matmul(decode) + mean }

  /// Names for storing: `mean`, `encode`, `decode`, `shares`.
  public var parameters: Parameters {
    var list = Parameters()
    list.append("mean", mean)
    list.append("encode", encode)
    list.append("decode", decode)
    list.append("shares", shares)
    return list
  }
}
