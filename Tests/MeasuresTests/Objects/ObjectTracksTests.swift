import Measures
import Testing
import Videos
import Worlds

@Suite struct ObjectTracksTests {
  let reader = ObjectReader()

  @Test func aBallThatVanishesIsNil() throws {
    let rendered = try Rendered(radius: 1, speed: 2)
    let tracks = try reader.tracks(
      of: try rendered.video(size: 64).erasing(10..<14), scene: rendered.scene,
      truth: rendered.truth)
    for frame in 0..<31 {
      #expect((tracks.bodies[0][frame] == nil) == (10..<14).contains(frame))
      #expect(tracks.surplus[frame].isEmpty)
    }
  }

  @Test func aSecondBallIsSurplus() throws {
    let rendered = try Rendered(radius: 1, speed: 2)
    let other = Body(radius: 0.8, position: Vector2(x: 5, y: 8.5))
    let both = Scene(bodies: rendered.scene.bodies + [other], frames: 31)
    let video = try Renderer().render(
      both, try Simulator().simulate(both), averagedTo: 128)
    let tracks = try reader.tracks(of: video, scene: rendered.scene, truth: rendered.truth)
    for frame in 0..<31 {
      let seen = try #require(tracks.bodies[0][frame])
      #expect(abs(seen.position.y - 5.07) < 0.02)
      #expect(tracks.surplus[frame].count == 1)
      #expect(abs(tracks.surplus[frame][0].position.y - 8.5) < 0.02)
    }
  }

  @Test func aRecoloredBallIsStillTheBall() throws {
    let rendered = try Rendered(radius: 1, speed: 3)
    let tracks = try reader.tracks(
      of: try rendered.video(size: 64).recoloring(12..<20), scene: rendered.scene,
      truth: rendered.truth)
    for frame in 0..<20 {
      let seen = try #require(tracks.bodies[0][frame])
      #expect(seen.color == ((12..<20).contains(frame) ? .blue : .red))
    }
    #expect(tracks.surplus.allSatisfy { $0.isEmpty })
  }

  @Test func aBallWithAnotherSpeedIsFollowedWhereItGoes() throws {
    let slow = try Rendered(radius: 0.7, speed: 1)
    let fast = try Rendered(radius: 0.7, speed: 3)
    let tracks = try reader.tracks(
      of: try fast.video(size: 128), scene: slow.scene, truth: slow.truth)
    for frame in 0..<24 {
      let seen = try #require(tracks.bodies[0][frame])
      #expect(abs(seen.position.x - fast.truth[frame: frame, body: 0].x) < 0.02)
    }
  }

  @Test func twoBallsOfOneColorKeepTheirNumbers() throws {
    let scene = Scene(
      bodies: [
        Body(radius: 0.6, position: Vector2(x: 1, y: 4), velocity: Vector2(x: 2.5, y: 0)),
        Body(radius: 0.6, position: Vector2(x: 9, y: 6), velocity: Vector2(x: -2.5, y: 0)),
      ], frames: 31)
    let truth = try Simulator().simulate(scene)
    let video = try Renderer().render(scene, truth, averagedTo: 128)
    let tracks = try reader.tracks(of: video, scene: scene, truth: truth)
    let free = reader.tracks(of: video)
    #expect(free.bodies.count == 2)
    for frame in 0..<31 {
      for body in 0..<2 {
        let seen = try #require(tracks.bodies[body][frame])
        #expect(abs(seen.position.x - truth[frame: frame, body: body].x) < 0.02)
      }
      // Without the truth the bodies are numbered by size, then by place.
      let heights = free.bodies.compactMap { $0[frame]?.position.y }.sorted()
      #expect(heights.count == 2 && heights[0] < 5 && heights[1] > 5)
    }
    for track in free.bodies {
      let heights = track.compactMap { $0?.position.y }
      #expect((heights.max() ?? 0) - (heights.min() ?? 0) < 0.1)
    }
  }

  @Test func anObjectThatAppearsLaterIsABodyOfItsOwn() throws {
    let rendered = try Rendered(radius: 1, speed: 0.5)
    let late = try Rendered(radius: 0.5, speed: 0.5, x: 3, y: 8.5)
    var video = try rendered.video(size: 128)
    let other = try late.video(size: 128)
    for byte in 20 * video.frameSize..<video.bytes.count {
      video.bytes[byte] = min(video.bytes[byte], other.bytes[byte])
    }
    let tracks = reader.tracks(of: video)
    #expect(tracks.bodies.count == 2)
    #expect(tracks.bodies[1].prefix(20).allSatisfy { $0 == nil })
    #expect(tracks.bodies[1].dropFirst(20).allSatisfy { $0 != nil })
  }

  @Test func aTruthThatDoesNotFitIsRefused() throws {
    let rendered = try Rendered(radius: 1, speed: 2)
    let video = try rendered.video(size: 64)
    #expect(throws: MeasureError.frameMismatch(video: 31, truth: 5)) {
      try reader.tracks(of: video, scene: rendered.scene, truth: rendered.truth.prefix(5))
    }
    let two = Scene(bodies: rendered.scene.bodies + rendered.scene.bodies, frames: 31)
    #expect(throws: MeasureError.bodyMismatch(scene: 2, truth: 1)) {
      try reader.tracks(of: video, scene: two, truth: rendered.truth)
    }
  }
}
