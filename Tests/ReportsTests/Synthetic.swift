import Foundation
import Measures
import Reports
import Worlds

/// Made-up evaluations with a known answer.
enum Synthetic {
  static let ranges: [String: (r: ClosedRange<Double>, v: ClosedRange<Double>)] = [
    "id": (0.7...1.4, 1...4), "r_low": (0.3...0.6, 1...4), "r_high": (1.5...2, 1...4),
    "v_low": (0.7...1.4, 0...0.8), "v_high": (0.7...1.4, 4.5...6),
    "rv_low": (0.3...0.6, 0...0.8), "rv_high": (1.5...2, 4.5...6), "cross": (0.3...0.6, 4.5...6),
  ]

  /// Records of a model that shows speed `answer(v)`, with a little noise.
  static func scores(
    count: Int = 40, noise: Double = 0.03, lostEvery: Int = 13, answer: (Double) -> Double
  ) -> [VideoScore] {
    MetricsDocument.levels.flatMap { level -> [VideoScore] in
      guard let range = ranges[level] else { return [] }
      return (0..<count).map { index in
        var random = CounterRandom(recipe: level, seed: 1, index: UInt64(index))
        let r = random.uniform(range.r.lowerBound, range.r.upperBound)
        let v = random.uniform(range.v.lowerBound, range.v.upperBound)
        let shown = answer(v) + random.uniform(-noise, noise)
        let lost = level != "id" && index % lostEvery == lostEvery - 1
        return VideoScore(
          index: index, level: level, r: r, v: v, official: abs(shown - v) + v / 256,
          perFrame: abs(shown - v) + 0.13, unbiased: lost ? .nan : abs(shown - v),
          generatedSpeed: lost ? .nan : shown, crossSpeed: 0, trueSpeed: v, scoredFrames: 20,
          lostFrames: lost ? 16 : 0, ballKept: !lost, radiusError: -0.01, radiusDrift: 0.04,
          squareness: 0.02)
      }
    }
  }

  static let floors: [String: [VideoScore]] = [
    "ground_truth": scores(noise: 0.001, lostEvery: 99) { $0 },
    "autoencoder": scores(noise: 0.01, lostEvery: 99) { $0 },
    "constant_velocity": scores(noise: 0.02, lostEvery: 99) { $0 },
    "nearest_case": scores(noise: 0.1, lostEvery: 99) { min(max($0, 1), 4) },
  ]

  /// A model that is right in its range and clings to it outside.
  static let clinging: [VideoScore] = scores { min(max($0, 0.95), 4.3) }

  static func content(
    scores: [VideoScore] = clinging, title: String = "uniform-motion, laptop scale"
  ) -> ReportContent {
    var metrics = MetricsDocument(
      scores: scores, floors: floors,
      samplingSteps: Dictionary(
        uniqueKeysWithValues: [1, 4, 8, 32].map { steps in
          let picked = scores.filter { ["id", "v_low", "v_high"].contains($0.level) }.map { score in
            var copy = score
            copy.official *= 1 + 1 / Double(steps)
            return copy
          }
          return (steps, picked)
        }))
    metrics.seed = 1
    metrics.training = (1...60).map { point in
      let progress = Double(point) / 60
      var errors: [String: [String: Double]] = [:]
      if point % 5 == 0 {
        errors["official"] = [
          "id": 0.03 + 1.2 * pow(2.718, -8 * progress),
          "v_low": 0.6 + 0.6 * pow(2.718, -6 * progress),
          "v_high": 0.9 + 0.9 * pow(2.718, -5 * progress),
        ]
      }
      return TrainingPoint(
        step: point * 40, seconds: Double(point) * 9.5,
        loss: 0.02 + pow(2.718, -6 * progress) * (1 + 0.1 * sin(Double(point) * 2.3)),
        velocityError: errors)
    }
    var content = ReportContent(
      title: title, metrics: metrics, scores: scores, floorScores: floors)
    content.summary = "DiT of 0.95 M parameters on 10,000 videos of 33 frames, 64 × 64 pixels"
    content.gates = [
      .init("Squares read as squares", value: 0.995, limit: 0.98, passed: true),
      .init("Velocity error added by the autoencoder", value: 0.0012, limit: 0.005, passed: true),
      .init("Discs read as discs", value: 0.97, limit: 0.98, passed: false),
    ]
    content.hasSpatialGrid = false
    content.latentNote = "Each frame becomes 24 numbers; three frames make one token."
    content.configuration = "scale: laptop\nmodel:\n  width: 128\n  depth: 4\nseed: 1\n"
    content.seeds = [.init("training", "1"), .init("evaluation scenes", "20001")]
    content.environment = [
      .init("PhyWorld", "0.2.0"), .init("libtorch", "2.13.0"),
      .init("Processor", "2 cores, AVX2"),
    ]
    content.timings = [.init("training", seconds: 552), .init("evaluation", seconds: 74.2)]
    content.otherSeeds = [2: metrics, 3: metrics]
    return content
  }
}
