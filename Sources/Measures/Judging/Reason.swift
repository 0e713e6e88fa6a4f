/// One thing that speaks against a video, with the frame and the number that show it.
public struct Reason: Codable, Hashable, Sendable {
  /// What is the matter.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    /// A body is gone although it should be in the picture.
    case lost
    /// There is an object that is no body of the scene.
    case surplus
    /// A body has another colour, or none that is clear.
    case recolored
    /// A body has another shape.
    case reshaped
    /// A body has another size.
    case resized
    /// A fixed body moves.
    case moved
    /// A body is suddenly elsewhere.
    case jump
    /// Two bodies are in the same place.
    case overlap
    /// A body changes its velocity though it touches nothing.
    case velocityChange = "velocity_change"
    /// A body is accelerated all along, by no force of the scene.
    case curvedPath = "curved_path"
    /// Bodies part otherwise than an impact would make them.
    case impact
    /// No lawful motion comes near the body's path, for none of the reasons above.
    case offCourse = "off_course"
    /// Lawful, but not what truly happens.
    case otherMotion = "other_motion"
  }

  /// What is the matter.
  public var kind: Kind
  /// Number of the body in the scene; nil where it is none of them.
  public var body: Int?
  /// The first frame that shows it.
  public var frame: Int
  /// How much, in the unit that `text` names.
  public var value: Double
  /// A sentence for people, with frame, value and unit.
  public var text: String

  /// A reason from its parts.
  public init(kind: Kind, body: Int?, frame: Int, value: Double, text: String) {
    self.kind = kind
    self.body = body
    self.frame = frame
    self.value = value
    self.text = text
  }
}
