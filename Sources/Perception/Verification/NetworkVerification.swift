import Datasets
import Foundation
import Tensors
import Videos

/// Compares what the networks of a store answer here with known values.
///
/// The values are published ones, or those of the official PyTorch code on the same inputs: see
/// ``Check/source``. All inputs are made by formulas, so nothing else is needed.
public struct NetworkVerification: Sendable {
  /// One known value.
  public struct Check: Codable, Hashable, Sendable {
    /// What is measured on what.
    public let name: String
    /// Where the known value comes from.
    public let source: String
    /// The known value.
    public let expected: Double
    /// The value here.
    public let measured: Double
    /// The greatest relative difference that passes.
    public let tolerance: Double

    /// A comparison.
    public init(
      name: String, source: String, expected: Double, measured: Double, tolerance: Double
    ) {
      self.name = name
      self.source = source
      self.expected = expected
      self.measured = measured
      self.tolerance = tolerance
    }

    /// |measured − expected| / |expected|.
    public var deviation: Double { Swift.abs(measured - expected) / Swift.abs(expected) }
    /// Whether the value here is the known one.
    public var passes: Bool { deviation <= tolerance }

    enum CodingKeys: String, CodingKey { case name, source, expected, measured, tolerance }
  }

  /// The greatest relative difference that passes.
  public static let tolerance = 1e-4

  private let store: NetworkStore

  /// A verification of what is in a store.
  public init(store: NetworkStore = .standard()) { self.store = store }

  /// Runs the checks.
  ///
  /// - Parameters:
  ///   - full: Whether to take the distance of 128 + 128 random clips too, which takes minutes.
  ///   - script: A user's TorchScript I3D; its answers are compared with ours.
  ///   - progress: Told each result.
  /// - Throws: ``NetworkError`` where a network is missing; ``PerceptionError``.
  public func run(
    full: Bool = false, script: URL? = nil, progress: (Check) -> Void = { _ in }
  ) throws -> [Check] {
    var checks: [Check] = []
    func check(_ name: String, _ source: String, _ expected: Double, _ measured: Double) {
      let check = Check(
        name: name, source: source, expected: expected, measured: measured,
        tolerance: Self.tolerance)
      checks.append(check)
      progress(check)
    }
    for network in PublishedNetwork.allCases { try store.check(network) }
    for backbone in LPIPS.Backbone.allCases {
      let lpips = try LPIPS(backbone, store: store)
      for known in KnownPictures.all {
        let (a, b) = known.pictures
        check(
          "LPIPS \(backbone), \(known.name)", "package lpips 0.1.4",
          backbone == .alex ? known.alex : known.vgg, try lpips.distances(a, b)[0])
      }
    }
    let i3d = try I3D(store: store)
    let answers = try i3d.features(KnownClips.formula)
    let values = answers.doubles()
    for (index, expected) in KnownClips.formulaLogits.enumerated() {
      check("I3D logit \(index), formula clip", "TF-Hub weights", expected, values[index])
    }
    check("I3D norm, formula clip", "TF-Hub weights", KnownClips.formulaNorm, answers.norm().item())
    for (frames, expected) in KnownClips.constantDistances {
      let shape = [1, 3, frames, I3D.side, I3D.side]
      let difference =
        try i3d.features(.full(shape, -1)).to(.float64) - i3d.features(.full(shape, 1))
      check(
        "FVD, constant −1 and +1, \(frames) frames", "TF-Hub weights", expected,
        difference.square().sum().item())
    }
    if full {
      check(
        "FVD, RandomState(1) and (2), 128 + 128 clips", "published, TF-Hub network",
        KnownClips.randomDistance, try KnownClips.randomDistance(by: i3d))
    }
    if let script {
      let theirs = try ScriptI3D(contentsOf: script).features(KnownClips.formula).doubles()
      for index in KnownClips.formulaLogits.indices {
        check(
          "logit \(index), formula clip", script.lastPathComponent, theirs[index], values[index])
      }
    }
    return checks
  }
}
