import Foundation
import Testing
import Worlds

struct BlockEdgeTests {
  /// How far the ball goes sideways and below its place on the block, pixels.
  static func motion(
    _ offset: Double, _ index: Int, frames: Int = 32
  ) throws -> (sideways: Double, down: Double) {
    var random = CounterRandom(recipe: "edge", seed: 1, index: UInt64(index))
    let radius = random.uniform(0.4, 1.4)
    let scene = try BlockEdge(frames: frames).scene(
      for: ["r": radius, "offset": offset], using: &random)
    let path = try Simulator().simulate(scene)
    #expect(!path.contacts.isEmpty)
    let (start, end) = (scene.bodies[0].position, path[frame: frames - 1, body: 0])
    return (
      (end.x - start.x) / Scene.pixel,
      (BlockEdge.heights.upperBound + radius - end.y) / Scene.pixel
    )
  }

  @Test(arguments: [-0.26, -0.5, -1, -4, -20]) func staysOnTheBlock(offset: Double) throws {
    for index in 0..<100 {
      for frames in [32, 200] {
        let (sideways, down) = try Self.motion(offset, index, frames: frames)
        #expect(abs(sideways) < 1e-3 && abs(down) < 0.2)
      }
    }
  }

  @Test(arguments: [(0.0, 2.0), (0.25, 4), (0.5, 6), (1, 11), (4, 29)])
  func tipsOffVisibly(offset: Double, pixels: Double) throws {
    for index in 0..<100 {
      let (sideways, down) = try Self.motion(offset, index)
      #expect(sideways > pixels && down > 0)
      #expect(offset < 1 || down > 2)
      // In the end it falls.
      #expect(try Self.motion(offset, index, frames: 100).down > 40)
    }
  }

  @Test func theEdgeTipsWhereTheEnginesSkinBegins() throws {
    #expect(abs(BlockEdge.tippingOffset + 0.255) < 1e-12)
    for index in 0..<20 {
      #expect(try abs(Self.motion(BlockEdge.tippingOffset - 0.005, index).sideways) < 1e-3)
      #expect(try Self.motion(BlockEdge.tippingOffset + 0.055, index).sideways > 0.4)
    }
  }

  @Test func parametersOutsideTheLawAreRefused() {
    for (r, offset) in [
      (0.0, 1.0), (2.25, 1), (.nan, 1), (1, 20.5), (1, -21), (1, .infinity), (0.4, 12),
    ] {
      #expect(throws: SceneError.self) { try BlockEdge().validate(["r": r, "offset": offset]) }
    }
    #expect {
      try BlockEdge().validate(["r": 0.4, "offset": 12])
    } throws: { "\($0)".contains("below 10.2") }
  }

  @Test func comesBackFromJSON() throws {
    let law = BlockEdge(color: .blue, frames: 40)
    #expect(AnyScenario(law).id == "block_edge(blue)")
    let data = try JSONEncoder().encode(AnyScenario(law))
    #expect(try JSONDecoder().decode(AnyScenario.self, from: data) == AnyScenario(law))
  }
}
