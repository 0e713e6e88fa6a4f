import Combinatorial
import Foundation
import Testing
import Videos
import Worlds

struct CombinatorialRendererTests {
  private func motion(_ letters: String, task: Int = 0) throws -> (
    CombinatorialScene, CombinatorialTrajectory
  ) {
    let scene = try CombinatorialScene(
      template: CombinatorialTemplate(letters), task: task, seed: 5)
    return (scene, try CombinatorialSimulator().simulate(scene))
  }

  /// A renderer that keeps its memory paints what one picture at a time gives.
  @Test func everyFrameIsItsOwnPicture() throws {
    let renderer = try CombinatorialRenderer(size: 512)
    let area = IDRaster.side * IDRaster.side
    for letters in ["ABCDEFGH", "AB", "CDGH"] {
      let (scene, trajectory) = try motion(letters)
      let video = try renderer.video(of: scene, trajectory)
      try renderer.withIDs(of: scene, trajectory) { ids in
        for frame in stride(from: 0, to: 50, by: 7) {
          let raster = try IDRaster(scene, poses: trajectory.frame(frame))
          #expect(ids[(frame * area)..<((frame + 1) * area)].elementsEqual(raster.ids))
          #expect(video.frame(frame) == raster.image, "\(letters) frame \(frame)")
        }
      }
    }
  }

  @Test(arguments: [256, 128, 64, 8])
  func smallVideosAreAreaAverages(size: Int) throws {
    let (scene, trajectory) = try motion("ACDG", task: 2)
    let small = try CombinatorialRenderer(size: size).video(of: scene, trajectory)
    let factor = 512 / size
    let area = factor * factor
    for frame in [0, 12, 49] {
      let full = try IDRaster(scene, poses: trajectory.frame(frame)).image.bytes
      let ours = small.frame(frame).bytes
      var different = 0
      for row in 0..<size {
        for column in 0..<size {
          for channel in 0..<3 {
            var sum = area / 2
            for y in 0..<factor {
              for x in 0..<factor {
                sum += Int(
                  full[((row * factor + y) * 512 + column * factor + x) * 3 + channel])
              }
            }
            if Int(ours[(row * size + column) * 3 + channel]) != sum / area { different += 1 }
          }
        }
      }
      #expect(different == 0, "frame \(frame)")
    }
  }

  /// The planes that are painted from ids are those of the picture in RGB to the last byte, or the
  /// files would not be the same.
  @Test(arguments: [EncoderPreset.changes, .light], ["ABCDEFGH", "CF", "BDGH"])
  func filesFromIDsAreThoseOfPictures(preset: EncoderPreset, letters: String) throws {
    let (scene, trajectory) = try motion(letters, task: 3)
    let quality = VideoQuality.h264(crf: 23, preset: preset)
    let renderer = try CombinatorialRenderer(size: 512)
    let other = try motion("AE")
    // What another scene left in the renderer's memory must not show.
    _ = try renderer.mp4Data(of: other.0, other.1, quality: quality)
    let video = try CombinatorialRenderer(size: 512).video(of: scene, trajectory)
    #expect(
      try renderer.mp4Data(of: scene, trajectory, quality: quality)
        == VideoFile.mp4Data(video, quality: quality))
  }

  @Test func framesAreWrittenWhereTheyAreWanted() throws {
    let (scene, trajectory) = try motion("BEGH")
    let renderer = try CombinatorialRenderer(size: 64)
    let video = try renderer.video(of: scene, trajectory)
    var bytes = [UInt8](repeating: 7, count: 10 * renderer.frameSize)
    try bytes.withUnsafeMutableBufferPointer {
      try renderer.render(scene, trajectory, frames: 10, into: $0)
    }
    #expect(bytes[...] == video.bytes.prefix(10 * renderer.frameSize))
  }

  /// By the rule's own words: a pixel is painted where its centre is inside. Ties are left out.
  @Test func polygonsArePixelsWhoseCentreIsInside() throws {
    for task in 0..<6 {
      let scene = try CombinatorialScene(
        template: CombinatorialTemplate("D"), task: task, seed: 3)
      let bar = scene.bodies[0]
      guard case .polygon(let corners) = bar.shapes[0] else { continue }
      let (sine, cosine) = (sin(bar.angle), cos(bar.angle))
      let ids = try IDRaster(scene).ids
      var wrong = 0
      for row in 0..<512 {
        for column in 0..<512 where ids[row * 512 + column] != TestbedColor.red.id {
          let (x, y) = (
            Double(column) + 0.5 - bar.position.x, Double(row) + 0.5 - bar.position.y
          )
          let (u, v) = (x * cosine + y * sine, y * cosine - x * sine)
          let depth = min(corners[0].x - abs(u), corners[0].y - abs(v))
          let isPainted = ids[row * 512 + column] == TestbedColor.gray.id
          if abs(depth) > 1e-3, isPainted != (depth > 0) { wrong += 1 }
        }
      }
      #expect(wrong == 0, "task \(task)")
    }
  }

  @Test func whatIsOutsideIsCutOff() throws {
    let bodies = [(-5.0, 100.0), (515, 515), (256, -30), (900, 256), (256, 256)].map { x, y in
      CombinatorialBody(
        objectType: .dynamicBall1, mobility: .free, color: .gray, position: Vector2(x: x, y: y),
        shapes: [.circle(radius: 20), .box(width: 60, height: 4)], diameter: 40)
    }
    let raster = try IDRaster(CombinatorialScene(bodies: bodies))
    let painted = raster.ids.count { $0 == TestbedColor.gray.id }
    #expect(painted > 1500 && painted < 4000)
    #expect(raster.ids[100 * 512] == TestbedColor.gray.id)
  }

  @Test func otherSizesAndPosesFail() throws {
    for size in [0, -2, 100, 1024] {
      #expect(throws: VideoError.self) { try CombinatorialRenderer(size: size) }
    }
    let (scene, trajectory) = try motion("AB")
    #expect(throws: CombinatorialError.self) { try IDRaster(scene, poses: []) }
    var poses = trajectory.poses
    poses[7].angle = .nan
    let broken = CombinatorialTrajectory(
      frameSteps: trajectory.frameSteps, bodyCount: trajectory.bodyCount, poses: poses)
    let error = #expect(throws: CombinatorialError.self) {
      try CombinatorialRenderer().video(of: scene, broken)
    }
    #expect(error.map { "\($0)".contains("frame 2 has moving body 1") } == true)
    // Numbers far outside are no crash.
    poses[7] = Pose(x: 1e30, y: -1e30, angle: 1e6)
    let far = CombinatorialTrajectory(
      frameSteps: trajectory.frameSteps, bodyCount: trajectory.bodyCount, poses: poses)
    _ = try CombinatorialRenderer(size: 64).video(of: scene, far)
    for index in scene.bodies.indices {
      var bars = scene
      bars.bodies[index].shapes = [.box(width: 40, height: 9)]
      _ = try CombinatorialRenderer(size: 64).video(of: bars, far)
    }
  }
}
