import Worlds

// Opening: what must hold before a video is read.
extension OfficialHDF5 {
  /// The most videos in a file that are believed in.
  private static let maximumCount = 1 << 40

  /// The keys that all three groups have; one nil in a chunk file.
  static func keys(
    of hdf5: HDF5File, streams: [String] = streams, _ faults: inout [DatasetFault]
  ) throws(DatasetError) -> [String?] {
    let place = DatasetPlace(hdf5.file)
    let roots = try hdf5.names(in: "/") ?? []
    for stream in streams where !roots.contains(stream) {
      throw DatasetPlace(hdf5.file, key: stream).error(
        "is missing; the file has \(roots.isEmpty ? "nothing" : roots.joined(separator: ", "))")
    }
    var lists: [[String]?] = []
    for stream in streams { lists.append(try hdf5.names(in: stream)) }
    if lists.allSatisfy({ $0 == nil }) { return [nil] }
    let groups = lists.compactMap(\.self)
    guard groups.count == lists.count else {
      throw place.error("some of \(streams.joined(separator: ", ")) are groups, others datasets")
    }
    let all = Set(groups.joined())
    var common: [String] = []
    for key in all.sorted() {
      let lacking = zip(streams, groups).filter { !$1.contains(key) }.map(\.0)
      if lacking.isEmpty {
        common.append(key)
      } else {
        faults.append(
          DatasetPlace(hdf5.file, key: key).fault("is not in \(lacking.joined(separator: ", "))"))
      }
    }
    return common
  }

  static func chunk(
    _ key: String?, first: Int, of hdf5: HDF5File
  ) throws(DatasetError) -> Chunk {
    func open(_ stream: String) throws(DatasetError) -> HDF5Dataset {
      try hdf5.dataset(key.map { "\(stream)/\($0)" } ?? stream)
    }
    let chunk = Chunk(
      key: key, first: first, count: 0, positions: try open(streams[0]),
      parameters: try open(streams[1]), videos: try open(streams[2]))
    try require(chunk.positions, .double, ranks: 3...4, hdf5.file)
    try require(chunk.parameters, .double, ranks: 2...2, hdf5.file)
    try require(chunk.videos, .byteLists, ranks: 1...1, hdf5.file)
    let counts = [chunk.positions, chunk.parameters, chunk.videos].map { $0.shape[0] }
    let place = DatasetPlace(hdf5.file, key: key)
    guard Set(counts).count == 1, counts[0] < maximumCount else {
      throw place.error(
        "the streams have different lengths: "
          + zip(streams, counts).map { "\($0) \($1)" }.joined(separator: ", "))
    }
    guard chunk.positions.shape.last == 2, (1...Scene.maximumFrames).contains(chunk.frames),
      (1...Scene.maximumBodies).contains(chunk.bodies)
    else {
      throw place.error(
        "position_streams has shape \(chunk.positions.shape); "
          + "it must be (n, frames, 2) or (n, frames, bodies, 2)")
    }
    guard (1...1000).contains(chunk.parameters.shape[1]) else {
      throw place.error("init_streams has shape \(chunk.parameters.shape); it must be (n, columns)")
    }
    var result = chunk
    result.count = counts[0]
    return result
  }

  private static func require(
    _ dataset: HDF5Dataset, _ kind: HDF5Dataset.Kind, ranks: ClosedRange<Int>, _ file: String
  ) throws(DatasetError) {
    let place = DatasetPlace(file, key: dataset.path)
    guard dataset.kind == kind else {
      throw place.error("holds \(dataset.kind.text); it must hold \(kind.text)")
    }
    guard ranks.contains(dataset.shape.count) else {
      throw place.error(
        "has shape \(dataset.shape); it must have \(ranks.lowerBound)"
          + (ranks.count > 1 ? " or \(ranks.upperBound)" : "") + " axes")
    }
  }

  static func reconstruction(
    _ chunk: Chunk, _ hdf5: HDF5File
  ) throws(DatasetError) -> SceneReconstruction? {
    var rows: [[Double]] = []
    for index in 0..<min(chunk.count, 100) {
      rows.append(try hdf5.row(index, of: chunk.parameters))
    }
    return SceneReconstruction(
      columnCount: chunk.parameters.shape[1], bodies: chunk.bodies, rows: rows)
  }
}
