import Foundation
import Videos
import Worlds

extension VideoFolder {
  /// Simulates, renders and writes the first `count` scenes of a stream.
  ///
  /// Everything is written to a hidden folder beside the target, which is renamed at the end: an
  /// interrupted run leaves no folder that looks whole.
  ///
  /// - Parameters:
  ///   - size: width and height in pixels: 256, or a divisor of it for area averages.
  ///   - progress: called with the number of finished videos.
  /// - Throws: ``VideoFolderError`` when the target exists or cannot be written, `SceneError`,
  ///   ``RegionError`` or `VideoError`.
  public static func write(
    _ stream: SceneStream, count: Int, size: Int = 256, quality: VideoQuality = .official,
    framesPerSecond: Int = 10, to folder: URL, progress: (Int) -> Void = { _ in }
  ) throws {
    guard count > 0 else { throw VideoFolderError.count(count) }
    let files = FileManager.default
    guard !files.fileExists(atPath: folder.path) else {
      throw VideoFolderError.exists(folder: folder.path)
    }
    let temporary = folder.deletingLastPathComponent()
      .appendingPathComponent(".\(folder.lastPathComponent).partial-\(UUID().uuidString)")
    do {
      try files.createDirectory(at: temporary, withIntermediateDirectories: true)
    } catch {
      throw VideoFolderError.cannotWrite(folder: folder.path, cause: error.localizedDescription)
    }
    defer { try? files.removeItem(at: temporary) }

    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var lines = Data()
    for index in 0..<count {
      let made = try LabelledVideo(stream, index: index, size: size)
      let name = fileName(index)
      do {
        try VideoFile.write(
          made.video, to: temporary.appendingPathComponent(name), quality: quality,
          framesPerSecond: framesPerSecond)
      } catch {
        guard case .cannotWrite(_, let cause) = error else { throw error }
        // The hidden folder's name would mean nothing to a reader.
        throw VideoFolderError.cannotWrite(folder: folder.path, cause: cause)
      }
      let trajectory = made.trajectory
      let entry = Entry(
        index: index, video: name, parameters: made.parameters, scene: made.scene,
        positions: (0..<trajectory.frameCount).map { frame in
          (0..<trajectory.bodyCount).map { trajectory[frame: frame, body: $0] }
        }, seed: stream.seed, recipe: stream.recipe.id)
      lines += try encoder.encode(entry) + Data("\n".utf8)
      progress(index + 1)
    }
    let manifest = Manifest(
      format: format, version: 1, recipe: stream.recipe, seed: stream.seed, count: count,
      size: size, framesPerSecond: framesPerSecond, quality: text(quality))
    encoder.outputFormatting.insert(.prettyPrinted)
    do {
      try lines.write(to: temporary.appendingPathComponent("scenes.jsonl"))
      try encoder.encode(manifest).write(to: temporary.appendingPathComponent("manifest.json"))
      try files.moveItem(at: temporary, to: folder)
    } catch {
      throw VideoFolderError.cannotWrite(folder: folder.path, cause: error.localizedDescription)
    }
  }

  private static func fileName(_ index: Int) -> String {
    let digits = String(index)
    return String(repeating: "0", count: max(0, 5 - digits.count)) + digits + ".mp4"
  }

  private static func text(_ quality: VideoQuality) -> String {
    switch quality {
    case .h264(let crf): "h264 crf \(crf)"
    case .lossless: "lossless"
    }
  }
}

extension LabelledVideo {
  /// Simulates and renders scene `index` of a stream.
  ///
  /// - Parameter size: width and height in pixels: 256, or a divisor of it for area averages.
  /// - Throws: `SceneError`, ``RegionError`` or `VideoError`.
  public init(_ stream: SceneStream, index: Int, size: Int = 256) throws {
    let (parameters, scene) = try stream.parametersAndScene(at: index)
    let trajectory = try Simulator().simulate(scene)
    self.init(
      index: index, parameters: parameters, scene: scene, trajectory: trajectory,
      video: try Renderer().render(scene, trajectory, averagedTo: size))
  }
}
