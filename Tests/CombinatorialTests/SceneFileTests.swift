import Combinatorial
import Foundation
import TestSupport
import Testing
import Worlds

struct SceneFileTests {
  @Test func aSceneComesBackFromItsFile() throws {
    for template in ["10000", "10005", "10029", "ABCDEFGH"] {
      let scene = try CombinatorialScene(
        template: CombinatorialTemplate(template), task: 3, seed: 8)
      try withTemporaryFolder { folder in
        let url = folder.appendingPathComponent("scene.json")
        try scene.json.write(to: url)
        let back = try CombinatorialScene(contentsOf: url)
        #expect(back == scene)
        #expect(
          try CombinatorialSimulator().simulate(back) == CombinatorialSimulator().simulate(scene))
      }
    }
  }

  /// A file of one body.
  private static func file(_ body: String) -> Data {
    Data(#"{"bodies": [\#(body)]}"#.utf8)
  }

  private static func ball(
    position: String = "[100, 100]", angle: String = "0",
    shapes: String = #"[{"circle": {"radius": 10}}]"#
  ) -> String {
    #"{"objectType": "dynamic_ball_1", "mobility": "free", "color": "gray", "diameter": 20, "#
      + #""position": \#(position), "angle": \#(angle), "shapes": \#(shapes)}"#
  }

  @Test func onlyBodiesAreRequired() throws {
    let scene = try CombinatorialScene(json: Self.file(Self.ball()))
    #expect(scene.template == nil && scene.bodies.count == 1)
    let square = #"[{"polygon": {"vertices": [[5, 5], [-5, 5], [-5, -5], [5, -5]]}}]"#
    let other = try CombinatorialScene(json: Self.file(Self.ball(shapes: square)))
    #expect(other.bodies[0].shapes == [.box(width: 10, height: 10)])
  }

  @Test(arguments: [
    ("{}", "bodies: missing"),
    ("[]", ""),
    ("{\"bodies\": [", ""),
    (#"{"bodies": []}"#, "bodies is a list of 0"),
    (#"{"bodies": [{}]}"#, "bodies[0].objectType: missing"),
    (#"{"bodies": [], "template": "ABX"}"#, "template: "),
    (#"{"bodies": [], "task": "one"}"#, "task: "),
  ])
  func brokenFilesFail(text: String, part: String) {
    let error = #expect(throws: CombinatorialError.self) {
      try CombinatorialScene(json: Data(text.utf8), name: "a.json")
    }
    let description = error.map { "\($0)" } ?? ""
    #expect(part.isEmpty || description.contains(part), "\(description)")
  }

  @Test(arguments: [
    (ball(position: "[1e308, 0]"), "bodies[0].position is (1e+308, 0.0)"),
    (ball(position: "[1, 2, 3]"), "bodies[0].position"),
    (ball(position: "[1, \"NaN\"]"), "bodies[0].position[1]"),
    (ball(position: "[1, null]"), "bodies[0].position[1]"),
    (ball(angle: "1e9"), "bodies[0].angle"),
    (ball(shapes: "[]"), "bodies[0].shapes is a list of 0"),
    (ball(shapes: #"[{"circle": {"radius": 0}}]"#), "bodies[0].shapes[0].circle.radius is 0.0"),
    (ball(shapes: #"[{"circle": {"radius": -3}}]"#), "bodies[0].shapes[0].circle.radius is -3.0"),
    (ball(shapes: #"[{"circle": {}}]"#), "bodies[0].shapes[0].circle.radius: missing"),
    (ball(shapes: #"[{"square": 3}]"#), "bodies[0].shapes[0]"),
    (ball(shapes: #"[{"polygon": [[0, 0], [9, 0]]}]"#), "a list of 2 corners"),
    // Clockwise, dented, crossing itself, with three corners in line, with a corner twice, thin.
    (ball(shapes: #"[{"polygon": [[0, 0], [0, 9], [9, 9], [9, 0]]}]"#), "shapes[0].polygon[2]"),
    (
      ball(shapes: #"[{"polygon": [[0, 0], [9, 0], [4, 3], [0, 9]]}]"#),
      "not to the left of the edge"
    ),
    (
      ball(shapes: #"[{"polygon": [[0, 9], [-5, -7], [8, 3], [-8, 3], [5, -7]]}]"#),
      "part of a convex polygon"
    ),
    (ball(shapes: #"[{"polygon": [[0, 0], [5, 0], [9, 0], [9, 9]]}]"#), "shapes[0].polygon[2]"),
    (ball(shapes: #"[{"polygon": [[0, 0], [9, 0], [9, 0], [9, 9]]}]"#), "shapes[0].polygon[2]"),
    (ball(shapes: #"[{"polygon": [[0, 0], [90, 0], [90, 0.2]]}]"#), "wide"),
    (
      ball(
        shapes: #"[{"polygon": [[9,0],[8,4],[4,8],[0,9],[-4,8],[-8,4],[-9,0],[-8,-4],[0,-9]]}]"#),
      "a list of 9 corners"
    ),
  ])
  func badBodiesFail(body: String, part: String) {
    let error = #expect(throws: CombinatorialError.self) {
      try CombinatorialScene(json: Self.file(body))
    }
    let description = error.map { "\($0)" } ?? ""
    #expect(part.isEmpty || description.contains(part), "\(description)")
  }

  @Test func numbersThatAreNoneFail() throws {
    var scene = try CombinatorialScene(json: Self.file(Self.ball()))
    scene.bodies[0].position.x = .nan
    #expect(throws: CombinatorialError.self) { try CombinatorialSimulator().simulate(scene) }
    scene = try CombinatorialScene(json: Self.file(Self.ball()))
    scene.bodies[0].mobility = .fixed
    #expect(throws: CombinatorialError.self) { try scene.validate() }
    scene = try CombinatorialScene(json: Self.file(Self.ball()))
    scene.bodies = [CombinatorialBody](repeating: scene.bodies[0], count: 65)
    #expect(throws: CombinatorialError.self) { try scene.validate() }
  }

  @Test func aMissingFileFails() {
    let error = #expect(throws: CombinatorialError.self) {
      try CombinatorialScene(contentsOf: URL(fileURLWithPath: "/nowhere/scene.json"))
    }
    #expect(error.map { "\($0)".contains("/nowhere/scene.json") } == true)
  }
}
