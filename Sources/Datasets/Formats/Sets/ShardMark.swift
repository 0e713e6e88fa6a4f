import Foundation
import Videos

/// The mark of a finished shard, `shard-00003.json` beside `shard-00003.tar`: how it was made, and
/// its digest.
struct ShardMark: Codable, Hashable {
  var settings: DatasetSettings
  var shard: DatasetShard

  private enum CodingKeys: String, CodingKey {
    case settings, shard
  }

  /// The mark of a shard file or folder.
  static func url(of shard: URL) -> URL {
    let plain = DatasetFormat.allCases.contains { $0.rawValue == shard.pathExtension }
    return (plain ? shard.deletingPathExtension() : shard).appendingPathExtension("json")
  }

  /// The mark of a shard; nil when there is none.
  static func read(of shard: URL) throws(DatasetError) -> ShardMark? {
    let url = url(of: shard)
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    do {
      return try JSONDecoder().decode(ShardMark.self, from: Data(contentsOf: url))
    } catch {
      throw DatasetPlace(url.path).error(DecodingProblem.text(error))
    }
  }

  /// Recipe, seed and mode that the mark beside a shard names.
  static func provenance(of shard: URL) -> DatasetProvenance? {
    (try? read(of: shard))??.settings.provenance
  }

  /// Length and digest of a file; of a folder, of its list of digests.
  static func digest(of url: URL) throws(DatasetError) -> (sha256: String, bytes: Int) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw .missing(file: url.path)
    }
    let file =
      isFolder.boolValue ? url.appendingPathComponent(VideoFolderWriter.digestFile) : url
    do {
      return try SHA256.digest(ofFile: file)
    } catch {
      throw DatasetPlace(file.path).error("\(error)")
    }
  }
}
