import Foundation
import Testing
import Worlds

struct TrajectoryTests {
  static let path = Trajectory(
    bodyCount: 2, positions: (0..<6).map { Vector2(x: Double($0), y: 0.1 * Double($0)) })

  @Test func isFrameMajor() {
    #expect(Self.path.frameCount == 3)
    #expect(Self.path[frame: 2, body: 1].x == 5)
    #expect(Self.path.path(ofBody: 1).map(\.x) == [1, 3, 5])
    #expect(Self.path.prefix(2).positions.count == 4)
    #expect(Self.path.prefix(9) == Self.path)
  }

  @Test func jsonComesBackExactly() throws {
    let data = try JSONEncoder().encode(Self.path)
    #expect(try JSONDecoder().decode(Trajectory.self, from: data) == Self.path)
  }

  @Test(arguments: [(2, 2), (3, 3), (-3, -2), (3, 0), (Int.max, 2)])
  func countsThatDoNotFitAreRefused(frames: Int, bodies: Int) throws {
    let positions = String(decoding: try JSONEncoder().encode(Self.path.positions), as: UTF8.self)
    let text = "{\"frameCount\":\(frames),\"bodyCount\":\(bodies),\"positions\":\(positions)}"
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Trajectory.self, from: Data(text.utf8))
    }
  }
}
