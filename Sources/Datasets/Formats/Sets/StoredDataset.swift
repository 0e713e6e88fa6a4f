import Foundation
import Videos

/// A set of shards in a folder, read as one.
///
/// Shards are opened when they are needed; the last few stay open.
public struct StoredDataset: StoredVideoSource {
  private struct Part: Sendable {
    var url: URL
    var first: Int
    var count: Int
  }

  /// The folder.
  public let folder: URL
  /// How the set was made; nil for a folder of shards without a manifest.
  public let manifest: DatasetManifest?
  private let parts: [Part]
  private let shards = ShardCache()

  /// Opens a finished set by its manifest.
  ///
  /// - Throws: ``DatasetError`` when the manifest contradicts itself or shards are missing.
  public init(_ manifest: DatasetManifest, in folder: URL) throws(DatasetError) {
    self.folder = folder
    self.manifest = manifest
    var parts: [Part] = []
    var first = 0
    for shard in manifest.shards {
      let url = folder.appendingPathComponent(shard.file)
      guard shard.first == first else {
        throw DatasetPlace(folder.path, key: shard.file).error(
          "begins with video \(shard.first); the shards before it end before \(first)")
      }
      guard FileManager.default.fileExists(atPath: url.path) else {
        throw .missing(file: url.path)
      }
      parts.append(Part(url: url, first: first, count: shard.count))
      first += shard.count
    }
    guard first == manifest.settings.count else {
      throw DatasetPlace(folder.path, key: DatasetManifest.fileName).error(
        "promises \(manifest.settings.count) videos and lists \(first)")
    }
    self.parts = parts
  }

  /// Opens files of a folder, such as the chunks of the official generators, in the given order.
  ///
  /// - Throws: ``DatasetError`` when one cannot be opened.
  public init(shards files: [URL], in folder: URL) throws(DatasetError) {
    self.folder = folder
    manifest = nil
    var parts: [Part] = []
    var first = 0
    for url in files {
      let count = try shards.source(url).count ?? 0
      parts.append(Part(url: url, first: first, count: count))
      first += count
    }
    self.parts = parts
  }

  /// Number of videos.
  public var count: Int? { parts.last.map { $0.first + $0.count } ?? 0 }

  /// The digests of all shards in one, or how the first shard begins and ends where no manifest
  /// tells them.
  public var identity: String {
    let digest =
      manifest.map { manifest in
        SHA256.digest(of: Data(manifest.shards.map(\.sha256).joined(separator: "\n").utf8))
      } ?? parts.first.map { SourceDigest.text(of: $0.url) } ?? "empty"
    return "\(folder.lastPathComponent), \(count ?? 0) videos, \(digest)"
  }

  /// Recipe, seed and mode.
  public var provenance: DatasetProvenance? { manifest?.settings.provenance }

  /// Where video `index` lies.
  public func place(of index: Int) -> DatasetPlace {
    guard let part = part(of: index), let source = try? shards.source(part.url) else {
      return DatasetPlace(folder.path, index: index)
    }
    return source.place(of: index - part.first)
  }

  /// Video `index` as stored.
  ///
  /// - Throws: ``DatasetError``
  public func sample(at index: Int) throws(DatasetError) -> StoredSample {
    guard let part = part(of: index) else {
      throw .index(index, count: count ?? 0, file: folder.path)
    }
    let source = try shards.source(part.url)
    guard source.count == part.count else {
      throw DatasetPlace(part.url.path).error(
        "has \(source.count ?? 0) videos; the manifest says \(part.count)")
    }
    return try source.sample(at: index - part.first)
  }

  private func part(of index: Int) -> Part? {
    var low = 0
    var high = parts.count
    while low < high {
      let middle = (low + high) / 2
      if parts[middle].first + parts[middle].count <= index {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return parts.indices.contains(low) && index >= 0 ? parts[low] : nil
  }
}

/// Open shards; those that were not used for longest are closed first.
private final class ShardCache: @unchecked Sendable {
  /// Every open HDF5 file takes a file descriptor, of which a process has about a thousand.
  private static let capacity = 64

  private let lock = NSLock()
  private var sources: [URL: (source: any StoredVideoSource, used: Int)] = [:]
  private var uses = 0

  func source(_ url: URL) throws(DatasetError) -> any StoredVideoSource {
    if let known = known(url) { return known }
    // Opened outside the lock: another thread may do the same meanwhile, to no harm.
    let source = try DatasetReader.openShard(url)
    lock.withLock {
      if sources.count >= Self.capacity,
        let oldest = sources.min(by: { $0.value.used < $1.value.used })
      {
        sources[oldest.key] = nil
      }
      sources[url] = (source, uses)
    }
    return source
  }

  private func known(_ url: URL) -> (any StoredVideoSource)? {
    lock.withLock {
      uses += 1
      sources[url]?.used = uses
      return sources[url]?.source
    }
  }
}
