import Foundation
import Models
import Tensors
import Testing

@Suite struct SamplerTests {
  func sampler(steps: Int, shift: Double = 1, solver: Solver = .ddim) -> Sampler {
    var sampler = Sampler()
    sampler.steps = steps
    sampler.solver = solver
    sampler.shift = shift
    return sampler
  }

  @Test(arguments: NoisePath.allCases, Solver.allCases)
  func aKnownAnswerIsReachedInAnyNumberOfSteps(_ path: NoisePath, _ solver: Solver) {
    var diffusion = Diffusion()
    diffusion.path = path
    let truth = RandomStream(seed: 4).normal([3, 5])
    for steps in [1, 2, 9] {
      var evaluations = 0
      let found = sampler(steps: steps, solver: solver).run(
        diffusion, noise: RandomStream(seed: 5).normal([3, 5])
      ) { _, _ in
        evaluations += 1
        return truth
      }
      #expect(largestDifference(found, truth) == 0)
      #expect(evaluations == solver.evaluations(steps: steps))
    }
  }

  /// For data of mean m and deviation d the best guess of the clean latent is known, and the flow
  /// carries noise e to m + d·e exactly.
  private func distanceFromTheFlow(_ diffusion: Diffusion, _ solver: Solver, steps: Int) -> Double {
    let (mean, deviation) = (1.5, 0.4)
    let noise = RandomStream(seed: 6).normal([64])
    let found = sampler(steps: steps, solver: solver).run(diffusion, noise: noise) { z, time in
      let (a, s) = diffusion.coefficients(time)
      let gain = a * deviation * deviation / (a * a * deviation * deviation + s * s)
      let clean = (z - a * mean) * gain + mean
      let e = (z - clean * a) * (1 / max(s, 1e-9))
      return diffusion.prediction.target(
        clean: clean, noise: e, level: NoiseLevel(diffusion, times: [time], rank: 1))
    }
    return largestDifference(found, noise * deviation + mean)
  }

  @Test(arguments: NoisePath.allCases, Prediction.allCases)
  func aGaussianIsSampledExactly(_ path: NoisePath, _ prediction: Prediction) {
    var diffusion = Diffusion()
    diffusion.path = path
    diffusion.prediction = prediction
    for solver in Solver.allCases {
      // Noise prediction cannot be told apart from the mean at pure noise: there the first step
      // guesses.
      let tolerance = prediction == .noise ? 0.2 : 0.02
      #expect(distanceFromTheFlow(diffusion, solver, steps: 400) < tolerance, "\(solver)")
    }
  }

  /// Twice the steps: half the error at first order, a quarter at second.
  @Test(arguments: [NoisePath.rectified, .cosine], Solver.allCases)
  func solversHaveTheirOrder(_ path: NoisePath, _ solver: Solver) {
    var diffusion = Diffusion()
    diffusion.path = path
    diffusion.prediction = .velocity
    // Without its step from pure noise, over which nothing can be carried on, the last one needs
    // many steps to show its order.
    let steps = solver == .dpmSolver ? 160 : 20
    let few = distanceFromTheFlow(diffusion, solver, steps: steps)
    let many = distanceFromTheFlow(diffusion, solver, steps: 2 * steps)
    let order = log2(few / many)
    #expect(order > ([.heun, .dpmSolver].contains(solver) ? 1.5 : 0.8), "\(few) \(many)")
  }

  @Test func onTheStraightPathEulerIsDDIM() {
    let (ddim, euler) = (
      distanceFromTheFlow(Diffusion(), .ddim, steps: 7),
      distanceFromTheFlow(Diffusion(), .euler, steps: 7)
    )
    #expect(abs(ddim - euler) < 1e-5)
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
