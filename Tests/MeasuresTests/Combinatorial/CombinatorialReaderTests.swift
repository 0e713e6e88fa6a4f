import Combinatorial
import Foundation
import Measures
import TestSupport
import Testing
import Videos
import Worlds

/// Bodies are found in pixels where they are.
struct CombinatorialReaderTests {
  @Test(
    .enabled(if: GoldenFrames.isPresent, "no reference data at \(GoldenFrames.folder.path)"),
    arguments: ["10029_077"])
  func bodiesOfTheReferenceAreWhereTheyAre(_ name: String) throws {
    let golden = try GoldenFrames(name)
    let tracks = try CombinatorialReader().tracks(
      of: golden.video.prefix(frames: 20), scene: golden.scene)
    for (body, track) in tracks.bodies.enumerated() {
      for (frame, seen) in track.enumerated() {
        let seen = try #require(seen, "body \(body) in frame \(frame)")
        let pose = golden.truth[frame: frame, body: body]
        let error = Vector2(
          x: seen.position.x - Double(pose.x), y: seen.position.y - Double(pose.y))
        // A pixel is two units wide.
        #expect(error.length < 0.7, "body \(body) in frame \(frame)")
        #expect(abs(seen.scale - 1) < 0.05 && seen.share > 0.85)
      }
    }
    for rest in tracks.rest {
      #expect(rest.surplus.values.allSatisfy { $0 < 20 })
      #expect(rest.fixedShare.values.allSatisfy { $0 > 0.85 })
    }
  }

  @Test func surplusAndMissingBodiesAreSeen() throws {
    let scene = CombinatorialScene(bodies: [
      ball(.dynamicBall1, .gray, x: 120, y: 300, radius: 25),
      ball(.redBall, .red, x: 300, y: 100, radius: 20),
    ])
    let shown = CombinatorialScene(bodies: [
      ball(.dynamicBall1, .gray, x: 420, y: 300, radius: 18),
      ball(.staticBall, .black, x: 60, y: 60, radius: 30),
    ])
    let poses = shown.bodies.filter { $0.mobility == .free }.map {
      Pose(x: Float($0.position.x), y: Float($0.position.y), angle: 0)
    }
    let video = try CombinatorialRenderer(size: 256).video(
      of: shown,
      CombinatorialTrajectory(frameSteps: [1, 21], bodyCount: 1, poses: poses + poses))
    let tracks = try CombinatorialReader().tracks(of: video, scene: scene)
    // The gray ball is found far from where it was, and too small; the red one is gone.
    let gray = try #require(tracks.bodies[0][1])
    #expect(abs(gray.position.x - 420) < 1 && abs(gray.position.y - 300) < 1)
    #expect(abs(gray.scale - 0.72) < 0.03)
    #expect(tracks.bodies[1] == [nil, nil])
    #expect(abs((tracks.rest[1].surplus[.black] ?? 0) - 2827) < 400)
  }

  @Test func videosOfNoUseAreRefused() throws {
    let scene = CombinatorialScene(bodies: [ball(.redBall, .red, x: 300, y: 100, radius: 20)])
    for video in [
      Video(frames: 0, height: 64, width: 64, bytes: []),
      Video(frames: 1, height: 64, width: 32, bytes: [UInt8](repeating: 0, count: 6144)),
      Video(frames: 1, height: 8, width: 8, bytes: [UInt8](repeating: 0, count: 192)),
    ] {
      #expect(throws: MeasureError.self) {
        try CombinatorialReader().tracks(of: video, scene: scene)
      }
    }
  }

  private func ball(
    _ type: ObjectType, _ color: TestbedColor, x: Double, y: Double, radius: Double
  ) -> CombinatorialBody {
    CombinatorialBody(
      objectType: type, mobility: color == .black ? .fixed : .free, color: color,
      position: Vector2(x: x, y: y), shapes: [.circle(radius: radius)], diameter: 2 * radius)
  }
}
