import Foundation
import Videos

/// Reference data made by the official generators and evaluator: scenes, frames and measurements.
///
/// The folder holds `scenes.json`, `frames.npz`, `evaluator.json` and `eval_frames.npz`. Numbers
/// that are null in the files are NaN here. The JSON files are read at once; frames when asked for.
public struct GoldenReference: Sendable {
  /// The folder.
  public let folder: URL
  /// The simulated scenes.
  public let scenes: [GoldenScene]
  /// The evaluated videos.
  public let evaluations: [GoldenEvaluation]

  /// Reads a folder.
  ///
  /// - Throws: ``GoldenError`` naming the file that is missing or garbled.
  public init(folder: URL) throws(GoldenError) {
    self.folder = folder
    let sceneFile: GoldenSceneFile = try GoldenReference.read(folder, "scenes.json")
    scenes = sceneFile.scenes
    let evaluationFile: GoldenEvaluationFile = try GoldenReference.read(folder, "evaluator.json")
    evaluations = evaluationFile.cases
  }

  /// The scene of an identifier such as `uniform_motion_00`.
  ///
  /// - Throws: ``GoldenError/noScene(id:)``
  public func scene(_ id: String) throws(GoldenError) -> GoldenScene {
    guard let scene = scenes.first(where: { $0.id == id }) else { throw .noScene(id: id) }
    return scene
  }

  /// The frames of a scene or an evaluation.
  ///
  /// - Throws: `ArchiveError` when the archive is missing or damaged or lacks the array, and
  ///   ``GoldenError`` when the array has fewer frames than the reference says.
  public func video(_ frames: GoldenFrames) throws -> Video {
    let archive = try NumPyArchive(contentsOf: folder.appendingPathComponent(frames.file))
    let video = try archive.video(named: frames.key)
    if let indices = frames.indices, indices.count != video.frames {
      throw GoldenError.garbled(
        file: archive.file,
        cause: "array '\(frames.key)' holds \(video.frames) frames instead of \(indices.count)")
    }
    return video
  }

  private static func read<Value: Decodable>(
    _ folder: URL, _ name: String
  ) throws(GoldenError) -> Value {
    let url = folder.appendingPathComponent(name)
    guard FileManager.default.fileExists(atPath: url.path) else { throw .missing(file: url.path) }
    do {
      return try JSONDecoder().decode(Value.self, from: Data(contentsOf: url))
    } catch {
      throw .garbled(file: url.path, cause: DecodingProblem.text(error))
    }
  }
}

/// Where the frames of a scene or evaluation are stored.
public struct GoldenFrames: Hashable, Codable, Sendable {
  /// The archive in the reference folder.
  public var file: String
  /// The array in the archive, of shape (frames, height, width, 3).
  public var key: String
  /// Which frames of the scene it holds; all of them in order when nil.
  public var indices: [Int]?
}

/// A number that JSON may hold as null, which stands for NaN.
struct NullableNumber: Decodable {
  var value: Double

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    value = container.decodeNil() ? .nan : try container.decode(Double.self)
  }
}

extension KeyedDecodingContainer {
  /// A number; NaN for null.
  func number(_ key: Key) throws -> Double {
    try decode(NullableNumber.self, forKey: key).value
  }

  /// A list of numbers; NaN for null.
  func numbers(_ key: Key) throws -> [Double] {
    try decode([NullableNumber].self, forKey: key).map(\.value)
  }

  /// A list of lists of numbers; NaN for null.
  func rows(_ key: Key) throws -> [[Double]] {
    try decode([[NullableNumber]].self, forKey: key).map { $0.map(\.value) }
  }
}
