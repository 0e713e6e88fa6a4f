import Foundation
import Measures
import Testing
import Videos
import Worlds

/// How well objects are read from rendered truth, clean and spoilt, at 128 pixels.
///
/// `PHYWORLD_ACCURACY_SCENES=20` reads that many scenes of each of 13 kinds instead of one, and prints
/// the table of Documentation/Measures.md.
@Suite struct ReaderAccuracyTests {
  static let wanted = ProcessInfo.processInfo.environment["PHYWORLD_ACCURACY_SCENES"].flatMap(
    Int.init)

  @Test func colorsAndShapesAreRead() throws {
    let samples = try SceneSample.ofEveryKind(Self.wanted ?? 1)
    var lines: [String] = []
    for spoiling in Spoiling.usual {
      var accuracy = ReadingAccuracy()
      for (seed, sample) in samples.enumerated() {
        accuracy.add(
          sample, try spoiling.applied(to: try sample.video(size: 128), seed: UInt64(seed)))
      }
      lines.append("| \(spoiling) | \(accuracy.row) |")
      #expect(accuracy.color >= 0.999, "\(spoiling)")
      #expect(accuracy.lost == 0, "\(spoiling)")
      switch spoiling {
      case .blur(let deviation) where deviation > 1: #expect(accuracy.shape > 0.95)
      default: #expect(accuracy.shape >= 0.999, "\(spoiling)")
      }
      if case .clean = spoiling {
        #expect(accuracy.surplusFrames == 0)
        #expect(accuracy.medianVelocityError < 0.02)
      }
    }
    if Self.wanted != nil { print(lines.joined(separator: "\n")) }
  }

  /// What the judge makes of the truth, and of the same scene at other speeds.
  @Test func theJudgeIsNotMisledBySpoiltPictures() throws {
    let samples = try SceneSample.ofEveryKind(Self.wanted ?? 1)
    for spoiling in Spoiling.usual {
      var truths: [Verdict: Int] = [:]
      var others: [Verdict: Int] = [:]
      for (seed, sample) in samples.enumerated() {
        let seed = UInt64(seed)
        let video = try spoiling.applied(to: try sample.video(size: 128), seed: seed)
        truths[try sample.judge(video).verdict, default: 0] += 1
        var random = CounterRandom(recipe: "other speed", seed: 1, index: seed)
        let other = try sample.sped(sample.scene.bodies.map { _ in random.uniform(0.6, 1.6) })
        let picture = try spoiling.applied(to: try other.video(size: 128), seed: seed)
        others[try sample.judge(picture).verdict, default: 0] += 1
      }
      if Self.wanted != nil {
        let counts =
          [truths[.asTruth], truths[.lawful], truths[.wrong]]
          + [others[.asTruth], others[.lawful], others[.wrong]]
        print("|", spoiling, "|", counts.map { String($0 ?? 0) }.joined(separator: " | "), "|")
      }
      // Small squares under a strong blur look round.
      if case .blur(let deviation) = spoiling, deviation > 1 { continue }
      #expect(truths == [.asTruth: samples.count], "\(spoiling)")
      #expect(others[.wrong, default: 0] <= samples.count / 100, "\(spoiling)")
    }
  }
}

/// Counts of right and wrong readings.
private struct ReadingAccuracy {
  private var bodies = 0
  private var right = (color: 0, shape: 0)
  private(set) var lost = 0
  private(set) var surplusFrames = 0
  private var frames = 0
  private var places: [Double] = []
  private var radii: [Double] = []
  private var velocities: [Double] = []

  var color: Double { Double(right.color) / Double(bodies - lost) }
  var shape: Double { Double(right.shape) / Double(bodies - lost) }
  var medianVelocityError: Double { velocities.sorted()[velocities.count / 2] }

  /// Bodies, colours and shapes in per cent, lost, frames with surplus, errors of place, radius and velocity.
  var row: String {
    func quantile(_ values: [Double], _ share: Double) -> String {
      let sorted = values.sorted()
      return String(format: "%.4f", sorted[Int(Double(sorted.count - 1) * share)])
    }
    return [
      String(bodies), String(format: "%.2f", 100 * color), String(format: "%.2f", 100 * shape),
      String(lost), "\(surplusFrames) of \(frames)", quantile(places, 0.5), quantile(places, 0.99),
      quantile(radii, 0.5), quantile(radii, 0.99),
      quantile(velocities, 0.5), quantile(velocities, 0.99),
    ].joined(separator: " | ")
  }

  /// Reads a video; bodies that are wholly in the picture count, and walls and blocks.
  mutating func add(_ sample: SceneSample, _ video: Video) {
    guard
      let tracks = try? ObjectReader().tracks(of: video, scene: sample.scene, truth: sample.truth)
    else {
      lost += 1
      return
    }
    frames += tracks.frameCount
    for frame in 0..<tracks.frameCount {
      surplusFrames += tracks.surplus[frame].isEmpty ? 0 : 1
      for (number, body) in sample.scene.bodies.enumerated() {
        guard body.shape == .bar || sample.isInView(number, frame: frame) else { continue }
        bodies += 1
        guard let seen = tracks.bodies[number][frame] else {
          lost += 1
          continue
        }
        right.color += seen.color == body.color ? 1 : 0
        right.shape += seen.shape == body.shape ? 1 : 0
        guard body.shape != .bar, seen.isWhole else { continue }
        let truth = sample.truth[frame: frame, body: number]
        let offset = Vector2(x: seen.position.x - truth.x, y: seen.position.y - truth.y)
        places.append(offset.length)
        radii.append(abs(seen.radius / body.radius - 1))
        if let read = tracks.velocity(ofBody: number, frame: frame), read.confidence == 1 {
          let truth = sample.meanVelocity(number, around: frame)
          let error = Vector2(x: read.velocity.x - truth.x, y: read.velocity.y - truth.y)
          velocities.append(error.length)
        }
      }
    }
  }
}
