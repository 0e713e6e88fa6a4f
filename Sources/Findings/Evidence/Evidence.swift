/// What a model did on a probe.
public struct ProbeEvidence: Hashable, Sendable {
  /// Scene by scene.
  public var scenes: [SceneEvidence]
  /// Numbers of the set as a whole, such as `fvd`; empty where there are none.
  public var numbers: [String: Double]

  /// Evidence from its parts.
  public init(scenes: [SceneEvidence], numbers: [String: Double] = [:]) {
    self.scenes = scenes
    self.numbers = numbers
  }
}

/// All evidence of an experiment: by arm, seed and probe.
public struct Evidence: Sendable {
  /// Training seeds, in order.
  public let seeds: [UInt64]
  private var found: [Key: ProbeEvidence] = [:]

  private struct Key: Hashable {
    var arm: String
    var probe: String
    var seed: UInt64
  }

  /// No evidence yet.
  public init(seeds: [UInt64]) { self.seeds = seeds }

  /// Adds what an arm of a seed did on a probe.
  public mutating func add(
    _ evidence: ProbeEvidence, arm: String, probe: String, seed: UInt64
  ) {
    found[Key(arm: arm, probe: probe, seed: seed)] = evidence
  }

  /// Adds scenes alone.
  public mutating func add(
    _ scenes: [SceneEvidence], arm: String, probe: String, seed: UInt64
  ) {
    add(ProbeEvidence(scenes: scenes), arm: arm, probe: probe, seed: seed)
  }

  /// The scenes of an arm and a probe for one seed; empty where there are none.
  public func scenes(arm: String, probe: String, seed: UInt64) -> [SceneEvidence] {
    found[Key(arm: arm, probe: probe, seed: seed)]?.scenes ?? []
  }

  /// A number of an arm and a probe as a whole, of every seed that has it.
  public func numbers(_ name: String, arm: String, probe: String) -> [Double] {
    seeds.compactMap { found[Key(arm: arm, probe: probe, seed: $0)]?.numbers[name] }
  }

  /// The scenes of an arm and a probe, all seeds after another.
  public func scenes(arm: String, probe: String) -> [SceneEvidence] {
    seeds.flatMap { scenes(arm: arm, probe: probe, seed: $0) }
  }
}
