import Foundation
import Videos
import Worlds

extension VideoFolder: StoredVideoSource {
  /// Number of scenes without a problem in the list.
  public var count: Int? { entries.count }

  /// The list of scenes by its digest.
  public var identity: String {
    let list = folder.appendingPathComponent("scenes.jsonl")
    return "\(folder.lastPathComponent), \(entries.count) videos, \(SourceDigest.text(of: list))"
  }

  /// Recipe and seed.
  public var provenance: DatasetProvenance? {
    DatasetProvenance(recipe: manifest.recipe, seed: manifest.seed)
  }

  /// Where video `index` lies: the name of its file.
  public func place(of index: Int) -> DatasetPlace {
    DatasetPlace(
      folder.path, key: entries.indices.contains(index) ? entries[index].video : nil, index: index)
  }

  /// Video `index` of ``entries`` as stored.
  ///
  /// - Throws: ``DatasetError``
  public func sample(at index: Int) throws(DatasetError) -> StoredSample {
    try check(index, file: folder.path)
    let entry = entries[index]
    let data: Data
    do {
      data = try Data(
        contentsOf: folder.appendingPathComponent(entry.video), options: .mappedIfSafe)
    } catch {
      throw place(of: index).error(error.localizedDescription)
    }
    return StoredSample(
      label: SceneLabel(entry), trajectory: entry.trajectory, picture: .mp4(data))
  }

  /// The problems of the list as faults of this folder.
  public var faults: [DatasetFault] {
    problems.map { problem in
      switch problem {
      case .line(let number, let cause):
        DatasetPlace(folder.path, key: "scenes.jsonl line \(number)").fault(cause)
      case .scene(let index, let cause): DatasetPlace(folder.path, index: index).fault(cause)
      case .video(let file, let cause):
        DatasetPlace(folder.path, key: URL(fileURLWithPath: file).lastPathComponent).fault(cause)
      case .count: DatasetPlace(folder.path).fault("\(problem)")
      }
    }
  }
}

extension SceneLabel {
  init(_ entry: VideoFolder.Entry) {
    self.init(
      index: entry.index, parameters: entry.parameters, scenario: entry.scenarioName,
      scene: entry.scene)
    level = entry.level
    isReconstructed = entry.reconstructed ?? false
    contacts = entry.contacts ?? []
    seed = entry.seed
    recipe = entry.recipe
  }
}

/// Writes a folder of videos with its list, its manifest and a list of digests.
final class VideoFolderWriter: ShardWriter {
  /// The list of digests, as `sha256sum --check` reads it.
  static let digestFile = "sha256sums.txt"

  private let folder: URL
  private let settings: DatasetSettings
  private let first: Int
  private var number: Int
  private let list: OutputFile
  private var digests: [String] = []

  init(_ folder: URL, first: Int, settings: DatasetSettings) throws(DatasetError) {
    self.folder = folder
    self.settings = settings
    self.first = first
    number = first
    try OutputFile.makeFolder(folder)
    list = try OutputFile(folder.appendingPathComponent("scenes.jsonl"))
  }

  func append(_ video: LabelledVideo, _ picture: StoredSample.Picture) throws(DatasetError) {
    guard case .mp4(let data) = picture else { return }
    let name = VideoFolder.fileName(number)
    try save(data, name)
    try list.append(
      line: VideoFolder.Entry(video, file: name, provenance: settings.provenance))
    number += 1
  }

  func finish() throws(DatasetError) {
    try list.close()
    let manifest = VideoFolder.Manifest(
      format: VideoFolder.format, version: 1, recipe: settings.recipe, seed: settings.seed,
      count: number - first, size: settings.size, framesPerSecond: settings.framesPerSecond,
      quality: settings.quality)
    let url = folder.appendingPathComponent("manifest.json")
    try OutputFile.write(json: manifest, to: url)
    for name in ["scenes.jsonl", "manifest.json"] {
      do {
        let digest = try SHA256.digest(ofFile: folder.appendingPathComponent(name))
        digests.append("\(digest.sha256)  \(name)\n")
      } catch {
        throw .cannotWrite(file: folder.path, cause: "\(error)")
      }
    }
    let sums = try OutputFile(folder.appendingPathComponent(VideoFolderWriter.digestFile))
    try sums.append(Data(digests.joined().utf8))
    try sums.close()
  }

  private func save(_ data: Data, _ name: String) throws(DatasetError) {
    do {
      try data.write(to: folder.appendingPathComponent(name), options: .withoutOverwriting)
    } catch {
      throw .cannotWrite(file: folder.path, cause: error.localizedDescription)
    }
    digests.append("\(SHA256.digest(of: data))  \(name)\n")
  }
}
