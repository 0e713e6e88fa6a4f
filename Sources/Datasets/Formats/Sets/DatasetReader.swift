import Foundation

/// Opens data sets of any format.
public enum DatasetReader {
  /// Opens a set by what is there: a folder with a manifest, a folder of videos, a folder of shards
  /// such as the official chunks, or a single `.hdf5`, `.tar` or `.npz` file.
  ///
  /// - Throws: ``DatasetError`` saying why it is none of these or what in it is broken.
  public static func open(_ url: URL) throws(DatasetError) -> any StoredVideoSource {
    guard try DatasetFormat.detect(url) == .folder else { return try openShard(url) }
    let manifest = url.appendingPathComponent(DatasetManifest.fileName)
    if FileManager.default.fileExists(atPath: manifest.path) {
      if isVideoFolder(url) { return try openFolder(url) }
      return try StoredDataset(try DatasetManifest(folder: url), in: url)
    }
    let shards = try shards(in: url)
    try requireNoMarks(beside: shards, in: url)
    return try StoredDataset(shards: shards, in: url)
  }

  /// Opens one file or folder of videos that is no set of shards.
  static func openShard(_ url: URL) throws(DatasetError) -> any StoredVideoSource {
    switch try DatasetFormat.detect(url) {
    case .hdf5:
      return try CombinatorialHDF5.isOne(url)
        ? CombinatorialHDF5(contentsOf: url) : OfficialHDF5(contentsOf: url)
    case .tar: return try TarShard(contentsOf: url)
    case .npz: return try NumPyShard(contentsOf: url)
    case .folder: return try openFolder(url)
    case nil:
      throw .unrecognised(file: url.path, cause: "the file is neither HDF5, tar nor npz")
    }
  }

  /// Whether a folder's manifest is that of a folder of videos.
  static func isVideoFolder(_ url: URL) -> Bool {
    struct Format: Decodable { var format: String }
    let data = try? Data(contentsOf: url.appendingPathComponent(DatasetManifest.fileName))
    let format = data.flatMap { try? JSONDecoder().decode(Format.self, from: $0).format }
    return format == VideoFolder.format
  }

  private static func openFolder(_ url: URL) throws(DatasetError) -> VideoFolder {
    let folder = try videoFolder(url)
    if let fault = folder.faults.first { throw .broken(fault) }
    return folder
  }

  /// Opens a folder of videos, whatever is wrong with single ones.
  static func videoFolder(_ url: URL) throws(DatasetError) -> VideoFolder {
    do {
      return try VideoFolder(contentsOf: url)
    } catch {
      switch error {
      case .missing(let file): throw .missing(file: file)
      case .garbled(let file, let cause): throw DatasetPlace(file).error(cause)
      default: throw DatasetPlace(url.path).error("\(error)")
      }
    }
  }

  /// The shard files of a folder without a manifest, in the order of their numbers.
  static func shards(in folder: URL) throws(DatasetError) -> [URL] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .filter { !$0.hasPrefix(".") }.sorted()
    } catch {
      throw DatasetPlace(folder.path).error(error.localizedDescription)
    }
    for format in [DatasetFormat.hdf5, .tar, .npz] {
      let files = names.filter { $0.hasSuffix(".\(format.rawValue)") }
        .map { folder.appendingPathComponent($0) }
      // Official chunk names are plain numbers without leading zeros: 10 comes after 9.
      func number(_ url: URL) -> Int { Int(url.deletingPathExtension().lastPathComponent) ?? .max }
      if !files.isEmpty {
        return files.sorted {
          (number($0), $0.lastPathComponent) < (number($1), $1.lastPathComponent)
        }
      }
    }
    let shards = names.filter { isVideoFolder(folder.appendingPathComponent($0)) }
    if !shards.isEmpty { return shards.map { folder.appendingPathComponent($0) } }
    throw .unrecognised(
      file: folder.path,
      cause: names.contains { $0.hasSuffix(".mp4") }
        ? "the folder has mp4 files but neither manifest.json nor scenes.jsonl, which hold the labels"
        : "the folder has no manifest.json and no shards")
  }

  /// Marks without a manifest mean that the set is still being made.
  private static func requireNoMarks(
    beside shards: [URL], in folder: URL
  ) throws(DatasetError) {
    for url in shards {
      guard let mark = try ShardMark.read(of: url) else { continue }
      let missing = mark.settings.shardNames
        .filter { !FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path) }
      throw .unfinished(
        folder: folder.path, missing: missing.isEmpty ? [DatasetManifest.fileName] : missing)
    }
  }
}
