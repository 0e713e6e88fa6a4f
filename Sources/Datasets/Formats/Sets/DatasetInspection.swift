import Foundation
import Videos
import Worlds

/// What a data set is, as far as it can be read: nothing broken in it ends the inspection.
public struct DatasetInspection: Codable, Hashable, Sendable {
  /// One shard or file.
  public struct Part: Codable, Hashable, Sendable {
    /// The file or folder.
    public var file: String
    /// Length in bytes, of all files where it is a folder.
    public var bytes: Int
    /// Number of videos that can be reached.
    public var count: Int
  }

  /// Shape and type of an array in a file.
  public struct Stream: Codable, Hashable, Sendable {
    /// The length of each axis.
    public var shape: [Int]
    /// The type of its elements.
    public var type: String
  }

  /// The file or folder.
  public var file: String
  /// What it is, in words.
  public var kind = "nothing that can be read"
  /// How it is stored; nil when that cannot be told.
  public var format: DatasetFormat?
  /// Number of videos that can be reached.
  public var count = 0
  /// The shards, or the one file.
  public var parts: [Part] = []
  /// The arrays of the first readable part, by name.
  public var streams: [String: Stream] = [:]
  /// Frames of the first readable video.
  public var frames: Int?
  /// Its pixels in a row.
  public var width: Int?
  /// Its rows.
  public var height: Int?
  /// Its bodies.
  public var bodies: Int?
  /// Its scenario.
  public var scenario: String?
  /// The speed it plays at.
  public var framesPerSecond: Double?
  /// How its pixels are stored, such as `h264 yuv420p` or `uint8`.
  public var pixels: String?
  /// The text that names the recipe.
  public var recipe: String?
  /// The seed.
  public var seed: UInt64?
  /// How scenes were drawn.
  public var mode: DatasetMode?
  /// Whether velocities are known.
  public var hasVelocities = false
  /// Whether scenes are guessed from positions and parameters.
  public var isReconstructed = false
  /// Everything that is wrong.
  public var faults: [DatasetFault] = []

  /// Inspects a file or folder.
  ///
  /// - Parameter samples: how many videos to decode, evenly spaced: a quick look, not a
  ///   ``DatasetVerification``.
  /// - Throws: ``DatasetError/missing(file:)`` when there is nothing.
  public init(of url: URL, samples: Int = 16) throws(DatasetError) {
    file = url.path
    let parts = try DatasetParts(url)
    faults = parts.faults
    format = parts.manifest?.settings.storage
    note(parts.manifest?.settings.provenance)
    var salvaged = SalvagedParts()
    for part in parts.files {
      let (source, faults) = DatasetSalvage.open(part)
      self.faults += faults
      self.parts.append(
        Part(file: part.path, bytes: DatasetInspection.bytes(of: part), count: source?.count ?? 0))
      guard let source else { continue }
      salvaged.add(source, part)
      if streams.isEmpty { describe(source) }
    }
    count = salvaged.count
    salvaged.forEach(samples: max(1, samples)) { source, chosen in
      for index in chosen { describe(source, index) }
      return true
    }
    if parts.isSet, !self.parts.isEmpty, kind != DatasetInspection.unknown {
      kind = "a set of \(self.parts.count) shards, each \(kind)"
    }
  }

  private static let unknown = "nothing that can be read"

  private mutating func note(_ provenance: DatasetProvenance?) {
    guard let provenance else { return }
    recipe = recipe ?? provenance.recipeText
    seed = seed ?? provenance.seed
    mode = mode ?? provenance.mode
  }

  private mutating func describe(_ source: any StoredVideoSource) {
    note(source.provenance)
    switch source {
    case let source as OfficialHDF5:
      format = .hdf5
      kind = source.isMerged ? "an official merged HDF5 file" : "an official HDF5 chunk"
      for (name, stream) in source.chunks.first?.streams ?? [:] {
        streams[name] = Stream(shape: stream.shape, type: stream.type)
      }
    case let source as CombinatorialHDF5:
      format = .hdf5
      kind =
        source.isMerged
        ? "an official merged HDF5 file of combinatorial scenes"
        : "an official HDF5 file of a combinatorial task"
      for (name, stream) in source.tasks.first?.streams ?? [:] {
        streams[name] = Stream(shape: stream.shape, type: stream.type)
      }
    case is TarShard:
      format = .tar
      kind = "a WebDataset tar file"
    case let source as NumPyShard:
      format = .npz
      kind = "a NumPy archive"
      streams = source.layouts.mapValues { Stream(shape: $0.shape, type: $0.type) }
    default:
      format = .folder
      kind = "a folder of mp4 files"
    }
  }

  /// Decodes a video, and describes it if it is the first that can be.
  private mutating func describe(_ source: any StoredVideoSource, _ index: Int) {
    do {
      let sample = try source.sample(at: index)
      let video = try sample.labelledVideo(at: source.place(of: index))
      guard frames == nil else { return }
      (frames, width, height) = (video.video.frames, video.video.width, video.video.height)
      bodies = video.combinatorial?.scene.bodies.count ?? video.scene.bodies.count
      scenario = video.scenario
      hasVelocities = !video.trajectory.velocities.isEmpty
      isReconstructed = video.sceneIsReconstructed
      recipe = recipe ?? sample.label.recipe
      seed = seed ?? sample.label.seed
      switch sample.picture {
      case .pixels: pixels = "uint8"
      case .mp4(let data):
        let information = try VideoFile.information(of: data, name: "its mp4")
        framesPerSecond = information.framesPerSecond
        pixels = "\(information.codec) \(information.pixelFormat)"
      }
    } catch {
      faults.append(DatasetSalvage.fault(error, source.place(of: index)))
    }
  }

  /// Length of a file, or of all files in a folder.
  private static func bytes(of url: URL) -> Int {
    func size(_ path: String) -> Int {
      let value = (try? FileManager.default.attributesOfItem(atPath: path))?[.size]
      return (value as? NSNumber)?.intValue ?? 0
    }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: url.path) else {
      return size(url.path)
    }
    return names.reduce(0) { $0 + size(url.appendingPathComponent($1).path) }
  }
}
