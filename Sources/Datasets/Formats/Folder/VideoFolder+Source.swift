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
    DatasetProvenance(
      recipe: manifest.recipe, seed: manifest.seed, combinatorial: manifest.combinatorial)
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
    combinatorial = entry.combinatorial
  }
}
