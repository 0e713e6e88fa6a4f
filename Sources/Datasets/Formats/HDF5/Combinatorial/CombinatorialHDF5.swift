import Combinatorial
import Foundation
import Videos
import Worlds

/// A file of the official combinatorial release: the videos of one task (three datasets), or a merged
/// file (three groups with a dataset per task, such as `10000:000`).
///
/// `action_streams` holds 64-bit floats (n, 3), the red balls' actions; `object_streams` 32-bit floats
/// (n, frames, bodies, 14), see `BodyFeatures`; `video_streams` a whole mp4 file per video. Scenes and
/// exact poses, for which there is no place, lie beside the file, one line of JSON per video in the
/// same order: `10000:000.scenes.jsonl` beside `10000:000.hdf5`. Without them the bodies are read
/// from the features of the first frame and the poses from all of them, and marked as reconstructed.
public struct CombinatorialHDF5: StoredVideoSource {
  /// The videos of one task.
  public struct Task: Hashable, Sendable, HDF5Part {
    /// The key inside a merged file, such as `10000:000`; nil in a file of one task.
    public var key: String?
    /// Number of its first video in the whole file.
    public var first: Int
    /// Number of videos.
    public var count: Int
    var actions: HDF5Dataset
    var objects: HDF5Dataset
    var videos: HDF5Dataset

    /// Frames of every video.
    public var frames: Int { objects.shape[1] }
    /// Bodies of every scene, with the red ball and without the walls.
    public var bodies: Int { objects.shape[2] }
    /// Shapes and types of the three streams by name.
    public var streams: [String: (shape: [Int], type: String)] {
      Dictionary(
        uniqueKeysWithValues: zip(CombinatorialHDF5.streams, [actions, objects, videos]).map {
          ($0, ($1.shape, $1.kind.text))
        })
    }
  }

  /// The names of the three datasets or groups.
  public static let streams = ["action_streams", "object_streams", "video_streams"]

  /// The file.
  public let file: String
  /// Its tasks in the order of their keys; one without a key in a file of one task.
  public let tasks: [Task]
  /// What is wrong with single tasks; empty unless opened for salvage.
  public let faults: [DatasetFault]
  /// Set and seed, from the mark that a set of shards has beside the file.
  public let provenance: DatasetProvenance?
  let hdf5: HDF5File
  let lines: LabelLines?

  /// Opens a file.
  ///
  /// - Throws: ``DatasetError`` naming file and key for missing streams, wrong types or shapes, and
  ///   streams of different lengths.
  public init(contentsOf url: URL) throws(DatasetError) { try self.init(url, salvaging: false) }

  /// Opens what can be read of a file; what cannot is in ``faults``.
  ///
  /// - Throws: ``DatasetError`` when the file is no HDF5 file or has none of the streams.
  public init(salvaging url: URL) throws(DatasetError) { try self.init(url, salvaging: true) }

  private init(_ url: URL, salvaging: Bool) throws(DatasetError) {
    file = url.path
    hdf5 = try HDF5File(url)
    provenance = ShardMark.provenance(of: url)
    let hdf5 = hdf5
    let found = try HDF5Parts(of: hdf5, url, streams: Self.streams, salvaging: salvaging) {
      key, first throws(DatasetError) in try Self.task(key, first: first, of: hdf5)
    }
    (tasks, lines, faults) = (found.parts, found.lines, found.faults)
  }

  /// Whether a file has the streams of combinatorial scenes.
  static func isOne(_ url: URL) throws(DatasetError) -> Bool {
    guard FileManager.default.fileExists(atPath: url.path) else { throw .missing(file: url.path) }
    guard let file = try? HDF5File(url) else { return false }
    return ((try? file.names(in: "/")) ?? nil)?.contains(streams[1]) ?? false
  }

  /// Whether the file is a merged one.
  public var isMerged: Bool { tasks.first?.key != nil }
  /// Number of videos.
  public var count: Int? { tasks.reduce(0) { $0 + $1.count } }

  /// Where video `index` lies: key and number in the task.
  public func place(of index: Int) -> DatasetPlace {
    guard let task = tasks.last(where: { $0.first <= index }) else {
      return DatasetPlace(file, index: index)
    }
    return DatasetPlace(file, key: task.key, index: index - task.first)
  }

  /// The action of video `index`: x, y and radius of the red ball, 0 to 1.
  ///
  /// - Throws: ``DatasetError``
  public func action(at index: Int) throws(DatasetError) -> [Double] {
    let task = try task(of: index)
    return try hdf5.row(index - task.first, of: task.actions)
  }

  /// The features of video `index`, frame by frame and body by body, 14 each.
  ///
  /// - Throws: ``DatasetError``
  public func features(at index: Int) throws(DatasetError) -> [Double] {
    let task = try task(of: index)
    return try hdf5.row(index - task.first, of: task.objects)
  }

  /// The bytes of the mp4 file of video `index`.
  ///
  /// - Throws: ``DatasetError``
  public func mp4(at index: Int) throws(DatasetError) -> Data {
    let task = try task(of: index)
    return try hdf5.bytes(index - task.first, of: task.videos)
  }

  /// Video `index` as stored.
  ///
  /// - Throws: ``DatasetError``
  public func sample(at index: Int) throws(DatasetError) -> StoredSample {
    let task = try task(of: index)
    let place = place(of: index)
    var label: SceneLabel
    if let lines {
      label = try lines.label(index)
    } else {
      label = try Self.reconstruct(
        index, task, try features(at: index), try action(at: index), place)
    }
    guard let combinatorial = label.combinatorial else {
      throw place.error("its line of labels holds no combinatorial scene")
    }
    let whole = try LabelledVideo(
      index: label.index, combinatorial, video: Video(frames: 0, height: 0, width: 0, bytes: []))
    return StoredSample(
      label: label, trajectory: whole.trajectory, picture: .mp4(try mp4(at: index)))
  }

  private func task(of index: Int) throws(DatasetError) -> Task {
    try check(index, file: file)
    guard let task = tasks.last(where: { $0.first <= index }) else {
      throw .index(index, count: count ?? 0, file: file)
    }
    return task
  }
}
