import Foundation

/// The parts of a set: one for a single file, one per shard for a folder of shards.
struct DatasetParts {
  /// The shard files or folders.
  var files: [URL]
  /// How the set was made; nil without a manifest.
  var manifest: DatasetManifest?
  /// What is wrong with the set as a whole.
  var faults: [DatasetFault] = []
  /// Whether the parts are shards in a folder.
  var isSet = false

  /// Finds the parts of a set.
  ///
  /// - Throws: ``DatasetError/missing(file:)`` when there is nothing.
  init(_ url: URL) throws(DatasetError) {
    files = [url]
    let format: DatasetFormat?
    do { format = try DatasetFormat.detect(url) } catch {
      if case .missing = error { throw error }
      format = nil
    }
    guard format == .folder, !DatasetReader.isVideoFolder(url) else { return }
    isSet = true
    do {
      let manifest = try DatasetManifest(folder: url)
      self.manifest = manifest
      files = manifest.shards.map { url.appendingPathComponent($0.file) }
      checkCounts(manifest, url)
      checkSurplus(manifest, url)
    } catch {
      if case .missing = error {
        openWithoutManifest(url)
      } else {
        faults.append(DatasetSalvage.fault(error, DatasetPlace(url.path)))
        files = (try? DatasetReader.shards(in: url)) ?? []
      }
    }
  }

  private mutating func openWithoutManifest(_ url: URL) {
    do {
      files = try DatasetReader.shards(in: url)
    } catch {
      files = []
      faults.append(DatasetSalvage.fault(error, DatasetPlace(url.path)))
    }
    for file in files {
      guard let mark = try? ShardMark.read(of: file) else { continue }
      for name in mark.settings.shardNames
      where !FileManager.default.fileExists(atPath: url.appendingPathComponent(name).path) {
        faults.append(DatasetPlace(url.path, key: name).fault("the shard is not made yet"))
      }
      return
    }
  }

  private mutating func checkCounts(_ manifest: DatasetManifest, _ url: URL) {
    var first = 0
    for shard in manifest.shards {
      if shard.first != first {
        faults.append(
          DatasetPlace(url.path, key: shard.file).fault(
            "begins with video \(shard.first); the shards before it end before \(first)"))
      }
      first = shard.first + shard.count
    }
    if first != manifest.settings.count {
      faults.append(
        DatasetPlace(url.path, key: DatasetManifest.fileName).fault(
          "promises \(manifest.settings.count) videos and lists \(first)"))
    }
  }

  /// Files that the manifest does not know.
  private mutating func checkSurplus(_ manifest: DatasetManifest, _ url: URL) {
    var known: Set = [DatasetManifest.fileName]
    for shard in manifest.shards {
      known.insert(shard.file)
      known.insert(ShardMark.url(of: url.appendingPathComponent(shard.file)).lastPathComponent)
      if let labels = shard.labels { known.insert(labels.file) }
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    for name in names.sorted() where !known.contains(name) {
      faults.append(
        DatasetPlace(url.path, key: name).fault(
          name.hasPrefix(".") && name.contains(".partial-")
            ? "left over from an interrupted run; remove it" : "the manifest does not know it"))
    }
  }
}
