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
      let entry = Entry(
        made, file: name, provenance: DatasetProvenance(recipe: stream.recipe, seed: stream.seed))
      lines += try encoder.encode(entry) + Data("\n".utf8)
      progress(index + 1)
    }
    let manifest = Manifest(
      format: format, version: 1, recipe: stream.recipe, seed: stream.seed, combinatorial: nil,
      count: count, size: size, framesPerSecond: framesPerSecond, quality: text(quality))
    encoder.outputFormatting.insert(.prettyPrinted)
    do {
      try lines.write(to: temporary.appendingPathComponent("scenes.jsonl"))
      try encoder.encode(manifest).write(to: temporary.appendingPathComponent("manifest.json"))
      try files.moveItem(at: temporary, to: folder)
    } catch {
      throw VideoFolderError.cannotWrite(folder: folder.path, cause: error.localizedDescription)
    }
  }

  static func fileName(_ index: Int) -> String { DatasetFormat.padded(index, 5) + ".mp4" }

  static func text(_ quality: VideoQuality) -> String { quality.description }
}

extension VideoFolder.Entry {
  init(_ video: LabelledVideo, file: String, provenance: DatasetProvenance?) {
    let trajectory = video.trajectory
    self.init(
      index: video.index, video: file, parameters: video.parameters, scene: video.scene,
      positions: trajectory.rows(trajectory.positions),
      velocities: trajectory.velocities.isEmpty ? nil : trajectory.rows(trajectory.velocities),
      contacts: trajectory.contacts, scenario: video.scenario, level: video.level,
      reconstructed: video.sceneIsReconstructed ? true : nil, seed: provenance?.seed,
      recipe: provenance?.recipeText, combinatorial: video.combinatorial)
  }

  /// The scenario; folders of older versions name it in the recipe only.
  var scenarioName: String {
    scenario ?? recipe.map { String($0.prefix { $0 != "(" }) } ?? UniformMotion.name
  }

  /// Positions, velocities and contacts. The entry has been checked.
  var trajectory: Trajectory {
    Trajectory(
      bodyCount: scene.bodies.count, positions: positions.flatMap(\.self),
      velocities: velocities?.flatMap(\.self) ?? [], contacts: contacts ?? [])
  }
}

extension LabelledVideo {
  /// Simulates and renders scene `index` of a stream.
  ///
  /// - Parameter size: width and height in pixels: 256, or a divisor of it for area averages.
  /// - Throws: `SceneError`, ``RegionError`` or `VideoError`.
  public init(_ stream: SceneStream, index: Int, size: Int = 256) throws {
    try self.init(stream.labelledScene(at: index), size: size)
  }
}
