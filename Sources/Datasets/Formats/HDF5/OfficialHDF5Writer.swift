import Foundation
import Worlds

/// Writes a chunk file of the official layout with its labels, video by video.
final class OfficialHDF5Writer: ShardWriter {
  private let columns: OfficialColumns
  private let writer: HDF5Writer
  private let labels: OutputFile
  private let place: DatasetPlace
  private let count: Int
  private let provenance: DatasetProvenance?
  private var written = 0
  private var shape: [Int] = []

  init(
    _ url: URL, labels: URL, count: Int, columns: OfficialColumns, provenance: DatasetProvenance?
  ) throws(DatasetError) {
    self.columns = columns
    self.count = count
    self.provenance = provenance
    place = DatasetPlace(url.path)
    writer = try HDF5Writer(url)
    self.labels = try OutputFile(labels)
  }

  func append(_ video: LabelledVideo, _ picture: StoredSample.Picture) throws(DatasetError) {
    guard case .mp4(let data) = picture else { return }
    let trajectory = video.trajectory
    let bodies = trajectory.bodyCount > 1 ? [trajectory.bodyCount] : []
    let found = [trajectory.frameCount] + bodies + [2]
    if written == 0 {
      shape = found
      try writer.addDataset("position_streams", shape: [count] + shape)
      try writer.addDataset("init_streams", shape: [count, columns.count])
      try writer.addDataset("video_streams", shape: [count], lists: true)
    }
    guard found == shape else {
      throw .request(
        "scene \(video.index) has positions of shape \(found), others of \(shape); a chunk of HDF5 "
          + "holds scenes of one kind: store this set as tar or folder")
    }
    guard let row = columns.row(parameters: video.parameters, scene: video.scene) else {
      throw .request(
        "scene \(video.index) has the parameters \(video.parameters.keys.sorted()), which do not "
          + "fill the columns \(columns); store this set as tar or folder")
    }
    try writer.write(
      trajectory.positions.flatMap { [$0.x, $0.y] }, to: "position_streams", row: written)
    try writer.write(row, to: "init_streams", row: written)
    try writer.write(data, to: "video_streams", row: written)
    let label = SceneLabel(video, provenance: provenance, withVelocities: true)
    try labels.append(line: label)
    written += 1
  }

  func finish() throws(DatasetError) {
    try writer.close()
    try labels.close()
  }
}
