import Foundation
import Videos
import Worlds

/// A video with its labels as a file holds it.
public struct StoredSample: Hashable, Sendable {
  /// A picture as stored.
  public enum Picture: Hashable, Sendable {
    /// The bytes of a whole mp4 file.
    case mp4(Data)
    /// Plain pixels.
    case pixels(Video)
  }

  /// What is known about the scene.
  public var label: SceneLabel
  /// Where the bodies are in every frame.
  public var trajectory: Trajectory
  /// The picture.
  public var picture: Picture

  /// The decoded video with its labels.
  ///
  /// - Throws: ``DatasetError`` when it does not decode or has another number of frames.
  public func labelledVideo(at place: DatasetPlace) throws(DatasetError) -> LabelledVideo {
    let video: Video
    switch picture {
    case .pixels(let pixels): video = pixels
    case .mp4(let data):
      do {
        video = try VideoFile.video(from: data, name: "its mp4")
      } catch {
        throw place.error("\(error)")
      }
    }
    guard video.frames == trajectory.frameCount else {
      throw place.error("\(video.frames) frames of video for \(trajectory.frameCount) of positions")
    }
    var labelled = LabelledVideo(
      index: label.index, parameters: label.parameters, scene: label.scene, trajectory: trajectory,
      video: video, scenario: label.scenario, level: label.level)
    labelled.combinatorial = label.combinatorial
    labelled.sceneIsReconstructed = label.isReconstructed
    return labelled
  }

  /// Whether the stored bytes hold every pixel.
  var isLossless: Bool {
    switch picture {
    case .pixels: return true
    case .mp4(let data):
      // H.264 stores red, green and blue as they are under this name only.
      return (try? VideoFile.information(of: data, name: ""))?.pixelFormat == "gbrp"
    }
  }
}
