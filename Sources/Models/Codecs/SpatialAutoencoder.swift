import Foundation
import Tensors

/// An image autoencoder on a spatial grid of latents, inflated to (2+1)D: the paper's kind.
///
/// Two-dimensional convolutions inside frames, causal layers over time between them (where the configuration
/// has them). What a latent's channels hold is brought to zero mean and unit variance with two stored vectors;
/// the encoder's variance is used in training only.
public struct SpatialAutoencoder: LatentCodec {
  /// What it was built from.
  public let configuration: SpatialAutoencoderConfiguration
  /// The networks.
  public let coder: SpatialCoder
  /// [latentChannels]: mean and deviation of what the encoder gives, over the training population.
  public private(set) var (mean, deviation): (Tensor, Tensor)
  /// Frames handled at once; bounds the memory, changes nothing else but rounding.
  public var framesAtOnce = 64

  /// Untrained weights drawn from the seed.
  /// - Throws: `ModelError.configuration`.
  public init(_ configuration: SpatialAutoencoderConfiguration, seed: UInt64) throws {
    try self.init(
      SpatialCoder(configuration, seed: seed), mean: .zeros([configuration.latentChannels]),
      deviation: .ones([configuration.latentChannels]))
  }

  /// Joins trained networks and the statistics of their latents.
  public init(_ coder: SpatialCoder, mean: Tensor, deviation: Tensor) throws {
    configuration = coder.configuration
    self.coder = coder
    self.mean = mean
    self.deviation = deviation
  }

  /// Sizes and counts.
  public var layout: any LatentLayout { configuration }

  /// All weights: the networks' and `latent.mean`, `latent.deviation`.
  public var parameters: Parameters {
    var list = coder.parameters
    list.append("latent.mean", mean)
    list.append("latent.deviation", deviation)
    return list
  }

  /// Bytes [B, T, R, R, 3] → latents [B, time, grid, grid, latentChannels].
  /// - Throws: `ModelError.frameCount`, `.frameSize`.
  public func encode(_ bytes: Tensor) throws -> Tensor {
    let (shape, latent) = (bytes.shape, try checkedShape(bytes))
    let (frames, size) = (shape[1], shape[2])
    return Torch.noGrad {
      // Films are independent, and so are frames where nothing looks over time.
      let unit = configuration.isTemporal ? frames : 1
      let flat = bytes.reshape([shape[0] * frames / unit, unit, size, size, 3])
      let parts = chunks(flat.size(0), unit) { start, length in
        let ink = SpatialCoder.ink(
          flat.narrow(0, start: start, length: length)
            .reshape([length * unit, size, size, 3]))
        return (coder.encode(ink, frames: unit).mean.permute([0, 2, 3, 1]) - mean) / deviation
      }
      return (parts.count == 1 ? parts[0] : .cat(parts)).reshape([shape[0]] + latent)
    }
  }

  /// Latents [B, time, grid, grid, latentChannels] → bytes [B, T, R, R, 3].
  /// - Throws: `ModelError.latentShape`.
  public func decode(_ latents: Tensor) throws -> Tensor {
    let (shape, frames) = (latents.shape, try checkedFrames(latents))
    let (steps, size) = (shape[1], configuration.resolution)
    return Torch.noGrad {
      let unit = configuration.isTemporal ? steps : 1
      let flat = latents.reshape([shape[0] * steps / unit, unit] + shape.dropFirst(2))
      let parts = chunks(flat.size(0), configuration.isTemporal ? frames : 1) { start, length in
        let cells = flat.narrow(0, start: start, length: length)
          .reshape([length * unit] + shape.dropFirst(2))
        return SpatialCoder.bytes(
          coder.decode((cells * deviation + mean).permute([0, 3, 1, 2]).contiguous(), steps: unit))
      }
      return (parts.count == 1 ? parts[0] : .cat(parts))
        .reshape([shape[0], frames, size, size, 3])
    }
  }

  /// `body(start, length)` for consecutive pieces of `total` films of `frames` frames, on several threads.
  private func chunks(_ total: Int, _ frames: Int, _ body: (Int, Int) -> Tensor) -> [Tensor] {
    let atOnce = max(framesAtOnce / frames, 1)
    let starts = Array(stride(from: 0, to: total, by: atOnce))
    return Workers.map(starts.count) { index in
      body(starts[index], min(atOnce, total - starts[index]))
    }
  }
}

extension SpatialAutoencoder {
  /// Loads a folder; weights may be stored in half precision.
  /// - Throws: `ModelError` naming the file, tensor or value that does not fit.
  public init(folder: URL) throws {
    let configuration = try ModelFolder.configuration(
      SpatialAutoencoderConfiguration.self, kind: SpatialAutoencoderConfiguration.kind, in: folder)
    try self.init(configuration, seed: 0)
    try ModelFolder.loadBest(parameters, in: folder)
  }

  /// Writes a folder that `init(folder:)` reads back bit for bit.
  public func save(to folder: URL, notes: [String: any Encodable] = [:]) throws {
    try save(to: folder, notes: notes, dtype: .float32)
  }

  /// The same in another precision; bit for bit only for weights that were rounded to it.
  public func save(
    to folder: URL, notes: [String: any Encodable] = [:], dtype: DType
  ) throws {
    var stored = Parameters()
    for (name, tensor) in zip(parameters.names, parameters.tensors) {
      stored.append(name, tensor.detached().to(dtype))
    }
    try ModelFolder.write(
      configuration: configuration, model: stored, ema: nil, notes: notes, to: folder)
  }

  /// A copy whose weights are those that a file of such precision would give back.
  /// - Throws: `ModelError.notFinite` for weights beyond the precision's range.
  public func rounded(to dtype: DType) throws -> SpatialAutoencoder {
    let copy = try SpatialAutoencoder(configuration, seed: 0)
    try copy.parameters.load(
      parameters.byName.mapValues { $0.detached().to(dtype).to(.float32) },
      path: "the weights in \(dtype)")
    return copy
  }
}

extension SpatialAutoencoderConfiguration: LatentLayout {
  /// [time, grid, grid, latentChannels]; the first frame alone, then `temporalFactor` frames a step.
  public func latentShape(frames: Int) throws -> [Int] {
    guard frames > 0, (frames - 1).isMultiple(of: temporalFactor) else {
      throw ModelError.frameCount(
        found: frames,
        remedy: temporalFactor == 1
          ? "use at least 1" : "use an odd number: one frame, then pairs")
    }
    return [(frames - 1) / temporalFactor + 1, grid, grid, latentChannels]
  }

  /// The least number of frames that fits and is not below `frames`.
  public func fittingFrames(_ frames: Int) -> Int {
    let pairs = (max(frames, 1) - 1 + temporalFactor - 1) / temporalFactor
    return pairs * temporalFactor + 1
  }

  /// The frames that so many latent steps decode to.
  public func frames(ofSteps steps: Int) -> Int {
    steps < 1 ? 0 : (steps - 1) * temporalFactor + 1
  }
}
