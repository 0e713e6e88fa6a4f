import Foundation
import Synchronization
import Videos

/// Compares generated with true videos by the looks: per video PSNR, SSIM and LPIPS, and the Fréchet video
/// distance of the set.
///
/// Videos come one by one, from one or several threads, and are not kept: the memory is that of one video
/// per thread, some frames in a network, and one matrix.
///
///     let measurement = try PerceptualMeasurement(conditionFrames: 3)
///     for (generated, truth) in pairs { scores.append(try measurement.add(generated, truth: truth)) }
///     let fvd = try measurement.frechetVideoDistance()
public final class PerceptualMeasurement: Sendable {
  /// What is measured.
  public let measures: [PerceptualMeasure]
  /// Frames at the start that were given to the model. They do not count, in any measure.
  public let conditionFrames: Int

  private let similarity: StructuralSimilarity
  private let perceptual: [(name: String, lpips: LPIPS)]
  private let distance: FrechetVideoDistance?

  /// Loads the networks that the measures need.
  ///
  /// - Parameters:
  ///   - measures: What to measure; nil for all that `store` has the networks for.
  ///   - conditionFrames: Frames at the start that do not count; 0 to count all.
  ///   - store: Where the networks are kept.
  ///   - script: A user's `i3d_torchscript.pt`, to be used for the distance instead of our I3D.
  ///   - preparation: How frames become clips for I3D.
  /// - Throws: ``NetworkError/notFetched(_:folder:)`` where a measure is asked for by name and its network
  ///   is missing; ``PerceptionError``.
  public init(
    measures: [PerceptualMeasure]? = nil, conditionFrames: Int = 3,
    store: NetworkStore = .standard(), script: URL? = nil,
    preparation: ClipPreparation = .styleganv
  ) throws {
    var chosen = measures ?? PerceptualMeasure.available(in: store)
    if measures == nil, script != nil, !chosen.contains(.fvd) { chosen.append(.fvd) }
    self.measures = PerceptualMeasure.allCases.filter(chosen.contains)
    self.conditionFrames = conditionFrames
    similarity = StructuralSimilarity()
    perceptual = try [PerceptualMeasure.lpipsAlex: LPIPS.Backbone.alex, .lpipsVGG: .vgg]
      .filter { chosen.contains($0.key) }
      .map { ($0.key.rawValue, try LPIPS($0.value, store: store)) }
    if chosen.contains(.fvd) {
      let features: any ClipFeatures =
        try script.map { try ScriptI3D(contentsOf: $0) } ?? I3D(store: store)
      distance = FrechetVideoDistance(features: features, preparation: preparation)
    } else {
      distance = nil
    }
  }

  /// Measures a pair, and adds it to the sets of the distance.
  ///
  /// - Returns: Measure (`psnr`, `ssim`, `lpips_alex`, `lpips_vgg`) to its mean over the frames that count.
  /// - Throws: ``PerceptionError`` where the videos do not go together or are too small or short. A pair
  ///   that throws is in no set.
  @discardableResult public func add(
    _ generated: Video, truth: Video
  ) throws -> [String: Double] {
    let pair = try FramePair(
      generated: generated, truth: truth, conditionFrames: conditionFrames)
    var scores: [String: Double] = [:]
    if measures.contains(.psnr) { scores["psnr"] = Self.mean(PeakSignalToNoise.values(pair)) }
    if measures.contains(.ssim) { scores["ssim"] = Self.mean(try similarity.values(pair)) }
    for (name, lpips) in perceptual { scores[name] = Self.mean(try lpips.values(pair)) }
    try distance?.add(pair)
    return scores
  }

  /// The Fréchet video distance of the pairs so far; nil where it is not measured.
  ///
  /// - Throws: ``PerceptionError`` with fewer than two pairs.
  public func frechetVideoDistance() throws(PerceptionError) -> FrechetVideoDistance.Value? {
    try distance?.value()
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }
}
