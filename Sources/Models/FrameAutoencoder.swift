import Tensors

/// The part of the video autoencoder that sees single frames.
///
/// Encoder: a patch convolution (stride 4), convolutions of stride 2, SiLU between; then either two
/// fully connected layers to one vector, or convolutions to a grid of vectors. The decoder mirrors it
/// with channel-to-space up-sampling. Ink, not paper, is what it draws: pixels enter as 2(1 − value).
/// Where `separatesColors` says so, all of this sees one colour of a frame at a time.
public struct FrameAutoencoder {
  /// What it was built from.
  public let configuration: VideoAutoencoderConfiguration
  private let encoder: [Convolution]
  private let toLatent: [Convolution]
  private let toVector: [Linear]
  private let fromVector: [Linear]
  private let fromLatent: [Convolution]
  private let decoder: [(mix: Convolution, expand: Convolution, factor: Int)]

  /// Draws the weights from the seed.
  /// - Throws: `ModelError.configuration`.
  public init(_ configuration: VideoAutoencoderConfiguration, seed: UInt64) throws {
    try configuration.validate()
    self.configuration = configuration
    let stream = RandomStream(seed: seed)
    let widths = configuration.encoderWidths
    let up = configuration.decoderWidths
    let channels = configuration.frameLatentChannels / configuration.layers
    let painted = configuration.layers == 1 ? 3 : 1
    var inputs = painted
    encoder = widths.enumerated().map { index, width in
      defer { inputs = width }
      return Convolution(
        inputs, width, kernel: index == 0 ? 4 : 3, stride: index == 0 ? 4 : 2, from: stream)
    }
    let cells = configuration.innermostGrid * configuration.innermostGrid
    if configuration.grid == 1 {
      let hidden = configuration.hiddenWidth
      toVector = [
        Linear(inputs * cells, hidden, from: stream), Linear(hidden, channels, from: stream),
      ]
      fromVector = [
        Linear(channels, hidden, from: stream), Linear(hidden, up[0] * cells, from: stream),
      ]
      (toLatent, fromLatent) = ([], [])
    } else {
      toLatent = [
        Convolution(inputs, inputs, kernel: 3, from: stream),
        Convolution(inputs, channels, kernel: 1, from: stream),
      ]
      fromLatent = [Convolution(channels, up[0], kernel: 3, from: stream)]
      (toVector, fromVector) = ([], [])
    }
    decoder = up.enumerated().map { index, width in
      let last = index == up.count - 1
      let factor = last ? 4 : 2
      return (
        Convolution(width, width, kernel: 3, from: stream),
        Convolution(
          width, (last ? painted : up[index + 1]) * factor * factor, kernel: 1, from: stream),
        factor
      )
    }
  }

  /// Ink [N, 3, R, R] in 0...2 → latents [N, grid, grid, channels].
  public func encode(_ ink: Tensor) -> Tensor {
    guard configuration.layers > 1 else { return encodeLayers(ink) }
    let (grid, layers) = (configuration.grid, configuration.layers)
    return encodeLayers(ColorLayers.split(ink)).reshape([ink.size(0), layers, grid, grid, -1])
      .permute([0, 2, 3, 1, 4]).reshape([ink.size(0), grid, grid, -1])
  }

  /// Latents [N, grid, grid, channels] → ink [N, 3, R, R].
  public func decode(_ latents: Tensor) -> Tensor {
    let drawn = decodeLayers(latents)
    return configuration.layers > 1 ? ColorLayers.join(drawn) : drawn
  }

  /// What the network itself sees: ink [N, 3, R, R], or colours [3N, 1, R, R], → latents.
  private func encodeLayers(_ ink: Tensor) -> Tensor {
    var x = ink
    for layer in encoder { x = layer(x).silu() }
    let count = ink.shape[0]
    let grid = configuration.grid
    let channels = configuration.frameLatentChannels / configuration.layers
    if grid == 1 {
      let vector = toVector[1](toVector[0](x.reshape([count, -1])).silu())
      return vector.view([count, 1, 1, channels])
    }
    return toLatent[1](toLatent[0](x).silu()).permute([0, 2, 3, 1])
  }

  /// Latents [N, grid, grid, channels] → what the network draws: ink [N, 3, R, R], or, where colours are coded
  /// apart, those as they were drawn, [3N, 1, R, R]: not yet cut to what there is.
  public func decodeLayers(_ latents: Tensor) -> Tensor {
    let (grid, layers) = (configuration.grid, configuration.layers)
    let channels = configuration.frameLatentChannels / layers
    let latents =
      layers == 1
      ? latents
      : latents.reshape([latents.size(0), grid, grid, layers, channels]).permute([0, 3, 1, 2, 4])
        .reshape([latents.size(0) * layers, grid, grid, channels])
    let count = latents.shape[0]
    var x: Tensor
    if configuration.grid == 1 {
      let inner = configuration.innermostGrid
      let vector = latents.reshape([count, channels])
      x = fromVector[1](fromVector[0](vector).silu()).silu()
        .view([count, configuration.decoderWidths[0], inner, inner])
    } else {
      x = fromLatent[0](latents.permute([0, 3, 1, 2])).silu()
    }
    for (index, stage) in decoder.enumerated() {
      x = stage.expand(stage.mix(x).silu()).pixelShuffle(stage.factor)
      if index < decoder.count - 1 { x = x.silu() }
    }
    return x
  }

  /// All weights: `encoder.0.weight`, `encoder.head.0.weight`, `decoder.stem.0.weight`, …
  public var parameters: Parameters {
    var list = Parameters()
    for (index, layer) in encoder.enumerated() { list.append("encoder.\(index)", layer.parameters) }
    for (index, layer) in toVector.enumerated() {
      list.append("encoder.head.\(index)", layer.parameters)
    }
    for (index, layer) in toLatent.enumerated() {
      list.append("encoder.head.\(index)", layer.parameters)
    }
    for (index, layer) in fromVector.enumerated() {
      list.append("decoder.stem.\(index)", layer.parameters)
    }
    for (index, layer) in fromLatent.enumerated() {
      list.append("decoder.stem.\(index)", layer.parameters)
    }
    for (index, stage) in decoder.enumerated() {
      list.append("decoder.\(index).mix", stage.mix.parameters)
      list.append("decoder.\(index).expand", stage.expand.parameters)
    }
    return list
  }
}

extension FrameAutoencoder {
  /// Bytes [N, R, R, 3] → ink [N, 3, R, R] in 0...2: white is 0.
  public static func ink(_ bytes: Tensor) -> Tensor {
    (bytes.to(.float32) * (-2.0 / 255) + 2).permute([0, 3, 1, 2])
  }

  /// Ink [N, 3, R, R] → bytes [N, R, R, 3], rounded and clamped.
  public static func bytes(_ ink: Tensor) -> Tensor {
    (ink.permute([0, 2, 3, 1]) * (-255.0 / 2) + 255.5).clamp(min: 0, max: 255).to(.uint8)
  }
}
