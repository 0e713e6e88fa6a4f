import Tensors

/// Videos to few whitened channels and back: a frame autoencoder, then a projection over consecutive
/// frames. Trained first, then frozen; the diffusion model only ever sees its latents.
public struct VideoAutoencoder: LatentCodec {
  /// What it was built from.
  public let configuration: VideoAutoencoderConfiguration
  /// The part that sees single frames.
  public let frames: FrameAutoencoder
  /// The whitening over `framesPerLatent` consecutive frames.
  public var projection: LatentProjection
  /// Frames handled at once; bounds the memory, changes nothing else but rounding.
  public var framesAtOnce = 256

  /// Untrained weights drawn from the seed.
  /// - Throws: `ModelError.configuration`.
  public init(_ configuration: VideoAutoencoderConfiguration, seed: UInt64) throws {
    frames = try FrameAutoencoder(configuration, seed: seed)
    self.configuration = configuration
    projection = LatentProjection(
      inputs: configuration.framesPerLatent * configuration.frameLatentChannels,
      channels: configuration.latentChannels)
  }

  /// Sizes and counts.
  public var layout: any LatentLayout { configuration }

  /// All weights: the frame autoencoder's and `projection.…`.
  public var parameters: Parameters {
    var list = frames.parameters
    list.append("projection", projection.parameters)
    return list
  }

  /// Bytes [B, T, R, R, 3] → latents [B, T / framesPerLatent, grid, grid, latentChannels].
  /// - Throws: `ModelError.frameCount`, `.frameSize`.
  public func encode(_ bytes: Tensor) throws -> Tensor {
    _ = try checkedShape(bytes)
    let (shape, size) = (bytes.shape, configuration.resolution)
    return group(frameLatents(bytes.reshape([shape[0] * shape[1], size, size, 3])), shape[0])
  }

  /// Latents [B, time, grid, grid, latentChannels] → bytes [B, T, R, R, 3].
  /// - Throws: `ModelError.latentShape`.
  public func decode(_ latents: Tensor) throws -> Tensor {
    let shape = latents.shape
    let grid = configuration.grid
    guard shape.count == 5, shape[2] == grid, shape[3] == grid,
      shape[4] == configuration.latentChannels
    else {
      throw ModelError.latentShape(
        found: shape,
        expected: [
          shape.first ?? 1, shape.count > 1 ? shape[1] : 1, grid, grid,
          configuration.latentChannels,
        ])
    }
    let perLatent = configuration.framesPerLatent
    let size = configuration.resolution
    let total = shape[0] * shape[1] * perLatent
    return Torch.noGrad {
      let frameLatents = projection.restore(latents)
        .view([shape[0] * shape[1], grid, grid, perLatent, configuration.frameLatentChannels])
        .permute([0, 3, 1, 2, 4]).reshape([total, grid, grid, configuration.frameLatentChannels])
      let parts = chunks(total) { start, length in
        FrameAutoencoder.bytes(frames.decode(frameLatents.narrow(0, start: start, length: length)))
      }
      return (parts.count == 1 ? parts[0] : .cat(parts))
        .view([shape[0], shape[1] * perLatent, size, size, 3])
    }
  }

  /// Latents of single frames, [N, R, R, 3] bytes → [N, grid, grid, frameLatentChannels].
  public func frameLatents(_ bytes: Tensor) -> Tensor {
    Torch.noGrad {
      let total = bytes.shape[0]
      let parts = chunks(total) { start, length in
        frames.encode(FrameAutoencoder.ink(bytes.narrow(0, start: start, length: length)))
      }
      return parts.count == 1 ? parts[0] : .cat(parts)
    }
  }

  /// Latents of single frames of `videos` videos → rows for the projection,
  /// [videos, time, grid, grid, framesPerLatent · frameLatentChannels].
  public func rows(_ frameLatents: Tensor, videos: Int) -> Tensor {
    let shape = frameLatents.shape
    let perLatent = configuration.framesPerLatent
    return
      frameLatents
      .reshape([videos, shape[0] / videos / perLatent, perLatent, shape[1], shape[2], shape[3]])
      .permute([0, 1, 3, 4, 2, 5])
      .reshape([videos, shape[0] / videos / perLatent, shape[1], shape[2], perLatent * shape[3]])
  }

  private func group(_ frameLatents: Tensor, _ videos: Int) -> Tensor {
    Torch.noGrad { projection.project(rows(frameLatents, videos: videos)) }
  }

  /// `body(start, length)` for consecutive pieces of `total` frames, on several threads.
  private func chunks(_ total: Int, _ body: (Int, Int) -> Tensor) -> [Tensor] {
    let starts = Array(stride(from: 0, to: total, by: framesAtOnce))
    return Workers.map(starts.count) { index in
      body(starts[index], min(framesAtOnce, total - starts[index]))
    }
  }
}
