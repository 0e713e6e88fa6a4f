/// All evidence of an experiment: by arm, seed and probe.
public struct Evidence: Sendable {
  /// Training seeds, in order.
  public let seeds: [UInt64]
  private var scenes: [Key: [SceneEvidence]] = [:]

  private struct Key: Hashable {
    var arm: String
    var probe: String
    var seed: UInt64
  }

  /// No evidence yet.
  public init(seeds: [UInt64]) { self.seeds = seeds }

  /// Adds what an arm of a seed did on a probe.
  public mutating func add(
    _ evidence: [SceneEvidence], arm: String, probe: String, seed: UInt64
  ) {
    scenes[Key(arm: arm, probe: probe, seed: seed)] = evidence
  }

  /// The scenes of an arm and a probe for one seed; empty where there are none.
  public func scenes(arm: String, probe: String, seed: UInt64) -> [SceneEvidence] {
    scenes[Key(arm: arm, probe: probe, seed: seed)] ?? []
  }

  /// The scenes of an arm and a probe, all seeds after another.
  public func scenes(arm: String, probe: String) -> [SceneEvidence] {
    seeds.flatMap { scenes(arm: arm, probe: probe, seed: $0) }
  }
}
