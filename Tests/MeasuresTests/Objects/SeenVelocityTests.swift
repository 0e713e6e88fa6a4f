import Measures
import Testing
import Videos
import Worlds

@Suite struct SeenVelocityTests {
  @Test func aBallInFreeMotionHasItsSpeedInEveryFrame() throws {
    let rendered = try Rendered(radius: 1, speed: 2.3, frames: 25)
    let velocities = try tracks(rendered).velocities[0]
    #expect(velocities.count == 25)
    for (frame, read) in velocities.enumerated() {
      let read = try #require(read)
      let isEnd = frame == 0 || frame == 24
      #expect(abs(read.velocity.x - 2.3) < (isEnd ? 0.06 : 0.03))
      #expect(abs(read.velocity.y) < 0.03)
      #expect(read.confidence == (isEnd ? 0.5 : 1))
    }
  }

  /// Differences over both neighbours have no bias under constant acceleration.
  @Test func aFallingBallHasItsTrueVelocity() throws {
    let fall = try LawScene(.parabola)
    let tracks = try ObjectReader().tracks(
      of: try fall.video(size: 256), scene: fall.scene, truth: fall.truth)
    var checked = 0
    for frame in 1..<fall.truth.frameCount - 1 {
      guard let read = tracks.velocity(ofBody: 0, frame: frame), read.confidence == 1,
        let true0 = fall.truth.velocity(frame: frame, body: 0)
      else { continue }
      #expect(abs(read.velocity.y - true0.y) < 0.06 && abs(read.velocity.x - true0.x) < 0.06)
      checked += 1
    }
    #expect(checked > 3)
  }

  @Test func besideALossOneSideIsUsedAndWithoutNeighboursThereIsNone() throws {
    let rendered = try Rendered(radius: 1, speed: 2, frames: 25)
    let video = try rendered.video(size: 128).erasing(10..<13).erasing(14..<16)
    let velocities = try ObjectReader().tracks(
      of: video, scene: rendered.scene, truth: rendered.truth
    ).velocities[0]
    #expect(velocities[11] == nil)
    #expect(velocities[13] == nil)
    #expect(velocities[9]?.confidence == 0.5)
    #expect(abs((velocities[9]?.velocity.x ?? 0) - 2) < 0.06)
    #expect(velocities[8]?.confidence == 1)
  }

  @Test func aBallThatABorderCutsIsTrustedLess() throws {
    let rendered = try Rendered(radius: 1, speed: 3, x: 6.5, frames: 14)
    let track = try tracks(rendered)
    let cut = try #require(track.bodies[0].firstIndex { $0?.isWhole == false })
    #expect(track.velocity(ofBody: 0, frame: cut)?.confidence == 0.5)
  }

  private func tracks(_ rendered: Rendered) throws -> ObjectTracks {
    try ObjectReader().tracks(
      of: try rendered.video(size: 128), scene: rendered.scene, truth: rendered.truth)
  }
}
