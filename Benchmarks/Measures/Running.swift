import Datasets
import Foundation
import Measures
import Videos
import Worlds

/// What one job did.
struct Result: Encodable {
  var job: Job
  var videos: Int
  /// Wall seconds, without the preparation.
  var seconds: Double
  /// Keeps the work from being optimised away, and differs when the work does.
  var checksum: Double
  /// The released evaluator's numbers, video by video.
  var values: [[String: Double]]?
}

extension Request {
  func run() throws -> Result {
    let samples = try (0..<distinct).map { index in
      try LabelledVideo(try law.scenes.labelledScene(at: index), size: size)
    }
    switch job {
    case .videos: return try write(samples)
    case .values: return try values(samples)
    case .score:
      return try timed(samples) { try Self.score($0).measures["track_error"] ?? .nan }
    case .official: return try timed(samples, Self.official)
    }
  }

  private func timed(
    _ samples: [LabelledVideo], _ work: (LabelledVideo) throws -> Double
  ) throws -> Result {
    // One round beforehand: memory is there, code is loaded.
    for sample in samples { _ = try work(sample) }
    var checksum = 0.0
    let duration = try ContinuousClock().measure {
      for index in 0..<videos { checksum += try work(samples[index % samples.count]) }
    }
    let seconds =
      Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    return Result(job: job, videos: videos, seconds: seconds, checksum: checksum)
  }

  private static func score(_ sample: LabelledVideo) throws -> SceneScore {
    try SceneScorer().score(
      sample.video, scene: sample.scene, truth: sample.trajectory, scenario: sample.scenario,
      id: "\(sample.index)", index: sample.index, level: sample.level,
      parameters: sample.parameters)
  }

  private static func official(_ sample: LabelledVideo) throws -> Double {
    let bodies = sample.scene.bodies
    if bodies.count == 1 {
      return try OneObjectEvaluation(
        video: sample.video, truth: sample.trajectory.path(ofBody: 0),
        initVector: [bodies[0].radius, bodies[0].velocity.length]
      ).velocityError
    }
    return try CollisionEvaluation(
      video: sample.video, truth: sample.trajectory,
      initVector: bodies.map(\.radius) + bodies.map(\.velocity.length)
    ).velocityError(.pre)
  }

  /// The released numbers under the names of `official.py`.
  private func values(_ samples: [LabelledVideo]) throws -> Result {
    let values = try samples.map { sample in
      let official = try Self.score(sample).measures.filter { $0.key.hasSuffix(".official") }
      return Dictionary(
        uniqueKeysWithValues: official.map { (String($0.dropLast(".official".count)), $1) })
    }
    var result = Result(job: job, videos: samples.count, seconds: 0, checksum: 0)
    result.values = values
    return result
  }

  /// `scenes.json` and `pixels.bin`, all frames of all videos.
  private func write(_ samples: [LabelledVideo]) throws -> Result {
    struct Entry: Encodable {
      var scene: Scene
      var positions: [Vector2]
    }
    struct Document: Encodable {
      var size, frames: Int
      var entries: [Entry]
    }
    guard let folder = output, let first = samples.first else {
      throw UsageError("videos needs --output FOLDER")
    }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let document = Document(
      size: size, frames: first.video.frames,
      entries: samples.map { Entry(scene: $0.scene, positions: $0.trajectory.positions) })
    try JSONEncoder().encode(document).write(to: folder.appendingPathComponent("scenes.json"))
    var pixels = Data()
    for sample in samples { pixels.append(contentsOf: sample.video.bytes) }
    try pixels.write(to: folder.appendingPathComponent("pixels.bin"))
    return Result(job: job, videos: samples.count, seconds: 0, checksum: 0)
  }
}
