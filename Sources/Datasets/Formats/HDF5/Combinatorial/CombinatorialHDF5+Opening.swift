import Combinatorial
import Worlds

// Opening: what must hold before a video is read.
extension CombinatorialHDF5 {
  static func task(
    _ key: String?, first: Int, of hdf5: HDF5File
  ) throws(DatasetError) -> Task {
    func open(_ stream: String) throws(DatasetError) -> HDF5Dataset {
      try hdf5.dataset(key.map { "\(stream)/\($0)" } ?? stream)
    }
    var task = Task(
      key: key, first: first, count: 0, actions: try open(streams[0]),
      objects: try open(streams[1]), videos: try open(streams[2]))
    try require(task.actions, [.double, .float], "(n, 3)", hdf5.file) {
      $0.count == 2 && $0[1] == 3
    }
    try require(task.objects, [.float, .double], "(n, frames, bodies, 14)", hdf5.file) {
      $0.count == 4 && (1...Scene.maximumFrames).contains($0[1])
        && (1...CombinatorialScene.maximumBodies).contains($0[2]) && $0[3] == BodyFeatures.count
    }
    try require(task.videos, [.byteLists], "(n)", hdf5.file) { $0.count == 1 }
    let counts = [task.actions, task.objects, task.videos].map { $0.shape[0] }
    guard Set(counts).count == 1, counts[0] < 1 << 40 else {
      throw DatasetPlace(hdf5.file, key: key).error(
        "the streams have different lengths: "
          + zip(streams, counts).map { "\($0) \($1)" }.joined(separator: ", "))
    }
    task.count = counts[0]
    return task
  }

  private static func require(
    _ dataset: HDF5Dataset, _ kinds: [HDF5Dataset.Kind], _ shape: String, _ file: String,
    _ fits: ([Int]) -> Bool
  ) throws(DatasetError) {
    let place = DatasetPlace(file, key: dataset.path)
    guard kinds.contains(dataset.kind) else {
      throw place.error("holds \(dataset.kind.text); it must hold \(kinds[0].text)")
    }
    guard fits(dataset.shape) else {
      throw place.error("has shape \(dataset.shape); it must be \(shape)")
    }
  }
}
