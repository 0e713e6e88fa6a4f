import Measures
import Worlds

/// All that one continued scene says: of the model, of the law, and of memory.
public struct SceneEvidence: Codable, Hashable, Sendable {
  /// What a body looks like and how it moves.
  public struct Look: Codable, Hashable, Sendable {
    /// Its outline.
    public var shape: Shape
    /// Its colour.
    public var color: BodyColor
    /// Radius or half-side, world units.
    public var radius: Double
    /// World units per second, mean over the generated frames in which it counts.
    public var velocity: Vector2

    /// A look.
    public init(shape: Shape, color: BodyColor, radius: Double, velocity: Vector2) {
      self.shape = shape
      self.color = color
      self.radius = radius
      self.velocity = velocity
    }
  }

  /// A body as it should be and as it was generated.
  public struct BodyEvidence: Codable, Hashable, Sendable {
    /// By the law.
    public var given: Look
    /// In the video; nil where it is not seen twice.
    public var shown: Look?
    /// Share of the frames in which it counts and is seen.
    public var seenShare: Double

    /// A body's evidence.
    public init(given: Look, shown: Look?, seenShare: Double) {
      self.given = given
      self.shown = shown
      self.seenShare = seenShare
    }
  }

  /// Number and measures of the generated video.
  public var score: SceneScore
  /// The judge's verdict; nil where it could not judge.
  public var verdict: Verdict?
  /// Free bodies in the scene's order.
  public var bodies: [BodyEvidence]
  /// Errors of references by name: `ground_truth`, `reconstruction`, `constant_velocity`, `nearest_case`.
  public var references: [String: [String: Double?]]
  /// Distance of the generated trajectory from the true one, world units; see ``CaseDistance``.
  @NullableNumber public var truthDistance: Double
  /// Distance of the generated trajectory from the nearest of training.
  @NullableNumber public var caseDistance: Double

  /// What changing one attribute would change, `pixels` or `latents`, then the attribute; only where the probe asks.
  public var changes: [String: [String: Double]] = [:]

  /// Evidence from its parts.
  public init(
    score: SceneScore, verdict: Verdict?, bodies: [BodyEvidence],
    references: [String: [String: Double?]], truthDistance: Double, caseDistance: Double
  ) {
    self.score = score
    self.verdict = verdict
    self.bodies = bodies
    self.references = references
    self.truthDistance = truthDistance
    self.caseDistance = caseDistance
  }

  /// The errors that a scene may have, the best known first: of velocity; in the testbed, of places.
  static let errorNames = [
    "velocity_error.official", "velocity_error.post.official", "velocity_error.unbiased",
    "place_error",
  ]

  /// The name of the scene's error.
  public var errorName: String? { Self.errorNames.first { score.measures[$0] != nil } }

  /// The velocity error: the released evaluator's where the law has one (after the impact for collisions), else the
  /// unbiased one; in the testbed the mean distance of bodies from their places. Nil where it does not exist on this
  /// video.
  public var error: Double? { errorName.flatMap { number($0) } }

  /// A measure of the generated video; nil where it does not exist.
  public func number(_ name: String) -> Double? {
    score.measures[name].flatMap { $0.isFinite ? $0 : nil }
  }

  /// The scene's velocity error of a reference.
  public func referenceError(_ name: String) -> Double? {
    errorName.flatMap { references[name]?[$0] ?? nil }.flatMap { $0.isFinite ? $0 : nil }
  }

  /// Whether every body stays to be seen in at least four fifths of the frames in which it counts.
  public var isKept: Bool { bodies.allSatisfy { $0.seenShare >= 0.8 } }

  /// The velocity error where no body is lost: a lost ball has no speed.
  public var keptError: Double? { isKept ? error : nil }

  /// 0 for a video that is the law, 1 for one that is a training case.
  ///
  /// The distance from the truth over the sum of the distances from truth and nearest case. Inside a dense training
  /// set the two are near each other, and the number says little; outside it tells law from replay.
  public var caseScore: Double? {
    let sum = truthDistance + caseDistance
    return sum.isFinite && sum > 0 ? truthDistance / sum : nil
  }
}
