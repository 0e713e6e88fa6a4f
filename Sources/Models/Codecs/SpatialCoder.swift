import Tensors

/// The networks of a `SpatialAutoencoder`: encoder to mean and log-variance, decoder to ink.
///
/// Pixels of a cell become channels (space to depth), everything else happens on the latent's grid, and the
/// decoder's channels become pixels again. Ink, not paper, is what it draws: 1 − value, so that the zeros
/// around a frame are white.
public struct SpatialCoder {
  /// What it was built from.
  public let configuration: SpatialAutoencoderConfiguration
  private let stem: Convolution
  private let encoder: [ResidualBlock]
  private let encoderTime: CausalLayer?
  private let moments: Convolution
  private let fromLatent: Convolution
  private let decoderTime: CausalLayer?
  private let upsampling: CausalUpsampling?
  private let decoder: [ResidualBlock]
  private let hidden: Convolution
  private let pixels: Convolution

  /// Draws the weights from the seed.
  /// - Throws: `ModelError.configuration`.
  public init(_ configuration: SpatialAutoencoderConfiguration, seed: UInt64) throws {
    try configuration.validate()
    self.configuration = configuration
    let stream = RandomStream(seed: seed)
    let c = configuration
    stem = Convolution(c.cellChannels, c.width, kernel: 3, from: stream)
    encoder = (0..<c.encoderBlocks).map { _ in ResidualBlock(c.width, from: stream) }
    moments = Convolution(c.width, 2 * c.latentChannels, kernel: 1, from: stream)
    fromLatent = Convolution(c.latentChannels, c.width, kernel: 3, from: stream)
    decoder = (0..<c.decoderBlocks).map { _ in ResidualBlock(c.width, from: stream) }
    hidden = Convolution(c.width, c.headWidth, kernel: 1, from: stream)
    pixels = Convolution(c.headWidth, c.cellChannels, kernel: 1, from: stream)
    let (taps, hasTime) = (c.temporalTaps, c.isTemporal)
    encoderTime = hasTime ? CausalLayer(c.width, taps: taps, from: stream) : nil
    decoderTime = hasTime ? CausalLayer(c.width, taps: taps, from: stream) : nil
    upsampling =
      c.temporalFactor == 2 ? CausalUpsampling(c.width, taps: taps, from: stream) : nil
  }

  /// Ink [B · frames, 3, H, W] in 0...1 → mean and log-variance, [B · steps, latentChannels, h, w] each.
  public func encode(_ ink: Tensor, frames: Int = 1) -> (mean: Tensor, logVariance: Tensor) {
    let c = configuration
    let (count, h, w) = (ink.shape[0], ink.shape[2], ink.shape[3])
    let f = c.spatialFactor
    var x = stem(
      ink.reshape([count, 3, h / f, f, w / f, f]).permute([0, 1, 3, 5, 2, 4])
        .reshape([count, c.cellChannels, h / f, w / f]))
    for block in encoder { x = block(x) }
    if let encoderTime { x = encoderTime(x, frames: frames, stride: c.temporalFactor) }
    let both = moments(x.silu())
    return (
      both.narrow(1, start: 0, length: c.latentChannels),
      (both.narrow(1, start: c.latentChannels, length: c.latentChannels) - 5)
        .clamp(min: -14, max: 4)
    )
  }

  /// Latents [B · steps, latentChannels, h, w] → ink [B · frames, 3, H, W], about 0...1.
  public func decode(_ latents: Tensor, steps: Int = 1) -> Tensor {
    var x = fromLatent(latents)
    if let decoderTime { x = decoderTime(x, frames: steps) }
    if let upsampling { x = upsampling(x, steps: steps) }
    for block in decoder { x = block(x) }
    return pixels(hidden(x.silu()).silu()).pixelShuffle(configuration.spatialFactor)
  }

  /// All weights: `encoder.stem.weight`, `encoder.blocks.0.mix.weight`, …
  public var parameters: Parameters {
    var list = Parameters()
    list.append("encoder.stem", stem.parameters)
    for (index, block) in encoder.enumerated() {
      list.append("encoder.blocks.\(index)", block.parameters)
    }
    if let encoderTime { list.append("encoder.time", encoderTime.mix.parameters) }
    list.append("encoder.moments", moments.parameters)
    list.append("decoder.stem", fromLatent.parameters)
    if let decoderTime { list.append("decoder.time", decoderTime.mix.parameters) }
    if let upsampling { list.append("decoder.upsampling", upsampling.expand.parameters) }
    for (index, block) in decoder.enumerated() {
      list.append("decoder.blocks.\(index)", block.parameters)
    }
    list.append("decoder.hidden", hidden.parameters)
    list.append("decoder.pixels", pixels.parameters)
    return list
  }
}

extension SpatialCoder {
  /// Bytes [N, H, W, 3] → ink [N, 3, H, W] in 0...1: white is 0.
  public static func ink(_ bytes: Tensor) -> Tensor {
    (bytes.to(.float32) * (-1.0 / 255) + 1).permute([0, 3, 1, 2])
  }

  /// Ink [N, 3, H, W] → bytes [N, H, W, 3], rounded and clamped.
  public static func bytes(_ ink: Tensor) -> Tensor {
    (ink.permute([0, 2, 3, 1]) * -255 + 255.5).clamp(min: 0, max: 255).to(.uint8)
  }
}
