import Tensors
import Videos

/// A frozen video autoencoder and a diffusion transformer over its latents: the paper's model.
public struct LatentDiffusionModel: WorldModel {
  /// Between pixels and latents.
  public let autoencoder: any LatentCodec
  /// The transformer.
  public let transformer: VideoDiT
  /// What the transformer was trained to do.
  public let diffusion: Diffusion
  /// How continuations are drawn.
  public var sampler: Sampler
  /// A short name for tables.
  public var name = "diffusion"

  /// Joins the parts.
  /// - Throws: `ModelError` when the transformer's latents are not the autoencoder's.
  public init(
    autoencoder: any LatentCodec, transformer: VideoDiT, diffusion: Diffusion, sampler: Sampler
  ) throws {
    try diffusion.validate()
    try sampler.validate()
    let t = transformer.configuration
    let expected = try autoencoder.layout.latentShape(
      frames: autoencoder.layout.frames(ofSteps: t.time))
    guard expected == t.latentShape else {
      throw ModelError.latentShape(found: t.latentShape, expected: expected)
    }
    self.autoencoder = autoencoder
    self.transformer = transformer
    self.diffusion = diffusion
    self.sampler = sampler
  }

  /// Frames of the condition: whole latent steps.
  public var conditionFrames: Int {
    autoencoder.layout.frames(ofSteps: transformer.configuration.conditionSteps)
  }

  /// The longest video the transformer can make.
  public var maximumFrames: Int {
    autoencoder.layout.frames(ofSteps: transformer.configuration.time)
  }

  /// Encodes the condition, samples the latents of what follows, decodes them.
  public func continuation(of condition: [Video], frames: Int) throws -> [Video] {
    try continuation(of: condition, frames: frames, numbered: Array(condition.indices))
  }

  /// The same with a number for each video: its starting noise depends on nothing else.
  ///
  /// - Precondition: there are as many numbers as videos.
  ///
  /// - Parameter told: what a model that is told more than frames is told about the videos' scenes.
  public func continuation(
    of condition: [Video], frames: Int, numbered numbers: [Int], told: SceneCondition? = nil
  ) throws -> [Video] {
    precondition(numbers.count == condition.count, "\(numbers.count) numbers for the videos")
    guard !condition.isEmpty else { return [] }
    try checkLengths(condition, frames: frames, atMost: maximumFrames)
    return try stride(from: 0, to: condition.count, by: sampler.batch).flatMap { start in
      let range = start..<min(start + sampler.batch, condition.count)
      let part = Array(condition[range])
      let latents = try sampler.sample(
        transformer, diffusion, condition: try conditionLatents(part),
        numbered: Array(numbers[range]),
        told: told?.narrow(start: range.lowerBound, length: range.count))
      return zip(part, try autoencoder.decodeVideos(latents)).map {
        joined($0, $1, frames: frames)
      }
    }
  }

  /// Latents [B, time, …] whose given steps hold the condition and whose others are zero.
  func conditionLatents(_ condition: [Video]) throws -> Tensor {
    let latents = try autoencoder.encode(condition.map { $0.prefix(frames: conditionFrames) })
    let t = transformer.configuration
    return .cat(
      [
        latents,
        .zeros([condition.count, t.time - t.conditionSteps, t.height, t.breadth, t.channels]),
      ], 1)
  }
}

/// The autoencoder's round trip of the truth: what a perfect prediction of latents would show.
public struct Reconstruction: WorldModel {
  /// The autoencoder whose floor this is.
  public let autoencoder: any LatentCodec
  /// A short name for tables.
  public var name = "autoencoder"
  /// No frame is passed through untouched.
  public var conditionFrames: Int { 0 }

  /// The floor of `autoencoder`.
  public init(_ autoencoder: any LatentCodec) { self.autoencoder = autoencoder }

  /// Encodes and decodes the whole videos: `condition` must hold all `frames` of the truth.
  ///
  /// Lengths that the autoencoder cannot take are padded with the last frame and cut afterwards.
  public func continuation(of condition: [Video], frames: Int) throws -> [Video] {
    try checkLengths(condition, frames: frames)
    let padding = autoencoder.layout.fittingFrames(frames) - frames
    let atOnce = max(autoencoder.framesAtOnce / (frames + padding), 1)
    return try stride(from: 0, to: condition.count, by: atOnce).flatMap { start in
      let part = try condition[start..<min(start + atOnce, condition.count)].map { video in
        guard video.frames >= frames else {
          throw ModelError.frameCount(
            found: video.frames, remedy: "a reconstruction of \(frames) frames needs them all")
        }
        return video.selecting((0..<frames + padding).map { min($0, frames - 1) })
      }
      return try autoencoder.decodeVideos(autoencoder.encode(part)).map {
        $0.prefix(frames: frames)
      }
    }
  }
}
