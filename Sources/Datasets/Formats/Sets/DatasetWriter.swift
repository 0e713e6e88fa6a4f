import Foundation
import Videos
import Worlds

/// Writes a set of videos as shards, a mark beside each finished one, and a manifest at the end.
///
/// ```swift
/// let scenes = SceneStream(recipe: recipe, seed: 1)
/// let source = RenderedScenes(scenes, size: 256)
/// let settings = DatasetSettings(storage: .tar, provenance: source.provenance, count: 30_000)
/// try DatasetWriter(settings, to: folder, threads: 2).write(source)
/// ```
///
/// A shard is written under a hidden name and renamed when it is whole. An interrupted run goes on
/// with the first shard that is not finished; a finished shard is never overwritten. Its bytes do
/// not depend on the number of threads or processes.
public struct DatasetWriter: Sendable {
  /// What decides the bytes.
  public var settings: DatasetSettings
  /// The folder that holds the shards.
  public var folder: URL
  /// Threads that make videos.
  public var threads: Int
  /// The shards that this process makes.
  public var selection: ShardSelection
  /// The columns of the official `init_streams`; nil takes those that fit scenario and recipe.
  public var columns: OfficialColumns?

  /// A writer of a set into a folder.
  public init(
    _ settings: DatasetSettings, to folder: URL, threads: Int = 1,
    selection: ShardSelection = .all, columns: OfficialColumns? = nil
  ) {
    self.settings = settings
    self.folder = folder
    self.threads = threads
    self.selection = selection
    self.columns = columns
  }

  /// Makes the selected shards that are not finished.
  ///
  /// - Parameter progress: called with the number of finished videos among those selected, and
  ///   their number.
  /// - Returns: the manifest when all shards of the set are finished, else nil.
  /// - Throws: ``DatasetError`` when the target was made with other settings or cannot be written,
  ///   and what keeps a video from being made.
  @discardableResult
  public func write(
    _ source: some VideoSource, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> DatasetManifest? {
    try settings.validate()
    if let count = source.count, count < settings.count {
      throw DatasetError.request("\(settings.count) videos were asked for; there are \(count)")
    }
    try OutputFile.makeFolder(folder)
    if let finished = try manifestThatIsThere() { return finished }
    let shards = try settings.shards()
    let numbers = shards.indices.filter(selection.contains)
    let total = numbers.reduce(0) { $0 + shards[$1].count }
    let columns = try needsColumns ? self.columns ?? columns(of: source) : nil
    var done = 0
    progress(0, total)
    for number in numbers {
      if try finishedShard(number) == nil {
        try make(number, shards[number], source, columns) { progress(done + $0, total) }
      }
      done += shards[number].count
      progress(done, total)
    }
    return try finish(shards.count)
  }

  /// Writes the manifest if every shard of the set is finished.
  ///
  /// - Returns: the manifest; nil while shards are missing.
  private func finish(_ count: Int) throws(DatasetError) -> DatasetManifest? {
    var shards: [DatasetShard] = []
    for number in 0..<count {
      guard let shard = try finishedShard(number) else { return nil }
      shards.append(shard)
    }
    let manifest = DatasetManifest(settings: settings, shards: shards)
    try OutputFile.write(
      json: manifest, to: folder.appendingPathComponent(DatasetManifest.fileName))
    return manifest
  }

  private func manifestThatIsThere() throws(DatasetError) -> DatasetManifest? {
    let url = folder.appendingPathComponent(DatasetManifest.fileName)
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    let manifest = try DatasetManifest(folder: folder)
    try require(manifest.settings, in: url)
    for shard in manifest.shards {
      let file = folder.appendingPathComponent(shard.file)
      guard FileManager.default.fileExists(atPath: file.path) else {
        throw .missing(file: file.path)
      }
    }
    return manifest
  }

  /// The record of a finished shard; nil when it is still to be made.
  private func finishedShard(_ number: Int) throws(DatasetError) -> DatasetShard? {
    let url = url(number)
    guard let mark = try ShardMark.read(of: url) else { return nil }
    try require(mark.settings, in: ShardMark.url(of: url))
    return FileManager.default.fileExists(atPath: url.path) ? mark.shard : nil
  }

  private func require(_ found: DatasetSettings, in url: URL) throws(DatasetError) {
    guard let difference = found.difference(from: settings) else { return }
    throw .setting(
      file: url.path, name: difference.name, found: difference.mine, wanted: difference.theirs)
  }

  private func url(_ number: Int) -> URL {
    folder.appendingPathComponent(settings.shardName(number))
  }

  private var needsColumns: Bool { settings.storage == .hdf5 && !settings.isCombinatorial }

  private func columns(of source: some VideoSource) throws -> OfficialColumns {
    if let columns = (source as? OfficialHDF5)?.columns { return columns }
    let video = try source.video(at: 0)
    return OfficialColumns(
      scenario: video.scenario, parameters: video.parameters, scene: video.scene,
      recipe: settings.recipe?.id)
  }
}

// One shard.
extension DatasetWriter {
  private func make(
    _ number: Int, _ videos: Range<Int>, _ source: some VideoSource, _ columns: OfficialColumns?,
    progress: (Int) -> Void
  ) throws {
    let target = url(number)
    let temporary = OutputFile.temporary(for: target)
    let temporaryLabels = temporary.appendingPathExtension("labels")
    defer {
      try? FileManager.default.removeItem(at: temporary)
      try? FileManager.default.removeItem(at: temporaryLabels)
    }
    let writer = try writer(temporary, temporaryLabels, videos, columns)
    // A few videos a thread: enough to share out evenly, few enough to hold their pixels.
    let batch = max(1, threads) * 4
    for start in stride(from: videos.lowerBound, to: videos.upperBound, by: batch) {
      let range = start..<min(start + batch, videos.upperBound)
      let made = try Parallel.map(range, threads: threads) { try picture(of: $0, source) }
      for (video, picture) in made { try writer.append(video, picture) }
      progress(range.upperBound - videos.lowerBound)
    }
    try writer.finish()

    var labels: DatasetFile?
    if settings.storage == .hdf5 {
      let place = OfficialHDF5.labelFile(of: target)
      let digest = try moveIntoPlace(temporaryLabels, place)
      labels = DatasetFile(
        file: place.lastPathComponent, bytes: digest.bytes, sha256: digest.sha256)
    }
    let digest = try moveIntoPlace(temporary, target)
    let shard = DatasetShard(
      file: target.lastPathComponent, first: videos.lowerBound, count: videos.count,
      bytes: digest.bytes, sha256: digest.sha256, labels: labels)
    try OutputFile.write(
      json: ShardMark(settings: settings, shard: shard), to: ShardMark.url(of: target))
  }

  private func picture(
    of index: Int, _ source: some VideoSource
  ) throws -> (LabelledVideo, StoredSample.Picture) {
    if settings.storage != .npz, let source = source as? any FileSource,
      let (video, file) = try source.file(
        at: index, size: settings.size, quality: settings.videoQuality ?? .official,
        framesPerSecond: settings.framesPerSecond)
    {
      return (video, .mp4(file))
    }
    var stored: StoredSample.Picture?
    var video: LabelledVideo
    if let files = source as? any StoredVideoSource {
      let sample = try files.sample(at: index)
      stored = sample.picture
      video = try sample.labelledVideo(at: files.place(of: index))
    } else {
      video = try source.video(at: index)
    }
    guard video.video.width == settings.size, video.video.height == settings.size else {
      throw DatasetError.request(
        "video \(index) has \(video.video.width) by \(video.video.height) pixels, the set "
          + "\(settings.size) by \(settings.size)")
    }
    let picture = try settings.storage.picture(
      of: video, stored: stored, quality: settings.videoQuality,
      framesPerSecond: settings.framesPerSecond)
    video.video = Video(frames: 0, height: 0, width: 0, bytes: [])
    return (video, picture)
  }

  private func writer(
    _ url: URL, _ labels: URL, _ videos: Range<Int>, _ columns: OfficialColumns?
  ) throws(DatasetError) -> any ShardWriter {
    switch settings.storage {
    case .hdf5 where settings.isCombinatorial:
      try CombinatorialHDF5Writer(
        url, labels: labels, count: videos.count, provenance: settings.provenance)
    case .hdf5:
      try OfficialHDF5Writer(
        url, labels: labels, count: videos.count, columns: columns ?? .motion,
        provenance: settings.provenance)
    case .tar:
      try TarShardWriter(url, first: videos.lowerBound, provenance: settings.provenance)
    case .folder: try VideoFolderWriter(url, first: videos.lowerBound, settings: settings)
    case .npz: try NumPyShardWriter(url, count: videos.count, provenance: settings.provenance)
    }
  }

  /// Renames what was made. What is there already, from a run that ended before it could leave the
  /// mark, must be the same.
  private func moveIntoPlace(
    _ temporary: URL, _ target: URL
  ) throws(DatasetError) -> (sha256: String, bytes: Int) {
    let digest = try ShardMark.digest(of: temporary)
    if FileManager.default.fileExists(atPath: target.path) {
      guard try ShardMark.digest(of: target).sha256 == digest.sha256 else {
        throw .exists(file: target.path)
      }
      return digest
    }
    do {
      try FileManager.default.moveItem(at: temporary, to: target)
    } catch {
      // Another process may have made the same shard in the meantime.
      guard let other = try? ShardMark.digest(of: target), other.sha256 == digest.sha256 else {
        throw .cannotWrite(file: target.path, cause: error.localizedDescription)
      }
    }
    return digest
  }
}
