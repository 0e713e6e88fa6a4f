import Measures
import Worlds

/// Percentile bootstrap over clips: how far could a number have come out differently with others?
///
/// Whole clips are drawn, with all their answers, since answers to one clip go together.
struct ClipBootstrap: Sendable {
  /// Samples drawn.
  var resamples = 2000
  /// Seed of the draws.
  var seed: UInt64 = 0

  /// A statistic of the clips with its 95 % interval; draws in which it does not exist are left out.
  func summary(
    _ clips: [AnswerCounts], of statistic: ([AnswerCounts]) -> Double
  ) -> Summary {
    let estimate = statistic(clips)
    guard clips.count > 1, estimate.isFinite else {
      return Summary(mean: estimate, low: estimate, high: estimate, count: clips.count)
    }
    var random = CounterRandom(recipe: "clip bootstrap", seed: seed, index: 0)
    var draws: [Double] = []
    var sample = clips
    for _ in 0..<resamples {
      for index in sample.indices {
        sample[index] = clips[.random(in: clips.indices, using: &random)]
      }
      draws.append(statistic(sample))
    }
    draws = draws.filter(\.isFinite).sorted()
    return Summary(
      mean: estimate, low: Quantile.of(draws, 0.025), high: Quantile.of(draws, 0.975),
      count: clips.count)
  }
}
