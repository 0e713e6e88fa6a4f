import Datasets
import Foundation
import Testing
import Worlds

struct SceneStreamTests {
  static let stream = SceneStream(
    recipe: SceneRecipe(region: EvaluationLevel.idLevel.region), seed: 1)

  /// FNV-1a over the bits of every number of a scene and its path.
  static func hash(_ scene: Scene, into hash: inout UInt64) throws {
    var values: [Double] = []
    for body in scene.bodies {
      values += [body.radius, body.position.x, body.position.y, body.velocity.x, body.velocity.y]
    }
    for position in try Simulator().simulate(scene).positions {
      values += [position.x, position.y]
    }
    for value in values {
      for shift in stride(from: 0, to: 64, by: 8) {
        hash = (hash ^ (value.bitPattern >> UInt64(shift) & 255)) &* 0x100_0000_01B3
      }
    }
  }

  /// One hash per scene, computed by several threads in an interleaved order.
  static func hashes(_ count: Int, threads: Int) -> [UInt64] {
    let results = Results(count: count)
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      for index in stride(from: thread, to: count, by: threads).reversed() {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        if let scene = try? stream.scene(at: index) { try? Self.hash(scene, into: &hash) }
        results.set(index, hash)
      }
    }
    return results.values
  }

  private final class Results: @unchecked Sendable {
    private let lock = NSLock()
    private(set) var values: [UInt64]
    init(count: Int) { values = Array(repeating: 0, count: count) }
    func set(_ index: Int, _ value: UInt64) { lock.withLock { values[index] = value } }
  }

  /// Frozen: a recipe and a seed must give these scenes for ever.
  @Test func scenesAreTheSameOnAnyNumberOfThreads() {
    let one = Self.hashes(60, threads: 1)
    #expect(Self.hashes(60, threads: 2) == one)
    #expect(Self.hashes(60, threads: 3) == one)
    let all = one.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ $1) &* 0x100_0000_01B3 as UInt64 }
    #expect(all == 0x450B_AB5E_86E8_DD7C, "\(String(all, radix: 16))")
  }

  @Test func scenesFollowTheirParameters() throws {
    for index in [0, 1, 5, 100_000, -1] {
      let parameters = try Self.stream.parameters(at: index)
      let body = try Self.stream.scene(at: index).bodies[0]
      #expect(parameters["r"] == body.radius && parameters["v"] == body.velocity.x)
      #expect(Self.stream.recipe.region?.contains(parameters) == true)
    }
  }

  @Test func seedsRecipesAndNumbersGiveDifferentScenes() throws {
    let scene = try Self.stream.scene(at: 0)
    #expect(try scene != Self.stream.scene(at: 1))
    #expect(try scene != SceneStream(recipe: Self.stream.recipe, seed: 2).scene(at: 0))
    let other = SceneRecipe(region: Region(boxes: [["r": 0.7...1.4, "v": 1.0...4.5]]))
    #expect(try scene != SceneStream(recipe: other, seed: 1).scene(at: 0))
  }

  @Test func longerScenesBeginTheSame() throws {
    var recipe = Self.stream.recipe
    recipe.scenario.frames = 33
    let long = try SceneStream(recipe: recipe, seed: 1).scene(at: 3)
    #expect(long.frames == 33)
    #expect(try long.bodies == Self.stream.scene(at: 3).bodies)
  }

  @Test func regionsOutsideTheLawAreRefused() {
    let tooLarge = SceneRecipe(region: Region(boxes: [["r": 3.0...4.0, "v": 1.0...2.0]]))
    #expect(throws: SceneError.self) { try SceneStream(recipe: tooLarge, seed: 1).scene(at: 0) }
    let noSpeed = SceneRecipe(region: Region(boxes: [["r": 1.0...2.0]]))
    #expect(throws: SceneError.missingParameter(scenario: "uniform_motion", name: "v")) {
      try SceneStream(recipe: noSpeed, seed: 1).scene(at: 0)
    }
    let empty = SceneRecipe(region: Region(boxes: []))
    #expect(throws: RegionError.noBoxes) { try SceneStream(recipe: empty, seed: 1).scene(at: 0) }
  }
}
