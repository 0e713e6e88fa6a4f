import Foundation

/// Opens whatever can be read of a file, and says what cannot.
enum DatasetSalvage {
  /// The source, nil when nothing can be read, and everything that is wrong.
  static func open(_ url: URL) -> (source: (any StoredVideoSource)?, faults: [DatasetFault]) {
    do {
      switch try DatasetFormat.detect(url) {
      case .hdf5:
        let source = try OfficialHDF5(salvaging: url)
        return (source, source.faults)
      case .tar:
        let source = try TarShard(salvaging: url)
        return (source, source.faults)
      case .npz: return (try NumPyShard(contentsOf: url), [])
      case .folder:
        let source = try DatasetReader.videoFolder(url)
        return (source, source.faults)
      case nil:
        throw DatasetError.unrecognised(
          file: url.path, cause: "the file is neither HDF5, tar nor npz")
      }
    } catch {
      return (nil, [fault(error, DatasetPlace(url.path))])
    }
  }

  /// An error as a fault; the place is taken where the error names none.
  static func fault(_ error: any Error, _ place: DatasetPlace) -> DatasetFault {
    switch error {
    case let fault as DatasetFault: return fault
    case DatasetError.broken(let fault): return fault
    case DatasetError.missing(let file): return DatasetPlace(file).fault("no such file or folder")
    case DatasetError.unrecognised(let file, let cause): return DatasetPlace(file).fault(cause)
    default: return place.fault("\(error)")
    }
  }
}

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
      let names = (0..<mark.settings.shardCount).map(mark.settings.storage.shardName)
      for name in names
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
