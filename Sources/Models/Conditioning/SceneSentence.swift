import Foundation
import Worlds

/// The initial state of a scene in words, for the `text` arm.
public enum SceneSentence {
  /// One sentence a body, in the scene's order, and one for gravity where there is any:
  /// “A red ball of radius 1.20 starts at x 2.50 y 5.00 and moves with velocity x 3.10 y 0.00.”
  ///
  /// Two decimals, world units and world units per second.
  public static func text(_ scene: Scene) -> String {
    var sentences = scene.bodies.map { body in
      let name =
        switch body.shape {
        case .disc: "ball"
        case .square: "square"
        case .ring: "ring"
        case .bar: "bar"
        }
      let start =
        "A \(body.color.rawValue) \(name) of radius \(number(body.radius)) "
      guard body.mobility == .free else {
        return start + "stands at \(place(body.position))."
      }
      return start + "starts at \(place(body.position)) and moves with velocity "
        + "\(place(body.velocity))."
    }
    if scene.gravity != .zero { sentences.append("Gravity pulls with \(place(scene.gravity)).") }
    return sentences.joined(separator: " ")
  }

  private static func place(_ vector: Vector2) -> String {
    "x \(number(vector.x)) y \(number(vector.y))"
  }

  private static func number(_ value: Double) -> String {
    // Never "-0.00".
    let rounded = (value * 100).rounded() / 100
    return String(format: "%.2f", rounded == 0 ? 0 : rounded)
  }
}
