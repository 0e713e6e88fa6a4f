import Testing
import Training
import Worlds

@Suite struct FramePopulationTests {
  @Test func framesFollowTheSeedAndTheIndexAlone() throws {
    let population = FramePopulation()
    let size = 16 * 16 * 3
    let all = try population.bytes(seed: 1, indices: 0..<6, resolution: 16)
    let part = try population.bytes(seed: 1, indices: 2..<4, resolution: 16)
    #expect(Array(all[2 * size..<4 * size]) == part)
    #expect(try population.bytes(seed: 2, indices: 2..<4, resolution: 16) != part)
  }

  @Test func bodiesStayInTheirRangesAndShares() {
    let population = FramePopulation()
    let frames = (0..<2000).map { population.bodies(seed: 3, index: $0) }
    let bodies = frames.flatMap { $0 }
    #expect(bodies.allSatisfy { population.radius.contains($0.radius) })
    #expect(bodies.allSatisfy { population.horizontal.contains($0.position.x) })
    #expect(bodies.allSatisfy { population.vertical.contains($0.position.y) })
    func share(_ count: Int, _ total: Int) -> Double { Double(count) / Double(total) }
    #expect(abs(share(bodies.filter { $0.shape == .square }.count, bodies.count) - 0.4) < 0.05)
    #expect(abs(share(frames.filter { $0[0].color == .blue }.count, 2000) - 0.4) < 0.05)
    let pairs = frames.filter { $0.count == 2 }
    #expect(abs(share(pairs.count, 2000) - 0.3) < 0.05)
    let contrasts = pairs.filter { $0[0].color != $0[1].color }
    #expect(abs(share(contrasts.count, pairs.count) - 0.8) < 0.07)
  }
}
