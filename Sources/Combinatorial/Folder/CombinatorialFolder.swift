import Foundation
import Videos

/// A folder of combinatorial videos: `00000.mp4` …, `00000.json` …, `scenes.jsonl`, `manifest.json`.
///
/// The JSON file beside each video is its scene, to be edited and simulated again. Each line of
/// `scenes.jsonl` holds a scene with the poses of its moving bodies in every frame. Scenes whose
/// simulation failed have no video; the manifest lists them.
public enum CombinatorialFolder {
  /// How a folder was made.
  public struct Manifest: Codable, Hashable, Sendable {
    /// Always ``CombinatorialFolder/format``.
    public var format: String
    /// Version of the layout.
    public var version: Int
    /// What the scenes are: a stream's name, or where they came from.
    public var scenes: String
    /// Number of scenes, those that failed included.
    public var count: Int
    /// Width and height in pixels.
    public var size: Int
    /// The speed the files play at; in the scene a frame lasts a third of a second.
    public var framesPerSecond: Int
    /// `h264 crf N` or `lossless`.
    public var quality: String
    /// The simulator's restitution threshold, metres per second.
    public var restitutionThreshold: Double
    /// The scenes without a video, and why.
    public var failures: [Failure]
  }

  /// A scene without a video.
  public struct Failure: Codable, Hashable, Sendable {
    /// Its number.
    public var index: Int
    /// Why.
    public var cause: String
  }

  /// One line of `scenes.jsonl`.
  public struct Entry: Codable, Hashable, Sendable {
    /// The scene's number.
    public var index: Int
    /// The name of the video file.
    public var video: String
    /// The bodies before the first step.
    public var scene: CombinatorialScene
    /// Physics steps after which the frames are taken.
    public var frameSteps: [Int]
    /// `[frame][moving body]`, scene units and radians.
    public var poses: [[Pose]]
  }

  /// What a folder's manifest calls itself.
  public static let format = "phyworld-combinatorial-folder"

  /// What the released videos are stored as.
  public static let quality = VideoQuality.h264(crf: 23)

  /// Simulates, paints and writes scenes.
  ///
  /// Everything is written to a hidden folder beside the target, which is renamed at the end.
  ///
  /// - Parameters:
  ///   - name: what the manifest says the scenes are.
  ///   - scene: the scene of a number from 0 to `count - 1`.
  ///   - size: width and height in pixels: 512 or a divisor of it.
  ///   - progress: called with the number of finished scenes.
  /// - Returns: the scenes that cannot be simulated or placed; all others have a video.
  /// - Throws: ``CombinatorialError`` for a folder that exists, cannot be written, or when there is
  ///   not one good scene; `VideoError`.
  @discardableResult
  public static func write(
    _ name: String, count: Int, size: Int = 256, quality: VideoQuality = quality,
    framesPerSecond: Int = 10, simulator: CombinatorialSimulator = CombinatorialSimulator(),
    to folder: URL, progress: (Int) -> Void = { _ in },
    scene: (Int) throws(CombinatorialError) -> CombinatorialScene
  ) throws -> [Failure] {
    guard count > 0 else { throw CombinatorialError.number("count", value: count) }
    let renderer = try CombinatorialRenderer(size: size)
    let files = FileManager.default
    guard !files.fileExists(atPath: folder.path) else {
      throw CombinatorialError.exists(folder: folder.path)
    }
    let temporary = folder.deletingLastPathComponent()
      .appendingPathComponent(".\(folder.lastPathComponent).partial-\(UUID().uuidString)")
    func writing(_ body: () throws -> Void) throws {
      do {
        try body()
      } catch {
        // The hidden folder's name would mean nothing to a reader.
        throw CombinatorialError.cannotWrite(
          file: folder.path, cause: (error as NSError).localizedDescription)
      }
    }
    try writing {
      try files.createDirectory(at: temporary, withIntermediateDirectories: true)
    }
    defer { try? files.removeItem(at: temporary) }

    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var lines = Data()
    var failures: [Failure] = []
    for index in 0..<count {
      let made: CombinatorialScene
      let trajectory: CombinatorialTrajectory
      do {
        made = try scene(index)
        trajectory = try simulator.simulate(made)
      } catch {
        if count == 1 { throw error }
        failures.append(Failure(index: index, cause: "\(error)"))
        progress(index + 1)
        continue
      }
      let file = fileName(index)
      let data = try VideoFile.mp4Data(
        renderer.video(of: made, trajectory), quality: quality, framesPerSecond: framesPerSecond)
      let entry = Entry(
        index: index, video: "\(file).mp4", scene: made, frameSteps: trajectory.frameSteps,
        poses: (0..<trajectory.frameCount).map { Array(trajectory.frame($0)) })
      lines += try encoder.encode(entry) + Data("\n".utf8)
      try writing {
        try data.write(to: temporary.appendingPathComponent("\(file).mp4"))
        try made.json.write(to: temporary.appendingPathComponent("\(file).json"))
      }
      progress(index + 1)
    }
    let manifest = Manifest(
      format: format, version: 1, scenes: name, count: count, size: size,
      framesPerSecond: framesPerSecond, quality: quality.description,
      restitutionThreshold: simulator.restitutionThreshold, failures: failures)
    encoder.outputFormatting.insert(.prettyPrinted)
    try writing {
      try lines.write(to: temporary.appendingPathComponent("scenes.jsonl"))
      try encoder.encode(manifest).write(to: temporary.appendingPathComponent("manifest.json"))
      try files.moveItem(at: temporary, to: folder)
    }
    return failures
  }

  private static func fileName(_ index: Int) -> String {
    let digits = "\(index)"
    return String(repeating: "0", count: max(5 - digits.count, 0)) + digits
  }
}
