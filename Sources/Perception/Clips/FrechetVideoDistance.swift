import Synchronization
import Tensors
import Videos

/// The Fréchet video distance of two sets of clips, which come one by one and are not kept.
///
/// The distance depends on the number of clips and frames (it is biased by both) and on the preparation:
/// compare only numbers whose ``Value`` agrees in all of them. Clips may be added from several threads.
/// Source: Unterthiner et al., "Towards accurate generative models of video" (2018).
public final class FrechetVideoDistance: Sendable {
  /// The distance with what it depends on.
  public struct Value: Codable, Hashable, Sendable {
    /// The distance.
    public let distance: Double
    /// Generated clips.
    public let generatedClips: Int
    /// True clips.
    public let trueClips: Int
    /// Frames of every clip.
    public let frames: Int
    /// How frames became 224-pixel clips.
    public let preparation: ClipPreparation
    /// The network whose features were compared.
    public let network: String

    enum CodingKeys: String, CodingKey {
      case distance, frames, preparation, network
      case generatedClips = "generated_clips"
      case trueClips = "true_clips"
    }
  }

  /// One of the two sets.
  public enum Side: Sendable {
    case generated, truth
  }

  private struct State {
    var generated = FeatureMoments()
    var truth = FeatureMoments()
    var frames: Int?
  }

  private let features: any ClipFeatures
  private let preparation: ClipPreparation
  private let sums = Mutex(State())

  /// Two empty sets.
  public init(features: any ClipFeatures, preparation: ClipPreparation = .styleganv) {
    self.features = features
    self.preparation = preparation
  }

  /// Adds a clip: the frames of `range` (nil for all) of a video.
  ///
  /// - Throws: ``PerceptionError`` for clips that are too short or of another length than the first.
  public func add(_ video: Video, frames range: Range<Int>? = nil, to side: Side) throws {
    let range = range ?? 0..<video.frames
    try checkLength(range.count)
    try add(clips: Torch.noGrad { preparation.clip(video, frames: range) }, to: side)
  }

  /// Adds both sides of a pair, the frames that count; where one fails, neither is in.
  ///
  /// - Throws: ``PerceptionError``
  public func add(_ pair: FramePair) throws {
    try checkLength(pair.frames.count)
    let (generated, truth) = try Torch.noGrad {
      (
        try moments(preparation.clip(pair.generated, frames: pair.frames)),
        try moments(preparation.clip(pair.truth, frames: pair.frames))
      )
    }
    sums.withLock { state in
      state.generated.merge(generated)
      state.truth.merge(truth)
    }
  }

  /// Adds clips that are prepared: [clips, 3, frames, 224, 224] in [-1, 1].
  ///
  /// - Throws: ``PerceptionError``
  public func add(clips: Tensor, to side: Side) throws {
    try checkLength(clips.size(2))
    let moments = try moments(clips)
    sums.withLock { state in
      switch side {
      case .generated: state.generated.merge(moments)
      case .truth: state.truth.merge(moments)
      }
    }
  }

  private func moments(_ clips: Tensor) throws -> FeatureMoments {
    let features = try features.features(clips)
    // ReLU makes 0 of NaN, so what comes out does not tell what went in.
    guard features.sum().item().isFinite, clips.sum().item().isFinite else {
      throw PerceptionError.notFinite(measure: "the features of a clip")
    }
    var moments = FeatureMoments()
    moments.add(features)
    return moments
  }

  private func checkLength(_ frames: Int) throws(PerceptionError) {
    guard frames >= I3D.leastFrames else {
      throw .tooShort(frames: frames, least: I3D.leastFrames)
    }
    let expected = sums.withLock { state in
      if state.frames == nil { state.frames = frames }
      return state.frames ?? frames
    }
    guard frames == expected else { throw .lengthsDiffer(frames: frames, expected: expected) }
  }

  /// The sums of both sets by name, to be saved and taken up again by ``restore(_:frames:)``.
  public var state: [String: Tensor] {
    let (generated, truth) = sums.withLock { ($0.generated.tensors, $0.truth.tensors) }
    return Dictionary(
      uniqueKeysWithValues: generated.map { ("generated.\($0)", $1) }
        + truth.map { ("truth.\($0)", $1) })
  }

  /// Goes on from sums that were saved, with clips of `frames` frames; false, and nothing changes,
  /// where they are no such sums.
  public func restore(_ saved: [String: Tensor], frames: Int) -> Bool {
    func moments(_ side: String) -> FeatureMoments? {
      let own = saved.filter { $0.key.hasPrefix(side) }
      return FeatureMoments(
        tensors: Dictionary(
          uniqueKeysWithValues: own.map { (String($0.key.dropFirst(side.count)), $0.value) }))
    }
    guard let generated = moments("generated."), let truth = moments("truth.") else {
      return false
    }
    sums.withLock { $0 = State(generated: generated, truth: truth, frames: frames) }
    return true
  }

  /// Forgets the generated clips: the same true ones for another set of generated ones.
  public func removeGenerated() { sums.withLock { $0.generated = FeatureMoments() } }

  /// The distance of what was added so far.
  ///
  /// - Throws: ``PerceptionError`` with fewer than two clips on a side.
  public func value() throws(PerceptionError) -> Value {
    let (generated, truth, frames) = sums.withLock { ($0.generated, $0.truth, $0.frames ?? 0) }
    return Value(
      distance: try FrechetDistance.between(generated, truth), generatedClips: generated.count,
      trueClips: truth.count, frames: frames, preparation: preparation, network: features.name)
  }
}
