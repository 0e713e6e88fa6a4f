import Tensors

/// LPIPS 0.1, the learned perceptual distance of pictures: 0 for equal ones, about 0.7 for strangers.
///
/// Pictures in [-1, 1] are normalised, go through a network trained on ImageNet, and are compared at five
/// depths: unit vectors per place, squared differences weighted by the published heads, mean over places,
/// sum over depths. Pictures are never resized. Source: Zhang et al., "The unreasonable effectiveness of
/// deep features as a perceptual metric", CVPR 2018, and its package `lpips`.
public struct LPIPS: Sendable {
  /// The network whose features are compared; the two give different numbers.
  public enum Backbone: String, CaseIterable, Codable, Sendable {
    case alex, vgg

    /// The weights it needs.
    public var network: PublishedNetwork { self == .alex ? .lpipsAlex : .lpipsVGG }

    /// The least width and height.
    public var leastSide: Int { self == .alex ? 31 : 16 }
  }

  /// The network in use.
  public let backbone: Backbone
  private let features: FeatureNetwork
  private let heads: [Tensor]
  private let scale: Tensor
  private let shift: Tensor

  /// Pixels of either side that go through the network at once, which bounds the memory.
  private static let pixelsAtOnce = 1 << 17

  /// Loads the weights.
  ///
  /// - Throws: ``NetworkError`` where they are not in the store, ``PerceptionError`` where they do not fit.
  public init(_ backbone: Backbone, store: NetworkStore = .standard()) throws {
    self.backbone = backbone
    let weights = try NamedWeights(backbone.network, in: store)
    features = try backbone == .alex ? .alex(weights) : .vgg(weights)
    let channels = backbone == .alex ? [64, 192, 384, 256, 256] : [64, 128, 256, 512, 512]
    heads = try channels.enumerated().map { depth, count in
      try weights("NetLinLayer_\(depth).Conv_0.kernel", [1, 1, count, 1]).reshape([count])
    }
    (scale, shift) = Self.normalisation
  }

  /// (x - shift) / scale as x * a + b; the order of channels is red, green, blue.
  static var normalisation: (scale: Tensor, shift: Tensor) {
    let (means, deviations) = ([-0.030, -0.088, -0.188], [0.458, 0.448, 0.450])
    return (
      Tensor(deviations.map { Float(1 / $0) }, [1, 3, 1, 1]),
      Tensor(zip(means, deviations).map { Float(-$0 / $1) }, [1, 3, 1, 1])
    )
  }

  /// One number per counted frame.
  ///
  /// - Throws: ``PerceptionError`` for pictures that are too small.
  public func values(_ pair: FramePair) throws(PerceptionError) -> [Double] {
    try checkSide(height: pair.height, width: pair.width)
    let step = max(LPIPS.pixelsAtOnce / (pair.width * pair.height), 1)
    // Equal frames have no distance.
    let different = pair.frames.filter { !pair.isEqual($0) }
    var values = [Double](repeating: 0, count: pair.frames.count)
    for start in stride(from: 0, to: different.count, by: step) {
      let frames = different[start..<min(start + step, different.count)]
      let distances = try distances(
        FramePair.tensor(pair.generated, frames), FramePair.tensor(pair.truth, frames))
      for (frame, distance) in zip(frames, distances) { values[frame - pair.first] = distance }
    }
    return values
  }

  /// The distances of pictures: `a` and `b` [pictures, 3, height, width] in [-1, 1], compared in pairs.
  ///
  /// - Throws: ``PerceptionError`` for pictures that are too small, and for answers that are not finite.
  public func distances(_ a: Tensor, _ b: Tensor) throws(PerceptionError) -> [Double] {
    try checkSide(height: a.size(2), width: a.size(3))
    let values = Torch.noGrad {
      let both = (Tensor.cat([a, b]) * scale + shift).channelsLast()
      var sum: Tensor?
      features.eachTap(both) { depth, maps in
        let distance = maps.featureDistance(weight: heads[depth])
        sum = sum.map { $0 + distance } ?? distance
      }
      return sum?.doubles() ?? []
    }
    // ReLU makes 0 of NaN, so what comes out does not tell what went in.
    guard values.allSatisfy(\.isFinite), (a.sum() + b.sum()).item().isFinite else {
      throw .notFinite(measure: "LPIPS (\(backbone))")
    }
    return values
  }

  private func checkSide(height: Int, width: Int) throws(PerceptionError) {
    guard min(height, width) >= backbone.leastSide else {
      throw .tooSmall(
        width: width, height: height, least: backbone.leastSide, measure: "LPIPS (\(backbone))")
    }
  }
}
