import Foundation

/// A file with its length and SHA-256 digest.
public struct DatasetFile: Codable, Hashable, Sendable {
  /// The name in the set's folder. A folder stands for the list of digests in it.
  public var file: String
  /// Length in bytes.
  public var bytes: Int
  /// SHA-256 in hexadecimal digits.
  public var sha256: String
}

/// One finished shard.
public struct DatasetShard: Codable, Hashable, Sendable {
  /// Name, length and digest.
  public var file: String
  /// Number of its first video in the set.
  public var first: Int
  /// Number of videos.
  public var count: Int
  /// Length in bytes; of a folder, that of its list of digests.
  public var bytes: Int
  /// SHA-256; of a folder, that of its list of digests.
  public var sha256: String
  /// The file of labels beside an HDF5 file.
  public var labels: DatasetFile?
}

/// `manifest.json` of a finished set: how it was made, and the digest of every shard.
///
/// ```json
/// {"count": 2000, "format": "phyworld-dataset", "storage": "tar", "seed": 1, "shards": […], …}
/// ```
public struct DatasetManifest: Hashable, Sendable {
  /// The value of `format`.
  public static let format = "phyworld-dataset"
  /// The version that is written and read.
  public static let version = 1
  /// The name of the file in the set's folder.
  public static let fileName = "manifest.json"

  /// How the set was made.
  public var settings: DatasetSettings
  /// Its shards in order.
  public var shards: [DatasetShard]

  /// A manifest from its parts.
  public init(settings: DatasetSettings, shards: [DatasetShard]) {
    self.settings = settings
    self.shards = shards
  }

  /// Reads the manifest of a folder.
  ///
  /// - Throws: ``DatasetError`` when there is none or it cannot be read.
  public init(folder: URL) throws(DatasetError) {
    let url = folder.appendingPathComponent(Self.fileName)
    guard FileManager.default.fileExists(atPath: url.path) else { throw .missing(file: url.path) }
    do {
      self = try JSONDecoder().decode(DatasetManifest.self, from: Data(contentsOf: url))
    } catch {
      throw DatasetPlace(url.path).error(DecodingProblem.text(error))
    }
  }
}

extension DatasetManifest: Codable {
  private enum CodingKeys: String, CodingKey {
    case format, version, shards
  }

  /// Reads a manifest of this version, whose numbers make sense.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let format = try values.decode(String.self, forKey: .format)
    let version = try values.decode(Int.self, forKey: .version)
    guard format == Self.format, version == Self.version else {
      throw DecodingError.dataCorruptedError(
        forKey: .format, in: values,
        debugDescription: "\(format) \(version); this build reads \(Self.format) \(Self.version)")
    }
    settings = try DatasetSettings(from: decoder)
    shards = try values.decode([DatasetShard].self, forKey: .shards)
    do { try settings.validate() } catch {
      throw DecodingError.dataCorruptedError(
        forKey: .shards, in: values, debugDescription: "\(error)")
    }
    for shard in shards {
      for name in [shard.file, shard.labels?.file].compactMap(\.self)
      where name.isEmpty || name.contains("/") || name.hasPrefix(".") {
        throw DecodingError.dataCorruptedError(
          forKey: .shards, in: values,
          debugDescription: "'\(name)' is not the name of a file in the folder")
      }
      guard shard.count >= 0, shard.first >= 0, shard.count <= settings.count else {
        throw DecodingError.dataCorruptedError(
          forKey: .shards, in: values,
          debugDescription: "\(shard.file) has \(shard.count) videos from \(shard.first) on")
      }
    }
  }

  /// Writes settings and shards side by side.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(Self.format, forKey: .format)
    try values.encode(Self.version, forKey: .version)
    try settings.encode(to: encoder)
    try values.encode(shards, forKey: .shards)
  }
}
