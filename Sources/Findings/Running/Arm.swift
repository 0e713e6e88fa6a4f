import Datasets
import Experiments
import Foundation
import Measures
import Models
import Videos
import Worlds

/// One model of an experiment: what it is trained on, and how large it is.
///
/// An arm has no seed; a trained model is an arm, a scale and a seed.
public struct Arm: Hashable, Sendable {
  /// What the videos show, which decides on the codec.
  public enum Bodies: Hashable, Sendable {
    /// One disc or square.
    case one
    /// Several bodies, rings, walls.
    case many
    /// Scenes of the combinatorial testbed.
    case testbed
  }

  /// How many training videos, in the paper's steps of ten.
  public enum Amount: String, CaseIterable, Hashable, Sendable {
    // swift-format-ignore: AllPublicDeclarationsHaveDocumentation
    case small, middle, large
  }

  /// How large the transformer is.
  public enum Size: String, CaseIterable, Hashable, Sendable {
    // swift-format-ignore: AllPublicDeclarationsHaveDocumentation
    case small, middle, large
  }

  /// A short name that stays, such as `hole-1.25-3.75`.
  public var name: String
  /// What a reader calls it.
  public var title: String
  /// The named set of its training scenes.
  public var set: String
  /// The set at the paper's and the workstation's scale, where that is another one.
  public var largeSet: String?
  /// What its videos show.
  public var bodies: Bodies
  /// How many of the set's scenes.
  public var amount = Amount.large
  /// How large the transformer is.
  public var size = Size.middle
  /// What the model is told besides the given frames.
  public var condition = ConditionArm.frames
  /// Whether half of the videos are mirrored.
  public var flips = false
  /// What it is asked to continue.
  public var probes: [Probe] = []

  /// An arm of the middle size on as many videos as there are.
  public init(
    _ name: String, _ title: String, set: String, largeSet: String? = nil, bodies: Bodies = .one,
    probes: [Probe] = []
  ) {
    self.name = name
    self.title = title
    self.set = set
    self.largeSet = largeSet
    self.bodies = bodies
    self.probes = probes
  }

  /// The run that trains it.
  ///
  /// - Throws: `CatalogueError` for a set that does not exist.
  public func configuration(scale: ExperimentScale, seed: UInt64) throws -> RunConfiguration {
    var run = scale.configuration
    run.seed = seed
    run.data.set = scale.usesGrid ? largeSet ?? set : set
    run.data.videos = bodies == .testbed ? scale.testbedVideos : scale.videos(amount)
    run.data.flips = flips
    run.autoencoder.released = scale.codec(for: bodies)
    run.model.size = scale.size(size)
    run.model.arm = condition
    if bodies == .testbed { scale.fitTestbed(&run) }
    let count = try AskedSets.count(of: run.data.set)
    if run.data.videos > count { run.data.videos = 0 }
    return run
  }
}

/// Scenes that the arms of an experiment are asked to continue.
public struct Probe: Hashable, Sendable {
  /// Which side of the training set the scenes are on.
  public enum Side: String, Codable, Hashable, Sendable {
    /// Combinations of parameters that training has.
    case inside
    /// Combinations that it does not have.
    case outside
  }

  /// A short name that stays, such as `fast`.
  public var name: String
  /// What a reader calls it.
  public var title: String
  /// The named set of its scenes.
  public var set: String
  /// Which side of the training set they are on; nil where that differs scene by scene.
  public var side: Side?
  /// Network evaluations per video; nil for the run's own.
  public var steps: Int?
  /// Times the scale's number of scenes.
  public var share = 1.0
  /// Whether what each attribute's change would cost is measured, too, and what the second shape is.
  public var secondShape: Shape?

  /// A probe.
  public init(
    _ name: String, _ title: String, set: String, side: Side? = nil, steps: Int? = nil,
    share: Double = 1
  ) {
    self.name = name
    self.title = title
    self.set = set
    self.side = side
    self.steps = steps
    self.share = share
  }

  /// The side of one of its scenes: the probe's, or that of the scene's level.
  func side(of scene: SceneEvidence) -> Side {
    side ?? (scene.score.level?.hasPrefix("seen") ?? true ? .inside : .outside)
  }

  /// Seed of the scenes: that of no training set.
  static let seed: UInt64 = 20_411

  /// How many scenes at a scale, or with another number than the scale's.
  func count(_ scale: ExperimentScale, scenes: Int? = nil) throws -> Int {
    let wanted = Int((Double(scenes ?? scale.probeScenes) * share).rounded(.up))
    return min(max(wanted, 1), try AskedSets.count(of: set))
  }
}

/// What names a trained model by everything that made it.
public enum ArmAddress {
  /// Changes when the same configuration would train another model.
  static let generation = 1

  /// 16 hexadecimal digits of the digest of a configuration; the number of threads and the device do not count.
  ///
  /// Only what differs from the defaults is digested, so that a setting that is added later leaves old addresses alone.
  public static func of(_ configuration: RunConfiguration) throws -> String {
    let usual = RunConfiguration()
    var configuration = configuration
    configuration.threads = usual.threads
    configuration.device = usual.device
    configuration.optimization.recompute = usual.optimization.recompute
    let own = difference(
      try JSONValue(encoding: configuration), try JSONValue(encoding: usual))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let text = try encoder.encode(own ?? .object([:]))
    return String(SHA256.digest(of: Data("arm \(generation) ".utf8) + text).prefix(16))
  }

  /// What of a value is not as usual; nil where all is.
  private static func difference(_ value: JSONValue, _ usual: JSONValue?) -> JSONValue? {
    if value == usual { return nil }
    guard case .object(let own) = value, case .object(let other)? = usual else { return value }
    let changed = own.compactMap { key, part in
      difference(part, other[key]).map { (key, $0) }
    }
    // A setting that the usual configuration has and this one has not is a difference, too.
    let missing = other.keys.filter { own[$0] == nil }.map { ($0, JSONValue.null) }
    return .object(Dictionary(uniqueKeysWithValues: changed + missing))
  }
}
