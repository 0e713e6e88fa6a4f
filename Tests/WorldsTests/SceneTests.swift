import Foundation
import Testing
import Worlds

struct SceneTests {
  static let scene = Scene(
    bodies: [
      Body(radius: 0.1, position: Vector2(x: 1.0 / 3, y: 2), velocity: Vector2(x: -1, y: 0.7)),
      Body(shape: .square, color: .blue, radius: 1.4, position: Vector2(x: 9, y: 1e-3)),
    ], gravity: Vector2(x: 0, y: -2.5), frames: 7)

  @Test func jsonComesBackExactly() throws {
    let data = try JSONEncoder().encode(Self.scene)
    #expect(try JSONDecoder().decode(Scene.self, from: data) == Self.scene)
  }

  @Test func vectorsAreShortInJSON() throws {
    let data = try JSONEncoder().encode([Vector2(x: 1.5, y: -2)])
    #expect(String(decoding: data, as: UTF8.self) == "[[1.5,-2]]")
  }

  @Test(arguments: ["[1]", "[1,2,3]", "[]", "{\"x\":1,\"y\":2}", "[null,1]"])
  func malformedVectorsAreRefused(text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Vector2.self, from: Data(text.utf8))
    }
  }

  @Test func unknownShapesAreRefused() throws {
    let text = String(decoding: try JSONEncoder().encode(Self.scene), as: UTF8.self)
      .replacingOccurrences(of: "square", with: "hexagon")
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Scene.self, from: Data(text.utf8))
    }
  }

  @Test func errorsNameTheValue() {
    #expect(SceneError.tooManyBodies(99).description.contains("99"))
    #expect(SceneError.frames(-4).description.contains("-4"))
    let error = SceneError.velocity(body: 2, value: Vector2(x: 300, y: 0), fastest: 300)
    #expect(error.description.contains("body 2") && error.description.contains("300"))
  }
}
