import Datasets
import Foundation
import Testing
import Worlds

struct SceneSetHashTests {
  /// A hash of the numbers of the first scenes of a set, computed by several threads.
  static func hash(_ stream: SceneStream, scenes: Int = 4, threads: Int) -> UInt64 {
    let count = min(scenes, stream.count ?? 0)
    let results = Results(count: count)
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      for index in stride(from: thread, to: count, by: threads).reversed() {
        guard let scene = try? stream.scene(at: index) else { continue }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for body in scene.bodies {
          for value in [
            body.radius, body.position.x, body.position.y, body.velocity.x, body.velocity.y,
          ] {
            hash = (hash ^ value.bitPattern) &* 0x100_0000_01B3
          }
        }
        results.set(index, hash)
      }
    }
    return results.values.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ $1) &* 0x100_0000_01B3 }
  }

  private final class Results: @unchecked Sendable {
    private let lock = NSLock()
    private(set) var values: [UInt64]
    init(count: Int) { values = Array(repeating: 0, count: count) }
    func set(_ index: Int, _ value: UInt64) { lock.withLock { values[index] = value } }
  }

  @Test func scenesAreTheSameOnAnyNumberOfThreads() {
    for set in SceneCatalogue.sets where set.gridCount ?? 0 < 10_000_000 {
      let stream = set.stream(seed: 1)
      let one = Self.hash(stream, threads: 1)
      #expect(Self.hash(stream, threads: 2) == one, "\(set.name)")
      #expect(Self.hash(stream, threads: 3) == one, "\(set.name)")
    }
  }

  /// Frozen: the named sets must give these scenes for ever.
  @Test(arguments: [
    ("uniform/train-3m", 0x3DA1_B99B_CC33_3FB3 as UInt64), ("parabola/eval", 0x34D9_0468_5D62_46EB),
    ("collision/eval", 0x976A_F7B9_9E8C_5FEB),
    ("pairs/size-shape/eval", 0xF020_9FB0_CFF5_DC6D),
    ("figure-14/temporal/test", 0x9C9A_C0DE_B39B_FD00),
  ])
  func scenesNeverChange(name: String, hash: UInt64) throws {
    let found = Self.hash(
      try SceneCatalogue.set(named: name).stream(seed: 1), scenes: 200, threads: 2)
    #expect(found == hash, "\(name) \(String(found, radix: 16))")
  }
}
