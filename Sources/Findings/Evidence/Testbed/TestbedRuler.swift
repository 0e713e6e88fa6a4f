import Datasets
import Experiments
import Measures
import Perception
import Videos

/// All measures of videos of the testbed: by their bodies and by their looks.
///
/// Peak signal-to-noise ratio and structural similarity are always measured; LPIPS (AlexNet) and the Fréchet video
/// distance where their networks are (`phyworld networks fetch`), the latter of at least ``leastClips`` videos.
struct TestbedRuler: Sendable {
  /// Of fewer videos the Fréchet distance says nothing, and it costs more than all else.
  static let leastClips = 32

  let conditionFrames: Int
  private let looks: PerceptualMeasurement
  private let clips: I3D?

  init(conditionFrames: Int, store: NetworkStore) throws {
    self.conditionFrames = conditionFrames
    let measures = Self.wanted(in: store)
    looks = try PerceptualMeasurement(
      measures: measures.filter { $0 != .fvd }, conditionFrames: conditionFrames, store: store)
    clips = measures.contains(.fvd) ? try I3D(store: store) : nil
    identity = Self.measures(in: store)
  }

  /// What is measured, for numbers that are kept.
  let identity: String

  /// The same of a ruler that is not made yet.
  static func measures(in store: NetworkStore) -> String {
    wanted(in: store).map(\.rawValue).joined(separator: " ")
  }

  private static func wanted(in store: NetworkStore) -> [PerceptualMeasure] {
    PerceptualMeasure.available(in: store).filter { $0 != .lpipsVGG }
  }

  /// An empty pair of sets for so many clips; nil where they are too few, or without the network.
  func distance(clips count: Int) -> FrechetVideoDistance? {
    guard count >= Self.leastClips else { return nil }
    return clips.map { FrechetVideoDistance(features: $0) }
  }

  /// The measures of one video, by name; what cannot be measured is left out.
  func measures(
    of video: Video, truth: Video, label: CombinatorialLabel
  ) throws -> (measures: [String: Double], verdict: Verdict?) {
    let reading = try TestbedReading(video, of: label, conditionFrames: conditionFrames)
    var found = try looks.add(video, truth: truth)
    found["place_error"] = reading.placeError
    found["seen_share"] = reading.seenShare
    if let verdict = reading.verdict { found["judged_wrong"] = verdict == .wrong ? 1 : 0 }
    return (found.filter { $0.value.isFinite }, reading.verdict)
  }
}
