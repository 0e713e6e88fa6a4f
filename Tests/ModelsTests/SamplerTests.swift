import Models
import Tensors
import Testing

@Suite struct SamplerTests {
  func sampler(steps: Int, shift: Double = 1) -> Sampler {
    var sampler = Sampler()
    sampler.steps = steps
    sampler.shift = shift
    return sampler
  }

  @Test(arguments: [1, 2, 9], NoisePath.allCases)
  func aKnownAnswerIsReachedInAnyNumberOfSteps(_ steps: Int, _ path: NoisePath) {
    var diffusion = Diffusion()
    diffusion.path = path
    let truth = RandomStream(seed: 4).normal([3, 5])
    let found = sampler(steps: steps).run(
      diffusion, noise: RandomStream(seed: 5).normal([3, 5])
    ) { _, _ in truth }
    #expect(largestDifference(found, truth) == 0)
  }

  /// For data of mean m and deviation d the best guess of the clean latent is known, and the flow carries
  /// noise e to m + d·e exactly.
  @Test(arguments: NoisePath.allCases, Prediction.allCases)
  func aGaussianIsSampledExactly(_ path: NoisePath, _ prediction: Prediction) {
    var diffusion = Diffusion()
    diffusion.path = path
    diffusion.prediction = prediction
    let (mean, deviation) = (1.5, 0.4)
    let noise = RandomStream(seed: 6).normal([64])
    let found = sampler(steps: 400).run(diffusion, noise: noise) { z, time in
      let (a, s) = diffusion.coefficients(time)
      let gain = a * deviation * deviation / (a * a * deviation * deviation + s * s)
      let clean = (z - a * mean) * gain + mean
      let e = (z - clean * a) * (1 / max(s, 1e-9))
      return prediction.target(
        clean: clean, noise: e, level: NoiseLevel(diffusion, times: [time], rank: 1))
    }
    // Noise prediction cannot be told apart from the mean at pure noise: there the first step guesses.
    let tolerance = prediction == .noise ? 0.2 : 0.02
    #expect(largestDifference(found, noise * deviation + mean) < tolerance)
  }

  @Test(arguments: [1.0, 15])
  func timesFallFromOneToZero(_ shift: Double) {
    let times = sampler(steps: 8, shift: shift).times
    #expect(times.count == 9)
    #expect(times.first == 1)
    #expect(times.last == 0)
    #expect(zip(times, times.dropFirst()).allSatisfy { $0 > $1 })
  }

  @Test func samplesFollowTheSeedAndNotTheBatch() throws {
    let configuration = tinyTransformer()
    let model = try VideoDiT(configuration, seed: 1)
    randomise(model.parameters, seed: 2, scale: 0.2)
    let condition = RandomStream(seed: 3).normal([5] + configuration.latentShape)
    var sampler = sampler(steps: 3)
    let whole = sampler.sample(model, Diffusion(), condition: condition)
    #expect(largestDifference(whole, sampler.sample(model, Diffusion(), condition: condition)) == 0)
    sampler.batch = 2
    let parts = sampler.sample(model, Diffusion(), condition: condition)
    #expect(largestDifference(whole, parts) < 1e-4)
    // The given steps are the condition's.
    let given = condition.narrow(1, start: 0, length: 1)
    #expect(largestDifference(whole.narrow(1, start: 0, length: 1), given) == 0)
    sampler.seed = 1
    let other = sampler.sample(model, Diffusion(), condition: condition)
    #expect(largestDifference(whole, other) > 1e-3)
  }

  @Test func impossibleNumbersAreRefused() {
    #expect(throws: ModelError.self) { try sampler(steps: 0).validate() }
    #expect(throws: ModelError.self) { try sampler(steps: 1, shift: -1).validate() }
    #expect(throws: Never.self) { try sampler(steps: 1).validate() }
  }
}
