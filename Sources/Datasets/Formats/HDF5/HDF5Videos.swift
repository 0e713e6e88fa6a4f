import Foundation

/// The mp4 files inside an HDF5 file of the official layout, with nothing else asked of it: all that
/// a model's answers need.
///
/// `video_streams` is a dataset of byte lists, one mp4 file each, or a group of such datasets, one per
/// chunk. Other streams may be there or not; ``OfficialHDF5`` reads those too.
public struct HDF5Videos: Sendable {
  /// The name of the dataset or group.
  public static let stream = "video_streams"

  /// The chunks in the order of their keys; one without a key where there is no group.
  public let chunks: [(key: String?, count: Int)]
  private let hdf5: HDF5File
  private let datasets: [HDF5Dataset]

  /// Opens a file.
  ///
  /// - Throws: ``DatasetError`` when it is no HDF5 file, or has no such stream of byte lists.
  public init(contentsOf url: URL) throws(DatasetError) {
    hdf5 = try HDF5File(url)
    let roots = try hdf5.names(in: "/") ?? []
    guard roots.contains(Self.stream) else {
      throw DatasetPlace(url.path, key: Self.stream).error(
        "is missing; the file has \(roots.isEmpty ? "nothing" : roots.joined(separator: ", "))")
    }
    let keys: [String?] = try hdf5.names(in: Self.stream) ?? [nil]
    var datasets: [HDF5Dataset] = []
    for key in keys {
      let dataset = try hdf5.dataset(key.map { "\(Self.stream)/\($0)" } ?? Self.stream)
      guard dataset.kind == .byteLists, dataset.shape.count == 1 else {
        throw DatasetPlace(url.path, key: dataset.path).error(
          "holds \(dataset.kind.text) of shape \(dataset.shape); it must hold one list of bytes, "
            + "an mp4 file, per video")
      }
      datasets.append(dataset)
    }
    self.datasets = datasets
    chunks = zip(keys, datasets).map { ($0, $1.shape[0]) }
  }

  /// Number of videos.
  public var count: Int { chunks.reduce(0) { $0 + $1.count } }

  /// The bytes of the mp4 file of video `index`, counted through all chunks.
  ///
  /// - Throws: ``DatasetError``
  public func mp4(at index: Int) throws(DatasetError) -> Data {
    var local = index
    for dataset in datasets where local >= 0 {
      if local < dataset.shape[0] { return try hdf5.bytes(local, of: dataset) }
      local -= dataset.shape[0]
    }
    throw .index(index, count: count, file: hdf5.file)
  }
}
