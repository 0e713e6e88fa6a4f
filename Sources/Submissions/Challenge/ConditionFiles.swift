import Foundation
import Videos

/// The frames that a model is given for a scene, as files: a lossless mp4 and a folder of PNGs.
struct ConditionFiles {
  /// Number of frames.
  let frames: Int
  /// Pixels along each side.
  let size: Int

  /// Writes `ID.mp4` and `ID/frame-000.png` … into a folder.
  ///
  /// - Throws: what keeps the scene from being rendered or the files from being written.
  func write(_ truth: RenderedTruth, id: String, to folder: URL) throws {
    let video = try RenderedTruth(truth.scene, truth.trajectory.prefix(frames)).video(size: size)
    try VideoFile.write(
      video, to: folder.appendingPathComponent("\(id).mp4"), quality: .lossless)
    let pictures = folder.appendingPathComponent(id)
    try OutputFolder.make(pictures)
    for frame in 0..<video.frames {
      let name = "frame-" + String(SceneName.text(frame).suffix(3)) + ".png"
      try ImageFile.writePNG(video.frame(frame), to: pictures.appendingPathComponent(name))
    }
  }
}
