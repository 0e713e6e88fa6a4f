import Combinatorial
import Foundation
import Videos
import Worlds

/// Writes the file of one task in the official layout with its labels, video by video.
final class CombinatorialHDF5Writer: ShardWriter {
  private let writer: HDF5Writer
  private let labels: OutputFile
  private let count: Int
  private let provenance: DatasetProvenance?
  private var written = 0
  private var shape: [Int] = []

  init(
    _ url: URL, labels: URL, count: Int, provenance: DatasetProvenance?
  ) throws(DatasetError) {
    self.count = count
    self.provenance = provenance
    writer = try HDF5Writer(url)
    self.labels = try OutputFile(labels)
  }

  func append(_ video: LabelledVideo, _ picture: StoredSample.Picture) throws(DatasetError) {
    guard case .mp4(let data) = picture else { return }
    guard let label = video.combinatorial else {
      throw .request("scene \(video.index) is none of the combinatorial testbed")
    }
    let found = [label.trajectory.frameCount, label.scene.bodies.count, BodyFeatures.count]
    if written == 0 {
      shape = found
      try writer.addDataset("action_streams", shape: [count, 3])
      try writer.addDataset("object_streams", shape: [count] + shape, singles: true)
      try writer.addDataset("video_streams", shape: [count], lists: true)
    }
    guard found == shape else {
      throw .request(
        "scene \(video.index) has features of shape \(found), others of \(shape); a file holds the "
          + "trials of one task: store this set as tar or folder")
    }
    try writer.write(label.action, to: "action_streams", row: written)
    try writer.write(label.features, to: "object_streams", row: written)
    try writer.write(data, to: "video_streams", row: written)
    try labels.append(line: SceneLabel(video, provenance: provenance))
    written += 1
  }

  func finish() throws(DatasetError) {
    try writer.close()
    try labels.close()
  }
}

extension CombinatorialLabel {
  /// An action that gives the red ball: x, y and radius, 0 to 1. The released sampler rounds it to
  /// whole units; this is the middle of what is rounded to this ball.
  var action: [Double] {
    guard let ball = scene.bodies.last, case .circle(let radius) = ball.shapes.first else {
      return [.nan, .nan, .nan]
    }
    let scale = CombinatorialScene.extent - 1
    return [
      (ball.position.x + 0.5) / scale, (ball.position.y + 0.5) / scale, (radius - 2) / 62,
    ]
  }

  /// The features of all bodies in all frames, frames × bodies × 14.
  package var features: [Double] {
    var values: [Double] = []
    values.reserveCapacity(trajectory.frameCount * scene.bodies.count * BodyFeatures.count)
    let moving = scene.dynamicIndices
    var poses = scene.bodies.map(\.restPose)
    for frame in 0..<trajectory.frameCount {
      for (place, body) in moving.enumerated() {
        poses[body] = trajectory[frame: frame, body: place]
      }
      for (body, pose) in zip(scene.bodies, poses) {
        values += BodyFeatures(body, pose: pose).values.map(Double.init)
      }
    }
    return values
  }
}
