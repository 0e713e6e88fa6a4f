import Datasets
import Foundation
import TestSupport
import Testing
import Videos
import Worlds

/// Small sets of scenes for the tests of formats.
enum Samples {
  static let recipe = SceneRecipe(
    scenario: UniformMotion(frames: 4), region: EvaluationLevel.idLevel.region)
  static let stream = SceneStream(recipe: recipe, seed: 7)
  static let provenance = DatasetProvenance(recipe: recipe, seed: 7)

  static func settings(
    _ storage: DatasetFormat, count: Int = 5, size: Int = 32, quality: VideoQuality? = .lossless,
    shardSize: Int? = nil
  ) -> DatasetSettings {
    DatasetSettings(
      storage: storage, provenance: provenance, count: count, size: size, frames: 4,
      quality: quality, shardSize: shardSize)
  }

  /// Writes a small set and returns its folder.
  @discardableResult
  static func write(
    _ storage: DatasetFormat, count: Int = 5, size: Int = 32, quality: VideoQuality? = .lossless,
    shardSize: Int? = nil, threads: Int = 1, selection: ShardSelection = .all, to folder: URL
  ) throws -> DatasetManifest? {
    let settings = settings(
      storage, count: count, size: size, quality: quality, shardSize: shardSize)
    return try DatasetWriter(settings, to: folder, threads: threads, selection: selection)
      .write(RenderedScenes(stream, size: size))
  }

  /// The expected video of a number.
  static func video(_ index: Int, size: Int = 32) throws -> LabelledVideo {
    try RenderedScenes(stream, size: size).video(at: index)
  }

  /// Two balls that meet, with parameters in the official order.
  struct Collisions: SceneSequence {
    var frames = 12
    var count: Int? { nil }
    var identity: String { "two balls" }

    func labelledScene(at index: Int) throws -> LabelledScene {
      var random = CounterRandom(recipe: "two balls", seed: 3, index: UInt64(index))
      let parameters = [
        "r1": random.uniform(0.5, 1), "r2": random.uniform(0.5, 1), "v1": random.uniform(1.5, 3),
        "v2": random.uniform(1.5, 3),
      ]
      func ball(_ number: Int, _ color: BodyColor, x: Double, direction: Double) -> Body {
        Body(
          color: color, radius: parameters["r\(number)"] ?? 0, position: Vector2(x: x, y: 5),
          velocity: Vector2(x: direction * (parameters["v\(number)"] ?? 0), y: 0))
      }
      let scene = Scene(
        bodies: [
          ball(1, .red, x: 3, direction: 1), ball(2, .blue, x: 6.5, direction: -1),
        ], frames: frames)
      return LabelledScene(
        index: index, parameters: parameters, scenario: "collision", level: "train", scene: scene)
    }
  }

  /// One digest over all files of a folder, in the order of their names.
  static func digest(of folder: URL) throws -> String {
    let digest = SHA256()
    for name in try names(in: folder) {
      let url = folder.appendingPathComponent(name)
      digest.update(Data(name.utf8))
      if let inside = try? names(in: url) {
        for file in inside {
          digest.update(Data(file.utf8))
          digest.update(try Data(contentsOf: url.appendingPathComponent(file)))
        }
      } else {
        digest.update(try Data(contentsOf: url))
      }
    }
    return digest.finish()
  }

  /// One digest over the pixels and states of every video.
  static func digest(of source: some VideoSource) throws -> String {
    let digest = SHA256()
    for index in 0..<(source.count ?? 0) {
      let video = try source.video(at: index)
      digest.update(video.video.bytes)
      let states = video.trajectory.positions + video.trajectory.velocities
      for value in states.flatMap({ [$0.x, $0.y] }) {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { digest.update(Data($0)) }
      }
    }
    return digest.finish()
  }
}

/// Changes bytes of a file in place.
enum Damage {
  static func replace(_ url: URL, _ change: (inout Data) -> Void) throws {
    var data = try Data(contentsOf: url)
    change(&data)
    try FileManager.default.removeItem(at: url)
    try data.write(to: url)
  }

  static func truncate(_ url: URL, to count: Int) throws {
    try replace(url) { $0 = Data($0.prefix(count)) }
  }

  static func flip(_ url: URL, at offset: Int) throws {
    try replace(url) { $0[offset] ^= 0xFF }
  }
}
