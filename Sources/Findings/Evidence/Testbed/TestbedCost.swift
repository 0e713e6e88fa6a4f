import Datasets
import Experiments
import Models
import Perception
import Tensors

/// What reconstruction by a codec costs on scenes of the combinatorial testbed: no model on its latents can do better.
public struct TestbedCost: Codable, Hashable, Sendable {
  /// Means over the scenes of one set.
  public struct Group: Codable, Hashable, Sendable {
    /// The set's name.
    public var set: String
    /// How many scenes.
    public var scenes: Int
    /// Means by what is shown (`ground_truth`, `reconstruction`, `constant_velocity`), then by measure.
    public var means: [String: [String: Double]]
  }

  /// Seen and unseen templates.
  public var groups: [Group]

  /// Measures new red balls in the templates of training, and unseen templates.
  ///
  /// - Parameters:
  ///   - scenes: of each of the two sets.
  ///   - networks: LPIPS is measured where its network is there.
  /// - Throws: what a codec or a scene throws.
  public static func measure(
    _ autoencoder: any LatentCodec, scenes: Int, seed: UInt64, frames: Int = 32,
    networks: NetworkStore = .standard(), progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> TestbedCost {
    let ruler = try TestbedRuler(conditionFrames: 3, store: networks)
    let sets = ["in-template-leak-free", "out-of-template-leak-free"]
    let groups = try sets.enumerated().map { number, name in
      let asked = try TestbedScenes(named: name, seed: seed, count: scenes, frames: frames)
      let pairs = try asked.indices.map {
        try asked.labelledTruth(at: $0, size: autoencoder.resolution)
      }
      let found = try TestbedReferences.measure(pairs, frames: frames, autoencoder, ruler)
      progress(number + 1, sets.count)
      return Group(set: asked.identity.name, scenes: scenes, means: Self.means(found.scenes))
    }
    return TestbedCost(groups: groups)
  }

  private static func means(
    _ scenes: [[String: [String: Double]]]
  ) -> [String: [String: Double]] {
    var values: [String: [String: [Double]]] = [:]
    for scene in scenes {
      for (shown, measures) in scene {
        for (measure, value) in measures {
          values[shown, default: [:]][measure, default: []].append(value)
        }
      }
    }
    return values.mapValues { $0.mapValues { $0.reduce(0, +) / Double($0.count) } }
  }
}
