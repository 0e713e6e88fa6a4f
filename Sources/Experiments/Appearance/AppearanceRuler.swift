import Datasets
import Measures
import Perception
import Submissions
import Videos
import Worlds

/// The measures of physical laws, and beside them how alike a video and the truth look.
public struct AppearanceRuler: SceneRuler {
  private let physical: PhysicalRuler
  private let measurement: PerceptualMeasurement

  /// A ruler that leaves out the frames that the model was given, in every measure.
  ///
  /// - Parameter measures: PSNR, SSIM and LPIPS; the Fréchet distance belongs to a set of videos and is
  ///   left to ``FrechetPass``.
  /// - Throws: `NetworkError` where a network is missing.
  public init(_ measures: [PerceptualMeasure], conditionFrames: Int, store: NetworkStore) throws {
    physical = PhysicalRuler(conditionFrames: conditionFrames)
    measurement = try PerceptualMeasurement(
      measures: measures.filter { $0 != .fvd }, conditionFrames: conditionFrames, store: store)
  }

  /// Both rulers' names.
  public var identity: String {
    ([physical.identity] + measurement.measures.map(\.rawValue)).joined(separator: ", ")
  }

  /// See `PhysicalRuler` and `PerceptualMeasurement`; NaN where a picture is too small or a video holds
  /// nothing but given frames.
  public func reading(
    of video: Video, truthVideo: Video, scene: LabelledScene, truth: Trajectory, judged: Bool
  ) throws -> SceneReading {
    var found = try physical.reading(
      of: video, truthVideo: truthVideo, scene: scene, truth: truth, judged: judged)
    let looks: [String: Double]
    do {
      looks = try measurement.add(video, truth: truthVideo)
    } catch is PerceptionError {
      looks = Dictionary(
        uniqueKeysWithValues: measurement.measures.map { ($0.rawValue, Double.nan) })
    }
    found.measures.merge(looks) { _, new in new }
    return found
  }
}
