import Foundation
import Videos
import Worlds

/// A file of the official release: a chunk (three datasets) or a merged file (three groups with a
/// dataset per chunk).
///
/// `position_streams` holds 64-bit floats (n, frames, 2), or (n, frames, bodies, 2) with several
/// bodies; `init_streams` (n, columns), see ``OfficialColumns``; `video_streams` a whole mp4 file
/// per video. Labels for which the official layout has no place lie beside the file, one line of
/// JSON per video in the same order: `0.scenes.jsonl` beside `0.hdf5`. Without them the scene is
/// reconstructed from positions and parameters, and marked so.
public struct OfficialHDF5: StoredVideoSource {
  /// The datasets of one chunk.
  public struct Chunk: Hashable, Sendable, HDF5Part {
    /// The key inside a merged file, such as `00003`; nil in a chunk file.
    public var key: String?
    /// Number of its first video in the whole file.
    public var first: Int
    /// Number of videos.
    public var count: Int
    var positions: HDF5Dataset
    var parameters: HDF5Dataset
    var videos: HDF5Dataset
  }

  /// The names of the three datasets or groups.
  public static let streams = ["position_streams", "init_streams", "video_streams"]

  /// The file.
  public let file: String
  /// Its chunks in the order of their keys; one without a key in a chunk file.
  public let chunks: [Chunk]
  /// What is wrong with single chunks; empty unless opened for salvage.
  public let faults: [DatasetFault]
  let hdf5: HDF5File
  let lines: LabelLines?
  private let reconstruction: [SceneReconstruction?]

  /// Opens a file.
  ///
  /// - Throws: ``DatasetError`` naming file and key for missing streams, wrong types or ranks, and
  ///   streams of different lengths.
  public init(contentsOf url: URL) throws(DatasetError) {
    try self.init(url, salvaging: false)
  }

  /// Opens what can be read of a file; what cannot is in ``faults``.
  ///
  /// - Throws: ``DatasetError`` when the file is no HDF5 file or has none of the streams.
  public init(salvaging url: URL) throws(DatasetError) { try self.init(url, salvaging: true) }

  private init(_ url: URL, salvaging: Bool) throws(DatasetError) {
    file = url.path
    hdf5 = try HDF5File(url)
    provenance = ShardMark.provenance(of: url)
    let hdf5 = hdf5
    let found = try HDF5Parts(of: hdf5, url, streams: Self.streams, salvaging: salvaging) {
      key, first throws(DatasetError) in try Self.chunk(key, first: first, of: hdf5)
    }
    (chunks, lines, faults) = (found.parts, found.lines, found.faults)
    var reconstruction: [SceneReconstruction?] = []
    for chunk in chunks { reconstruction.append(try? OfficialHDF5.reconstruction(chunk, hdf5)) }
    self.reconstruction = reconstruction
  }

  /// Where the labels of a file lie.
  public static func labelFile(of url: URL) -> URL {
    url.deletingPathExtension().appendingPathExtension("scenes.jsonl")
  }

  /// Recipe, seed and mode, from the mark that a set of shards has beside the file.
  public let provenance: DatasetProvenance?
  /// Number of videos.
  public var count: Int? { chunks.last.map { $0.first + $0.count } ?? 0 }
  /// Whether the file is merged.
  public var isMerged: Bool { chunks.first?.key != nil }
  /// What the columns of `init_streams` mean; nil when their number is none that is known.
  public var columns: OfficialColumns? { reconstruction.first.flatMap { $0?.columns } }

  /// The chunk and the number in it of video `index`.
  public func address(of index: Int) throws(DatasetError) -> (key: String?, local: Int) {
    try check(index, file: file)
    let chunk = chunks[number(ofChunkWith: index)]
    return (chunk.key, index - chunk.first)
  }

  /// The number in the file of video `local` of a chunk, as in the official names `GGGGG-LLLLL`.
  ///
  /// - Throws: ``DatasetError`` when there is no such key or video.
  public func index(key: String?, local: Int) throws(DatasetError) -> Int {
    guard let chunk = chunks.first(where: { $0.key == key }) else {
      throw DatasetPlace(file, key: key).error(
        "there is no such key; the file has \(chunks.compactMap(\.key).prefix(3)) …")
    }
    guard (0..<chunk.count).contains(local) else {
      throw DatasetPlace(file, key: key, index: local).error(
        "there is no such video; the chunk has \(chunk.count)")
    }
    return chunk.first + local
  }

  /// Where video `index` lies: key and number in the chunk.
  public func place(of index: Int) -> DatasetPlace {
    let address = try? address(of: index)
    return DatasetPlace(file, key: address?.key, index: address?.local ?? index)
  }

  /// The row of `init_streams` of video `index`.
  ///
  /// - Throws: ``DatasetError``
  public func parameters(at index: Int) throws(DatasetError) -> [Double] {
    try check(index, file: file)
    let chunk = chunks[number(ofChunkWith: index)]
    return try hdf5.row(index - chunk.first, of: chunk.parameters)
  }

  /// The positions of video `index`, body by body in each frame.
  ///
  /// - Throws: ``DatasetError``
  public func positions(at index: Int) throws(DatasetError) -> [Vector2] {
    try check(index, file: file)
    let chunk = chunks[number(ofChunkWith: index)]
    let values = try hdf5.row(index - chunk.first, of: chunk.positions)
    return stride(from: 0, to: values.count, by: 2).map {
      Vector2(x: values[$0], y: values[$0 + 1])
    }
  }

  /// The bytes of the mp4 file of video `index`.
  ///
  /// - Throws: ``DatasetError``
  public func mp4(at index: Int) throws(DatasetError) -> Data {
    try check(index, file: file)
    let chunk = chunks[number(ofChunkWith: index)]
    return try hdf5.bytes(index - chunk.first, of: chunk.videos)
  }

  /// Video `index` as stored.
  ///
  /// - Throws: ``DatasetError``
  public func sample(at index: Int) throws(DatasetError) -> StoredSample {
    let positions = try positions(at: index)
    let place = place(of: index)
    let label = try label(at: index, positions, place)
    return StoredSample(
      label: label, trajectory: try label.trajectory(positions: positions, at: place),
      picture: .mp4(try mp4(at: index)))
  }

  private func label(
    at index: Int, _ positions: [Vector2], _ place: DatasetPlace
  ) throws(DatasetError) -> SceneLabel {
    if let lines { return try lines.label(index) }
    let number = number(ofChunkWith: index)
    guard let reconstruction = reconstruction[number] else {
      throw place.error(
        "\(chunks[number].parameters.shape[1]) columns for \(chunks[number].bodies) bodies are "
          + "none of the official layouts, and there is no \(labelFileName) with labels")
    }
    let row = try parameters(at: index)
    guard
      let label = reconstruction.label(
        index: index, row: row, positions: positions, frames: chunks[number].frames)
    else { throw place.error("no scene has the parameters \(row) and these positions") }
    return label
  }

  private var labelFileName: String {
    OfficialHDF5.labelFile(of: URL(fileURLWithPath: file)).lastPathComponent
  }

  private func number(ofChunkWith index: Int) -> Int {
    var low = 0
    var high = chunks.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if chunks[middle].first <= index { low = middle } else { high = middle - 1 }
    }
    return low
  }
}

extension OfficialHDF5.Chunk {
  /// Frames of every video.
  public var frames: Int { positions.shape[1] }
  /// Bodies of every video.
  public var bodies: Int { positions.shape.count == 4 ? positions.shape[2] : 1 }
  /// Shapes and types of the three streams by name.
  public var streams: [String: (shape: [Int], type: String)] {
    Dictionary(
      uniqueKeysWithValues: zip(OfficialHDF5.streams, [positions, parameters, videos]).map {
        ($0, ($1.shape, $1.kind.text))
      })
  }
}
