import Foundation
import Videos
import Worlds

/// Whether a data set is what it says: every check on every video, every problem listed.
///
/// Checked are: digests, lengths and counts of the manifest; missing and surplus files; that every
/// video decodes, with as many frames as positions and of the set's size; that a fresh simulation
/// of the scene gives the stored states; that recipe and seed give the stored scene; and that a
/// fresh rendering gives the stored pixels, exactly where they are stored without loss.
public struct DatasetVerification: Codable, Hashable, Sendable {
  /// The scenes that a manifest stands for; nil when they cannot be made here.
  public typealias Scenes = @Sendable (DatasetManifest) -> (any SceneSequence)?

  /// How far reconstructed scenes may be from the stored positions, world units: the start is known
  /// to single precision only.
  public static let reconstructionTolerance = 1e-3
  /// How far decoded H.264 may be from a fresh rendering, mean grey levels a channel.
  ///
  /// Measured at rate factor 25: at most 0.7 from 128 pixels on, 1.3 at 64, 7.5 at 16; more by the
  /// rate factor. The video of another scene is off by 5 and more.
  public static func pixelTolerance(size: Int, quality: VideoQuality?) -> Double {
    var factor = 2.0
    if case .h264(let crf, _) = quality { factor = exp2(max(0, Double(crf - 25)) / 12) }
    return 2 * factor * max(1, 64 / Double(size))
  }

  /// The file or folder.
  public var file: String
  /// Number of videos that were found.
  public var count = 0
  /// Number of videos that were checked.
  public var checked = 0
  /// Number of files whose digest was compared.
  public var digests = 0
  /// Number of scenes that were made again from recipe and seed.
  public var remade = 0
  /// Number of videos whose pixels are exactly those of a fresh rendering.
  public var identical = 0
  /// Everything that is wrong.
  public var faults: [DatasetFault] = []
  /// Whether nothing is wrong.
  public var isWhole: Bool { faults.isEmpty }

  /// Verifies a file or folder.
  ///
  /// - Parameters:
  ///   - samples: how many videos to check, evenly spaced; nil checks all. Digests, counts and file
  ///     structure are always checked in full.
  ///   - threads: threads that check videos.
  ///   - scenes: how to make the scenes of a recipe; nil where it should not be tried.
  /// - Throws: ``DatasetError/missing(file:)`` when there is nothing.
  public init(
    of url: URL, samples: Int? = nil, threads: Int = 1,
    scenes: @escaping Scenes = DatasetVerification.recipeScenes
  ) throws(DatasetError) {
    file = url.path
    let parts = try DatasetParts(url)
    faults = parts.faults
    let sequence = parts.manifest.flatMap(scenes)
    var salvaged = SalvagedParts()
    for (number, part) in parts.files.enumerated() {
      let shard = parts.manifest?.shards[number]
      if let shard { checkDigests(shard, part) }
      let (source, faults) = DatasetSalvage.open(part)
      self.faults += faults
      guard let source else { continue }
      if let archive = source as? NumPyShard {
        do { try archive.check() } catch {
          self.faults.append(DatasetSalvage.fault(error, DatasetPlace(part.path)))
        }
      }
      if let shard, source.count != shard.count {
        self.faults.append(
          DatasetPlace(part.path).fault(
            "\(source.count ?? 0) videos; the manifest says \(shard.count)"))
      }
      salvaged.add(source, part)
    }
    count = salvaged.count
    let check = VideoCheck(settings: parts.manifest?.settings, scenes: sequence)
    var results: [VideoCheck.Result] = []
    salvaged.forEach(samples: samples) { source, chosen in
      let checked = try? Parallel.map(chosen.indices, threads: threads) {
        check(chosen[$0], in: source)
      }
      results += checked ?? []
      return true
    }
    for result in results {
      checked += 1
      remade += result.isRemade ? 1 : 0
      identical += result.isIdentical ? 1 : 0
      faults += result.faults
    }
  }

  /// The scenes of a recipe and its seed; nil for a set in the official order.
  public static let counterScenes: Scenes = { manifest in
    guard manifest.settings.mode == .counter, let recipe = manifest.settings.recipe,
      let seed = manifest.settings.seed
    else { return nil }
    return SceneStream(recipe: recipe, seed: seed)
  }

  /// The scenes of a recipe, under its seed or in the official order.
  public static let recipeScenes: Scenes = { manifest in
    guard manifest.settings.mode == .official else { return counterScenes(manifest) }
    guard let recipe = manifest.settings.recipe, let layout = manifest.settings.layout else {
      return nil
    }
    return try? OfficialStream(recipe: recipe, layout: layout)
  }

  private mutating func checkDigests(_ shard: DatasetShard, _ url: URL) {
    compare(url, bytes: shard.bytes, sha256: shard.sha256)
    if let labels = shard.labels {
      compare(
        url.deletingLastPathComponent().appendingPathComponent(labels.file), bytes: labels.bytes,
        sha256: labels.sha256)
    }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue
    {
      checkList(in: url)
    }
  }

  /// Compares the files of a folder with its list of digests.
  private mutating func checkList(in folder: URL) {
    let name = VideoFolderWriter.digestFile
    guard let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    else { return }
    var known: Set = [name]
    for (number, line) in text.split(separator: "\n").enumerated() {
      let parts = line.split(separator: " ", maxSplits: 1).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      guard parts.count == 2, !parts[1].contains("/") else {
        faults.append(
          DatasetPlace(folder.path, key: name).fault("line \(number + 1) is no digest and name"))
        continue
      }
      known.insert(parts[1])
      compare(folder.appendingPathComponent(parts[1]), bytes: nil, sha256: parts[0])
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names.sorted() where !known.contains(name) {
      faults.append(
        DatasetPlace(folder.path, key: name).fault("the list of digests does not know it"))
    }
  }

  private mutating func compare(_ url: URL, bytes: Int?, sha256: String) {
    do {
      let found = try ShardMark.digest(of: url)
      digests += 1
      if let bytes, found.bytes != bytes {
        faults.append(
          DatasetPlace(url.path).fault("\(found.bytes) bytes; the manifest says \(bytes)"))
      }
      if found.sha256 != sha256 {
        faults.append(
          DatasetPlace(url.path).fault("has SHA-256 \(found.sha256), not \(sha256)"))
      }
    } catch {
      faults.append(DatasetSalvage.fault(error, DatasetPlace(url.path)))
    }
  }
}
