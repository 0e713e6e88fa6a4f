import Foundation
import Videos

/// Stores a readable set in another format, with its labels and its recipe.
public enum DatasetConversion {
  /// The settings of a converted set: those of the source, as far as it has them.
  ///
  /// - Parameters:
  ///   - quality: nil keeps the bytes of mp4 files as they are.
  ///   - shardSize: nil takes that of the format.
  /// - Throws: ``DatasetError`` when the first video cannot be read.
  public static func settings(
    _ source: any StoredVideoSource, storage: DatasetFormat, quality: VideoQuality? = nil,
    shardSize: Int? = nil
  ) throws -> DatasetSettings {
    let sample = try source.sample(at: 0)
    let video = try sample.labelledVideo(at: source.place(of: 0))
    var framesPerSecond = 10
    // Pixels have to be coded somehow: without loss, as nothing else was asked for.
    var quality = quality
    switch sample.picture {
    case .mp4(let data):
      let information = try? VideoFile.information(of: data, name: "its mp4")
      if let rate = information?.framesPerSecond { framesPerSecond = max(1, Int(rate.rounded())) }
    case .pixels: quality = quality ?? .lossless
    }
    var settings = DatasetSettings(
      storage: storage, provenance: source.provenance, count: source.count ?? 0,
      size: video.video.width, frames: video.trajectory.frameCount,
      framesPerSecond: framesPerSecond, quality: quality, shardSize: shardSize)
    if settings.storesExactly { settings.decodedFrom = lossyOrigin(of: sample, source) }
    return settings
  }

  /// What the source's pixels lost before; nil where they are exact.
  private static func lossyOrigin(
    of sample: StoredSample, _ source: any StoredVideoSource
  ) -> String? {
    let known = (source as? StoredDataset)?.manifest?.settings
    if let earlier = known?.decodedFrom { return earlier }
    guard case .mp4 = sample.picture, !sample.isLossless else { return nil }
    return known?.quality ?? "lossy"
  }

  /// Converts a set into a new folder of shards; interrupted work goes on where it ended.
  ///
  /// - Parameter progress: called with the numbers of finished and of all videos.
  /// - Returns: the manifest when all shards are finished.
  /// - Throws: ``DatasetError`` naming the first video that cannot be read, or what is wrong with
  ///   the target.
  @discardableResult
  public static func convert(
    _ source: URL, to folder: URL, storage: DatasetFormat, quality: VideoQuality? = nil,
    shardSize: Int? = nil, threads: Int = 1, selection: ShardSelection = .all,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> DatasetManifest? {
    let opened = try DatasetReader.open(source)
    guard let count = opened.count, count > 0 else {
      throw DatasetError.request("\(source.path): there are no videos to convert")
    }
    var settings = try settings(
      opened, storage: storage, quality: quality, shardSize: shardSize)
    var videos: any StoredVideoSource = opened
    if storage == .hdf5, let sorted = try TaskSortedVideos(opened) {
      settings.taskFiles = sorted.files
      videos = sorted
    }
    let writer = DatasetWriter(settings, to: folder, threads: threads, selection: selection)
    return try writer.write(videos, progress: progress)
  }

  /// Merges the finished HDF5 chunks of a set into one file beside its folder, as the official
  /// tools do: `NAME.hdf5` beside `NAME/`.
  ///
  /// - Returns: the merged file.
  /// - Throws: ``DatasetError`` when the set is not of HDF5, not finished, or the file exists.
  @discardableResult
  public static func merge(_ folder: URL) throws(DatasetError) -> URL {
    let manifest = try DatasetManifest(folder: folder)
    guard manifest.settings.storage == .hdf5 else {
      throw .request(
        "\(folder.path): holds \(manifest.settings.storage.rawValue); only hdf5 chunks are merged")
    }
    let plain = URL(fileURLWithPath: folder.standardizedFileURL.path)
    let target = plain.deletingLastPathComponent()
      .appendingPathComponent(plain.lastPathComponent + ".hdf5")
    let files = manifest.shards.map { folder.appendingPathComponent($0.file) }
    if manifest.settings.isCombinatorial {
      try CombinatorialHDF5.merge(files, into: target)
    } else {
      try OfficialHDF5.merge(files, into: target)
    }
    let digest = try ShardMark.digest(of: target)
    var settings = manifest.settings
    settings.shardSize = settings.count
    let shard = DatasetShard(
      file: target.lastPathComponent, first: 0, count: settings.count, bytes: digest.bytes,
      sha256: digest.sha256)
    try OutputFile.write(
      json: ShardMark(settings: settings, shard: shard), to: ShardMark.url(of: target))
    return target
  }
}
