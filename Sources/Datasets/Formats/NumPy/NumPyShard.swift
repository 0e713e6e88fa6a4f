import Foundation
import Videos
import Worlds

/// A NumPy archive of videos as plain pixels, with their labels.
///
/// Arrays of n videos: `videos` uint8 (n, frames, height, width, 3), `positions` and `velocities`
/// float64 (n, frames, bodies, 2), `parameters` float64 (n, columns) with `names` of the columns,
/// and `scenes`: the bytes of one line of JSON per video, a ``SceneLabel``. In Python:
/// `scenes = [json.loads(line) for line in archive["scenes"].tobytes().splitlines()]`.
public struct NumPyShard: StoredVideoSource {
  /// The arrays that are read.
  public static let arrays = ["videos", "positions", "velocities", "scenes"]

  /// The file.
  public let file: String
  /// Shape and type of every array that is read.
  public let layouts: [String: NumPyLayout]
  private let videos: Data
  private let positions: Data
  private let velocities: Data
  private let scenes: Data
  private let lines: [Range<Int>]
  private let archive: NumPyArchive

  /// Opens an archive; pixels are read when they are asked for, and not tested: see ``check()``.
  ///
  /// - Throws: ``DatasetError`` naming the array that is missing, damaged, or of a wrong type or
  ///   shape.
  public init(contentsOf url: URL) throws(DatasetError) {
    file = url.path
    provenance = ShardMark.provenance(of: url)
    var layouts: [String: NumPyLayout] = [:]
    var elements: [String: Data] = [:]
    do {
      archive = try NumPyArchive(contentsOf: url)
    } catch {
      if case .missing = error { throw .missing(file: url.path) }
      throw DatasetPlace(url.path).error("\(error)")
    }
    for name in NumPyShard.arrays {
      do {
        (layouts[name], elements[name]) = try archive.elements(of: name)
      } catch {
        throw DatasetPlace(url.path, key: name).error(NumPyShard.text(error))
      }
    }
    videos = elements["videos"] ?? Data()
    positions = elements["positions"] ?? Data()
    velocities = elements["velocities"] ?? Data()
    scenes = elements["scenes"] ?? Data()
    self.layouts = layouts
    try NumPyShard.require(layouts, file: url.path)
    lines = NumPyShard.lines(of: scenes)
    let count = layouts["videos"]?.shape[0] ?? 0
    guard lines.count == count else {
      throw DatasetPlace(url.path, key: "scenes").error(
        "\(lines.count) lines of labels for \(count) videos")
    }
  }

  /// Recipe, seed and mode, from the mark that a set of shards has beside the file.
  public let provenance: DatasetProvenance?
  /// Number of videos.
  public var count: Int? { layouts["videos"]?.shape[0] }

  /// Where video `index` lies.
  public func place(of index: Int) -> DatasetPlace { DatasetPlace(file, index: index) }

  /// Tests the checksum of every array.
  ///
  /// - Throws: ``DatasetError`` naming the first array that fails.
  public func check() throws(DatasetError) {
    for name in NumPyShard.arrays {
      do { try archive.check(name) } catch {
        throw DatasetPlace(file, key: name).error(NumPyShard.text(error))
      }
    }
  }

  /// Video `index` as stored.
  ///
  /// - Throws: ``DatasetError``
  public func sample(at index: Int) throws(DatasetError) -> StoredSample {
    try check(index, file: file)
    let place = place(of: index)
    let label: SceneLabel
    do {
      let line = scenes.section(lines[index].lowerBound, lines[index].count) ?? Data()
      label = try JSONDecoder().decode(SceneLabel.self, from: line)
    } catch {
      throw place.error("its line of 'scenes': \(DecodingProblem.text(error))")
    }
    let velocities = vectors(velocities, "velocities", index)
    let trajectory = try label.trajectory(
      positions: vectors(positions, "positions", index),
      velocities: velocities.allSatisfy(\.x.isNaN) ? [] : velocities, at: place)
    let shape = layouts["videos"]?.shape ?? []
    let size = shape.dropFirst().reduce(1, *)
    let bytes = videos.section(index * size, size) ?? Data()
    return StoredSample(
      label: label, trajectory: trajectory,
      picture: .pixels(
        Video(frames: shape[1], height: shape[2], width: shape[3], bytes: Array(bytes))))
  }

  private func vectors(_ data: Data, _ name: String, _ index: Int) -> [Vector2] {
    let size = (layouts[name]?.shape ?? []).dropFirst().reduce(8, *)
    let values = NumPyDoubles.values(of: data.section(index * size, size) ?? Data())
    return stride(from: 0, to: values.count, by: 2).map {
      Vector2(x: values[$0], y: values[$0 + 1])
    }
  }

  private static func require(
    _ layouts: [String: NumPyLayout], file: String
  ) throws(DatasetError) {
    let types = ["videos": "|u1", "positions": "<f8", "velocities": "<f8", "scenes": "|u1"]
    let ranks = ["videos": 5, "positions": 4, "velocities": 4, "scenes": 1]
    for name in arrays {
      guard let layout = layouts[name] else { continue }
      let place = DatasetPlace(file, key: name)
      guard layout.type == types[name] else {
        throw place.error("holds \(layout.type); it must hold \(types[name] ?? "")")
      }
      guard layout.shape.count == ranks[name] else {
        throw place.error("has shape \(layout.shape); it must have \(ranks[name] ?? 0) axes")
      }
    }
    let videos = layouts["videos"]?.shape ?? []
    let positions = layouts["positions"]?.shape ?? []
    guard videos[4] == 3, (1...Scene.maximumFrames).contains(videos[1]), videos[2] > 0,
      videos[3] > 0
    else {
      throw DatasetPlace(file, key: "videos").error(
        "has shape \(videos); it must be (n, frames, height, width, 3)")
    }
    guard Array(positions[0..<2]) == Array(videos[0..<2]), positions[2] > 0, positions[3] == 2
    else {
      throw DatasetPlace(file, key: "positions").error(
        "has shape \(positions); with videos \(videos) it must be "
          + "(\(videos[0]), \(videos[1]), bodies, 2)")
    }
    guard layouts["velocities"]?.shape == positions else {
      throw DatasetPlace(file, key: "velocities").error(
        "has shape \(layouts["velocities"]?.shape ?? []); it must be that of positions, \(positions)"
      )
    }
  }

  private static func lines(of data: Data) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    data.withUnsafeBytes { bytes in
      for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
        lines.append(start..<offset)
        start = offset + 1
      }
      if start < bytes.count { lines.append(start..<bytes.count) }
    }
    return lines
  }

  /// The cause without the name of the file, which the place says.
  private static func text(_ error: ArchiveError) -> String {
    switch error {
    case .missing: "no such file"
    case .unreadable(_, let cause), .damaged(_, let cause), .unsupported(_, let cause): cause
    case .noArray: "there is no such array"
    }
  }
}
