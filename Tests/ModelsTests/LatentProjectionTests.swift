import Models
import Tensors
import Testing

@Suite struct LatentProjectionTests {
  /// Correlated columns of very different size.
  var population: Tensor {
    let stream = RandomStream(seed: 1)
    let scales = Tensor([Float(10), 3, 1, 0.3, 0.2, 0.1], [1, 6])
    return (stream.normal([500, 6]) * scales).matmul(stream.normal([6, 6])) + 2
  }

  @Test func fullWhiteningGivesUnitVariance() {
    let projection = LatentProjection.fit(population, channels: 4, whitening: 1)
    let latents = projection.project(population)
    let covariance = latents.transpose(0, 1).matmul(latents) * (1 / 500.0)
    #expect(latents.mean([0]).abs().amax().item() < 1e-4)
    for (row, values) in covariance.doubles2D().enumerated() {
      for (column, value) in values.enumerated() {
        #expect(abs(value - (row == column ? 1 : 0)) < 1e-3)
      }
    }
  }

  @Test func allChannelsLoseNothing() {
    let projection = LatentProjection.fit(population, channels: 6, whitening: 1)
    let back = projection.restore(projection.project(population))
    #expect(largestDifference(back, population) < 1e-2)
    #expect(abs(projection.keptVariance - 1) < 1e-5)
  }

  @Test(arguments: [0.0, 0.5])
  func partialWhiteningKeepsTheMeanVarianceAtOne(_ whitening: Double) {
    let projection = LatentProjection.fit(population, channels: 4, whitening: whitening)
    let variances = projection.project(population).square().mean([0]).floats()
    #expect(abs(variances.reduce(0, +) / 4 - 1) < 1e-3)
    #expect(zip(variances, variances.dropFirst()).allSatisfy { $0 > $1 })
  }

  @Test func fewerChannelsKeepTheStrongest() {
    let shares = LatentProjection.fit(population, channels: 3, whitening: 1).shares.floats()
    #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(shares.reduce(0, +) > 0.5)
  }
}
