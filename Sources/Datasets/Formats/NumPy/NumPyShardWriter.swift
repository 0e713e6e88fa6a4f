import Foundation
import Videos
import Worlds

/// Writes a NumPy archive of videos; pixels go to the file one video at a time.
final class NumPyShardWriter: ShardWriter {
  private let archive: NumPyArchiveWriter
  private let count: Int
  private let provenance: DatasetProvenance?
  private var shape: [Int] = []
  private var positions: [Double] = []
  private var velocities: [Double] = []
  private var parameters: [[String: Double]] = []
  private var scenes = Data()
  private let file: String

  init(_ url: URL, count: Int, provenance: DatasetProvenance?) throws(DatasetError) {
    file = url.path
    self.count = count
    self.provenance = provenance
    do { archive = try NumPyArchiveWriter(url) } catch {
      throw NumPyShardWriter.error(error, url.path)
    }
  }

  func append(_ video: LabelledVideo, _ picture: StoredSample.Picture) throws(DatasetError) {
    guard case .pixels(let pixels) = picture else { return }
    let found = [pixels.frames, pixels.height, pixels.width, video.trajectory.bodyCount]
    do {
      if shape.isEmpty {
        shape = found
        try archive.begin(
          "videos", NumPyLayout(type: "|u1", shape: [count] + Array(found.prefix(3)) + [3]))
      }
      guard found == shape else {
        throw DatasetError.request(
          "scene \(video.index) has \(found) frames, rows, columns and bodies, others \(shape); an "
            + "npz archive holds scenes of one kind: store this set as tar or folder")
      }
      try archive.append(pixels.bytes)
      scenes += try DatasetJSON.encoder().encode(SceneLabel(video, provenance: provenance))
      scenes.append(UInt8(ascii: "\n"))
    } catch let error as VideoError {
      throw NumPyShardWriter.error(error, file)
    } catch let error as DatasetError {
      throw error
    } catch {
      throw .request("scene \(video.index) cannot be written as JSON: \(error)")
    }
    for (index, position) in video.trajectory.positions.enumerated() {
      positions += [position.x, position.y]
      let known = video.trajectory.velocities
      let velocity = known.isEmpty ? Vector2(x: .nan, y: .nan) : known[index]
      velocities += [velocity.x, velocity.y]
    }
    parameters.append(video.parameters)
  }

  func finish() throws(DatasetError) {
    let names = Set(parameters.flatMap(\.keys)).sorted()
    let states = [count] + [shape[0], shape[3], 2]
    do {
      try archive.add(
        "positions", NumPyLayout(type: "<f8", shape: states), NumPyDoubles.bytes(of: positions))
      try archive.add(
        "velocities", NumPyLayout(type: "<f8", shape: states), NumPyDoubles.bytes(of: velocities))
      // A parameter that a scene does not have is NaN.
      let table = parameters.flatMap { row in names.map { row[$0] ?? .nan } }
      try archive.add(
        "parameters", NumPyLayout(type: "<f8", shape: [count, names.count]),
        NumPyDoubles.bytes(of: table))
      let width = max(1, names.map(\.unicodeScalars.count).max() ?? 1)
      try archive.add(
        "names", NumPyLayout(type: "<U\(width)", shape: [names.count]),
        NumPyShardWriter.text(names, width: width))
      try archive.add("scenes", NumPyLayout(type: "|u1", shape: [scenes.count]), scenes)
      try archive.finish()
    } catch {
      throw NumPyShardWriter.error(error, file)
    }
  }

  /// Texts as NumPy stores them: 32 bits a character, padded with zeros.
  private static func text(_ names: [String], width: Int) -> Data {
    var data = Data()
    for name in names {
      var scalars = name.unicodeScalars.map(\.value)
      scalars += [UInt32](repeating: 0, count: width - scalars.count)
      for scalar in scalars { withUnsafeBytes(of: scalar.littleEndian) { data += Data($0) } }
    }
    return data
  }

  private static func error(_ error: VideoError, _ file: String) -> DatasetError {
    guard case .cannotWrite(_, let cause) = error else { return .request("\(error)") }
    return .cannotWrite(file: file, cause: cause)
  }
}
