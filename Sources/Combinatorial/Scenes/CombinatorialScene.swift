import Worlds

/// A scene of the combinatorial testbed: the bodies of a task and the red ball of a trial.
///
/// A square of 512 scene units, 6 to the metre, origin at the bottom left, closed by four walls that
/// are not listed. In JSON what names the scene (template, task, trial, seed) may be left out.
public struct CombinatorialScene: Hashable, Sendable {
  /// Side of the scene, scene units; a unit is a pixel of the full raster.
  public static let extent = 512.0
  /// Scene units in a metre of the physics.
  public static let unitsPerMetre: Float = 6

  /// What it was composed of; nil for scenes from elsewhere.
  public var template: CombinatorialTemplate?
  /// Which task of the template, from 0.
  public var task: Int
  /// Which red ball of the task, from 0.
  public var trial: Int
  /// The seed of task and trial.
  public var seed: UInt64
  /// The bodies in the order of creation, which the solver's results depend on and which is the
  /// order of painting; the red ball is the last.
  public var bodies: [CombinatorialBody]

  /// A scene from its parts.
  public init(
    template: CombinatorialTemplate? = nil, task: Int = 0, trial: Int = 0, seed: UInt64 = 0,
    bodies: [CombinatorialBody]
  ) {
    self.template = template
    self.task = task
    self.trial = trial
    self.seed = seed
    self.bodies = bodies
  }

  /// The places in ``bodies`` of those that move, in order: what a trajectory has poses of.
  public var dynamicIndices: [Int] { bodies.indices.filter { bodies[$0].mobility == .free } }
}

extension CombinatorialScene: Codable {
  private enum CodingKeys: String, CodingKey {
    case template, task, trial, seed, bodies
  }

  /// Reads a scene; only its bodies are required. ``validate()`` is for the reader to call.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      template: try values.decodeIfPresent(CombinatorialTemplate.self, forKey: .template),
      task: try values.decodeIfPresent(Int.self, forKey: .task) ?? 0,
      trial: try values.decodeIfPresent(Int.self, forKey: .trial) ?? 0,
      seed: try values.decodeIfPresent(UInt64.self, forKey: .seed) ?? 0,
      bodies: try values.decode([CombinatorialBody].self, forKey: .bodies))
  }
}
