import Combinatorial

/// Stored videos of combinatorial scenes sorted by task and trial, as the official files hold them.
struct TaskSortedVideos: StoredVideoSource {
  /// The tasks in order, with their numbers of videos.
  let files: [CombinatorialTaskFile]
  private let base: any StoredVideoSource
  private let order: [Int]

  /// The videos of a source in another order; nil when they are of other scenes.
  ///
  /// - Throws: ``DatasetError`` when labels cannot be read, or are of scenes of several kinds.
  init?(_ base: any StoredVideoSource) throws(DatasetError) {
    guard let count = base.count, count > 0,
      try base.sample(at: 0).label.combinatorial != nil
    else { return nil }
    var places: [(key: String, trial: Int, index: Int)] = []
    for index in 0..<count {
      guard let scene = try base.sample(at: index).label.combinatorial?.scene else {
        throw base.place(of: index).error(
          "is no combinatorial scene, as the first video is; store this set as tar or folder")
      }
      let key = CombinatorialTaskFile.key(template: scene.template, task: scene.task)
      places.append((key, scene.trial, index))
    }
    places.sort { ($0.key, $0.trial, $0.index) < ($1.key, $1.trial, $1.index) }
    var files: [CombinatorialTaskFile] = []
    for place in places {
      if files.last?.key == place.key {
        files[files.count - 1].count += 1
      } else {
        files.append(CombinatorialTaskFile(key: place.key, count: 1))
      }
    }
    self.base = base
    self.files = files
    order = places.map(\.index)
  }

  var count: Int? { order.count }
  var identity: String { base.identity + ", sorted by task" }
  var provenance: DatasetProvenance? { base.provenance }

  func place(of index: Int) -> DatasetPlace {
    base.place(of: order.indices.contains(index) ? order[index] : index)
  }

  func sample(at index: Int) throws(DatasetError) -> StoredSample {
    guard order.indices.contains(index) else {
      throw .index(index, count: order.count, file: base.place(of: 0).file)
    }
    return try base.sample(at: order[index])
  }
}
