/// A scenario of any kind as a value: what recipes hold and files name.
///
/// In JSON: the scenario's own properties and its name, `{"name": "uniform_motion", "direction":
/// "right", …}`.
public struct AnyScenario: Sendable {
  /// Every kind of scenario, in the order of lists.
  public static let types: [any Scenario.Type] = [
    UniformMotion.self, Parabola.self, Collision.self, WallBounce.self, SquareAndBall.self,
    CollisionThenBounce.self, Gap.self, BlockEdge.self,
  ]

  /// The scenario itself.
  public var base: any Scenario

  /// Wraps a scenario.
  public init(_ base: some Scenario) { self.base = base }

  /// The usual scenario of a name; dashes count as underscores.
  ///
  /// - Throws: ``SceneError/unknownScenario(name:known:)``
  public init(named name: String) throws(SceneError) {
    base = try AnyScenario.type(named: name).init()
  }

  /// The kind of scenario a name stands for; dashes count as underscores.
  ///
  /// - Throws: ``SceneError/unknownScenario(name:known:)``
  public static func type(named name: String) throws(SceneError) -> any Scenario.Type {
    let plain = String(name.map { $0 == "-" ? "_" : $0 })
    guard let type = types.first(where: { $0.name == plain }) else {
      throw .unknownScenario(name: name, known: types.map { $0.name })
    }
    return type
  }

  /// The name in files, such as `uniform_motion`.
  public var name: String { Swift.type(of: base).name }
  /// The parameters a scene needs, in a fixed order.
  public var parameterNames: [String] { Swift.type(of: base).parameterNames }
  /// Frames of a scene.
  public var frames: Int {
    get { base.frames }
    set { base.frames = newValue }
  }
  /// Names the law and its properties exactly, frames excepted, such as
  /// `uniform_motion(right,disc,red)`.
  public var id: String { "\(name)(\(base.variant))" }

  /// The scene of some parameters; see ``Scenario/scene(for:unit:)``.
  public func scene(
    for parameters: [String: Double], unit: () -> Double
  ) throws(SceneError) -> Scene {
    try base.scene(for: parameters, unit: unit)
  }

  /// Checks that there is a scene for these parameters; see ``Scenario/validate(_:)``.
  public func validate(_ parameters: [String: Double]) throws(SceneError) {
    try base.validate(parameters)
  }
}

extension AnyScenario: Hashable {
  /// Whether both are of the same kind with equal properties.
  public static func == (a: AnyScenario, b: AnyScenario) -> Bool {
    AnyHashable(a.base) == AnyHashable(b.base)
  }

  /// Hashes the scenario.
  public func hash(into hasher: inout Hasher) { hasher.combine(AnyHashable(base)) }
}

extension AnyScenario: Codable {
  private enum CodingKeys: String, CodingKey {
    case name
  }

  /// Reads a scenario of the kind that `name` says; uniform motion where it is left out.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let name = try values.decodeIfPresent(String.self, forKey: .name) ?? UniformMotion.name
    do {
      base = try AnyScenario.type(named: name).init(from: decoder)
    } catch let error as SceneError {
      throw DecodingError.dataCorruptedError(
        forKey: .name, in: values, debugDescription: "\(error)")
    }
  }

  /// Writes the scenario's properties and its name.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(name, forKey: .name)
    try base.encode(to: encoder)
  }
}
