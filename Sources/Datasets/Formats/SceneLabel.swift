import Foundation
import Worlds

/// What a file says about one video in JSON, beside its pixels.
///
/// Positions and velocities may be left out where another part of the file holds them.
public struct SceneLabel: Hashable, Sendable {
  /// The scene's number in its stream.
  public var index: Int
  /// The parameters the scene was made from.
  public var parameters: [String: Double]
  /// The name of the scenario.
  public var scenario: String
  /// The level or split, where one is named.
  public var level: String?
  /// The bodies before the first step.
  public var scene: Scene
  /// The whole scene and its motion where it is one of the combinatorial testbed.
  public var combinatorial: CombinatorialLabel?
  /// Whether the scene was guessed from positions and parameters.
  public var isReconstructed = false
  /// The contacts in the order they happened.
  public var contacts: [Contact] = []
  /// `[frame][body]`, world units per second; empty where unknown or stored elsewhere.
  public var velocities: [[Vector2]] = []
  /// The seed of the stream.
  public var seed: UInt64?
  /// The text that names the stream's recipe.
  public var recipe: String?

  /// The labels of a video; states are kept where `withVelocities` says so.
  public init(
    _ video: LabelledVideo, provenance: DatasetProvenance? = nil, withVelocities: Bool = false
  ) {
    index = video.index
    parameters = video.parameters
    scenario = video.scenario
    level = video.level
    scene = video.scene
    combinatorial = video.combinatorial
    isReconstructed = video.sceneIsReconstructed
    contacts = video.trajectory.contacts
    if withVelocities { velocities = video.trajectory.rows(video.trajectory.velocities) }
    seed = provenance?.seed
    recipe = provenance?.recipeText
  }

  init(index: Int, parameters: [String: Double], scenario: String, scene: Scene) {
    self.index = index
    self.parameters = parameters
    self.scenario = scenario
    self.scene = scene
  }
}

extension SceneLabel: Codable {
  private enum CodingKeys: String, CodingKey {
    case index, parameters, scenario, level, scene, combinatorial, isReconstructed =
      "reconstructed", contacts
    case velocities, seed, recipe, shapes, colors, radii
  }

  /// Reads labels; only number, parameters and scene are required.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      index: try values.decode(Int.self, forKey: .index),
      parameters: try values.decode([String: Double].self, forKey: .parameters),
      scenario: try values.decodeIfPresent(String.self, forKey: .scenario) ?? UniformMotion.name,
      scene: try values.decode(Scene.self, forKey: .scene))
    level = try values.decodeIfPresent(String.self, forKey: .level)
    combinatorial = try values.decodeIfPresent(CombinatorialLabel.self, forKey: .combinatorial)
    isReconstructed = try values.decodeIfPresent(Bool.self, forKey: .isReconstructed) ?? false
    contacts = try values.decodeIfPresent([Contact].self, forKey: .contacts) ?? []
    velocities = try values.decodeIfPresent([[Vector2]].self, forKey: .velocities) ?? []
    seed = try values.decodeIfPresent(UInt64.self, forKey: .seed)
    recipe = try values.decodeIfPresent(String.self, forKey: .recipe)
    do {
      try scene.validate()
    } catch {
      throw DecodingError.dataCorruptedError(
        forKey: .scene, in: values, debugDescription: "\(error)")
    }
  }

  /// Writes labels; shapes, colours and radii of the bodies are repeated as plain lists.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(index, forKey: .index)
    try values.encode(parameters, forKey: .parameters)
    try values.encode(scenario, forKey: .scenario)
    try values.encodeIfPresent(level, forKey: .level)
    try values.encode(scene, forKey: .scene)
    try values.encodeIfPresent(combinatorial, forKey: .combinatorial)
    if isReconstructed { try values.encode(true, forKey: .isReconstructed) }
    try values.encode(contacts, forKey: .contacts)
    if !velocities.isEmpty { try values.encode(velocities, forKey: .velocities) }
    try values.encodeIfPresent(seed, forKey: .seed)
    try values.encodeIfPresent(recipe, forKey: .recipe)
    try values.encode(scene.bodies.map(\.shape), forKey: .shapes)
    try values.encode(scene.bodies.map(\.color), forKey: .colors)
    try values.encode(scene.bodies.map(\.radius), forKey: .radii)
  }
}

extension SceneLabel {
  /// The trajectory of these labels over given positions, body by body in each frame.
  ///
  /// - Throws: ``DatasetError`` when the counts of frames, bodies and velocities do not agree.
  func trajectory(
    positions: [Vector2], velocities given: [Vector2]? = nil, at place: DatasetPlace
  ) throws(DatasetError) -> Trajectory {
    let bodies = scene.bodies.count
    guard positions.count == scene.frames * bodies else {
      throw place.error(
        "\(positions.count) positions for \(scene.frames) frames of \(bodies) "
          + "bod\(bodies == 1 ? "y" : "ies")")
    }
    let flat = given ?? velocities.flatMap(\.self)
    guard flat.isEmpty || flat.count == positions.count else {
      throw place.error("\(flat.count) velocities for \(positions.count) positions")
    }
    guard
      contacts.allSatisfy({ (0..<bodies).contains($0.first) && (0..<bodies).contains($0.second) })
    else { throw place.error("a contact names a body that the scene does not have") }
    return Trajectory(
      bodyCount: bodies, positions: positions, velocities: flat, contacts: contacts)
  }
}

extension Trajectory {
  /// Positions or velocities as `[frame][body]`.
  func rows(_ flat: [Vector2]) -> [[Vector2]] {
    stride(from: 0, to: flat.count, by: bodyCount).map { Array(flat[$0..<($0 + bodyCount)]) }
  }
}

/// JSON as every file of a data set has it: keys sorted, slashes plain.
enum DatasetJSON {
  static func encoder(pretty: Bool = false) -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
    return encoder
  }
}
