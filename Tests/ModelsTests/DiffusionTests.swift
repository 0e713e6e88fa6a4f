import Models
import Tensors
import Testing

@Suite struct DiffusionTests {
  @Test(arguments: NoisePath.allCases)
  func pathsBeginCleanAndEndInPureNoise(_ path: NoisePath) {
    var diffusion = Diffusion()
    diffusion.path = path
    #expect(diffusion.coefficients(1).alpha == 0)
    #expect(diffusion.coefficients(1).sigma == 1)
    #expect(diffusion.signalToNoise(1) == 0)
    #expect(diffusion.coefficients(0).alpha > 0.999)
    #expect(diffusion.coefficients(0).sigma < 0.03)
    let ratios = stride(from: 0.0, through: 1, by: 1 / 64).map(diffusion.signalToNoise)
    #expect(zip(ratios, ratios.dropFirst()).allSatisfy { $0 > $1 })
  }

  @Test(arguments: [NoisePath.cosine, .ddpm])
  func variancePreservingPathsPreserveVariance(_ path: NoisePath) {
    var diffusion = Diffusion()
    diffusion.path = path
    for s in stride(from: 0.0, through: 1, by: 0.05) {
      let (alpha, sigma) = diffusion.coefficients(s)
      #expect(abs(alpha * alpha + sigma * sigma - 1) < 1e-12)
    }
  }

  @Test(arguments: [0.2, 1, 3, 15])
  func theShiftKeepsOrderAndEnds(_ shift: Double) {
    let values = (0...100).map { Diffusion.shifted(Double($0) / 100, by: shift) }
    #expect(values.first == 0)
    #expect(values.last == 1)
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 })
    #expect(abs(Diffusion.shifted(0.5, by: shift) - shift / (1 + shift)) < 1e-12)
  }

  @Test(arguments: Prediction.allCases, NoisePath.allCases)
  func everyPredictionGivesBackCleanAndNoise(_ prediction: Prediction, _ path: NoisePath) {
    var diffusion = Diffusion()
    diffusion.path = path
    let stream = RandomStream(seed: 1)
    let (clean, noise) = (stream.normal([4, 3]), stream.normal([4, 3]))
    let level = NoiseLevel(diffusion, times: [0.1, 0.4, 0.7, 0.95], rank: 2)
    let z = level.mix(clean: clean, noise: noise)
    let answer = prediction.target(clean: clean, noise: noise, level: level)
    // Near pure noise the clean part is read off differences of nearly equal numbers.
    #expect(largestDifference(prediction.clean(from: answer, at: z, level: level), clean) < 2e-4)
    #expect(largestDifference(prediction.noise(from: answer, at: z, level: level), noise) < 2e-4)
  }

  @Test(arguments: [Prediction.clean, .velocity, .flow])
  func pureNoiseStillHasACleanLatent(_ prediction: Prediction) {
    let level = NoiseLevel(Diffusion(), times: [1, 1], rank: 2)
    let stream = RandomStream(seed: 1)
    let (clean, noise) = (stream.normal([2, 3]), stream.normal([2, 3]))
    let answer = prediction.target(clean: clean, noise: noise, level: level)
    let back = prediction.clean(
      from: answer, at: level.mix(clean: clean, noise: noise), level: level)
    #expect(largestDifference(back, clean) < 1e-6)
  }

  @Test(arguments: TimeDistribution.allCases)
  func timesStayInRangeAndFollowTheSeed(_ times: TimeDistribution) {
    var diffusion = Diffusion()
    diffusion.times = times
    let drawn = diffusion.drawTimes(500, from: RandomStream(seed: 1, index: 4))
    #expect(drawn.allSatisfy { $0 >= diffusion.minimumTime && $0 <= 1 })
    #expect(drawn == diffusion.drawTimes(500, from: RandomStream(seed: 1, index: 4)))
    #expect(drawn != diffusion.drawTimes(500, from: RandomStream(seed: 1, index: 5)))
    if times == .halfTerminal { #expect((200...300).contains(drawn.filter { $0 == 1 }.count)) }
  }

  @Test func weightsAreWhatTheyAreCalled() {
    var diffusion = Diffusion()
    diffusion.weighting = .inverseVariance
    #expect(abs(diffusion.weight(0.5) - 4) < 1e-12)
    #expect(abs(diffusion.weight(0.01) - 100) < 1e-9)
    diffusion.weighting = .inverseSigma
    #expect(abs(diffusion.weight(0.5) - 2) < 1e-12)
    diffusion.weighting = .clippedSignalToNoise
    #expect(diffusion.weight(0.01) == 5)
    #expect(abs(diffusion.weight(0.5) - 1) < 1e-12)
  }

  @Test func impossibleNumbersAreRefused() {
    var diffusion = Diffusion()
    diffusion.shift = 0
    #expect(throws: ModelError.self) { try diffusion.validate() }
    diffusion = Diffusion()
    diffusion.minimumTime = 1
    #expect(throws: ModelError.self) { try diffusion.validate() }
  }
}
