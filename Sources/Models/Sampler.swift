import Tensors

/// Deterministic few-step sampling.
///
/// Each sample's starting noise is a pure function of (seed, its index), so batch sizes change nothing
/// but rounding.
public struct Sampler: Codable, Hashable, Sendable {
  /// Steps from noise to data; see ``Solver/evaluations(steps:)``.
  public var steps = 8
  /// How a step is taken.
  public var solver = Solver.ddim
  /// Pushes the times of the steps towards noise, as `Diffusion.shift` does in training.
  public var shift = 15.0
  /// Where the noise comes from.
  public var seed: UInt64 = 0
  /// Samples computed at once; bounds the memory.
  public var batch = 64
  /// The network's arithmetic; `float32` when nil.
  public var precision: Precision?

  /// Eight steps, spaced as the laptop trains.
  public init() {}

  /// Checks the numbers.
  /// - Throws: `ModelError.configuration`.
  public func validate() throws {
    for (field, value) in [("steps", steps), ("batch", batch)] where value < 1 {
      throw ModelError.configuration(field: field, value: "\(value)", remedy: "must be at least 1")
    }
    guard shift > 0, shift.isFinite else {
      throw ModelError.configuration(
        field: "shift", value: "\(shift)", remedy: "must be positive; 1 spaces the steps evenly")
    }
  }

  /// The `steps + 1` times from 1 (noise) to 0 (clean).
  public var times: [Double] {
    (0...steps).map { Diffusion.shifted(1 - Double($0) / Double(steps), by: shift) }
  }

  /// Starting noise of samples `indices`, [count] + shape.
  public func noise(_ indices: some Collection<Int>, shape: [Int]) -> Tensor {
    .stack(
      indices.map { RandomStream(seed: seed, index: UInt64($0)).normal(shape, device: .cpu) }
    ).to(.standard)
  }

  /// Carries noise to clean latents.
  ///
  /// - Parameters:
  ///   - noise: [B, …].
  ///   - answer: the network's prediction for a noisy latent at one time for all.
  /// - Returns: the clean latents that the last prediction implies.
  public func run(
    _ diffusion: Diffusion, noise: Tensor, answer: (_ z: Tensor, _ time: Double) -> Tensor
  ) -> Tensor {
    Torch.noGrad {
      let rank = noise.rank
      return solver.carry(noise, through: times, of: diffusion) { z, time in
        let level = NoiseLevel(diffusion, times: [time], rank: rank)
        return diffusion.prediction.clean(from: answer(z, time), at: z, level: level)
      }
    }
  }

  /// Samples continuations of given latents.
  ///
  /// - Parameters:
  ///   - condition: [B, time, height, breadth, channels]; the first `conditionSteps` steps are given.
  ///   - numbers: the number of each sample, which chooses its noise; 0, 1, … for nil.
  /// - Returns: latents of the same shape, whose given steps are the condition's.
  public func sample(
    _ model: VideoDiT, _ diffusion: Diffusion, condition: Tensor, numbered numbers: [Int]? = nil
  ) -> Tensor {
    let numbers = numbers ?? Array(0..<condition.shape[0])
    precondition(numbers.count == condition.shape[0], "\(numbers.count) numbers for the samples")
    // One scope around all steps: the weights are rounded once.
    return (precision ?? .float32) { continuations(model, diffusion, condition, numbers, nil) }
  }

  /// The same for a model that is told about the scenes.
  ///
  /// - Throws: `ModelError.condition` where what is told is not what the model was built for.
  public func sample(
    _ model: VideoDiT, _ diffusion: Diffusion, condition: Tensor, numbered numbers: [Int],
    told: SceneCondition?
  ) throws -> Tensor {
    precondition(numbers.count == condition.shape[0], "\(numbers.count) numbers for the samples")
    return try (precision ?? .float32) {
      let context = try Torch.noGrad { try model.context(told) }
      return continuations(model, diffusion, condition, numbers, context)
    }
  }

  private func continuations(
    _ model: VideoDiT, _ diffusion: Diffusion, _ condition: Tensor, _ numbers: [Int],
    _ context: VideoDiT.Context?
  ) -> Tensor {
    let count = condition.shape[0]
    let given = model.configuration.conditionSteps
    let later = model.configuration.time - given
    // Once per time for all samples and blocks.
    let modulations = Torch.noGrad {
      Dictionary(
        uniqueKeysWithValues: times.dropLast().map {
          ($0, model.modulation(Tensor([Float($0)], [1])))
        })
    }
    let parts = stride(from: 0, to: count, by: batch).map { start in
      let end = min(start + batch, count)
      let part = condition.narrow(0, start: start, length: end - start)
      let noise = noise(numbers[start..<end], shape: model.configuration.latentShape)
      let clean = run(diffusion, noise: noise) { z, time in
        guard let modulation = modulations[time] else {
          preconditionFailure("the solver asks for time \(time), which is none of the sampler's")
        }
        return model(
          z, condition: part, modulation: modulation,
          context: context?.narrow(start: start, length: end - start))
      }
      guard given > 0 else { return clean }
      return Tensor.cat(
        [part.narrow(1, start: 0, length: given), clean.narrow(1, start: given, length: later)], 1)
    }
    return parts.count == 1 ? parts[0] : .cat(parts)
  }
}
