import Datasets
import Testing
import Videos
import Worlds

/// The simulator, the sampler and the renderer against the official ones.
@Suite(.enabled(if: GoldenFolder.isPresent, "\(GoldenFolder.absent)"))
struct GoldenSceneTests {
  static let singleObject: Set<String> = ["uniform_motion", "color_size", "size_shape", "parabola"]

  @Test func singleObjectPositionsAreBitIdentical() throws {
    let scenes = try GoldenFolder.reference().scenes
      .filter { Self.singleObject.contains($0.scenario) }
    #expect(scenes.count == 44)
    for golden in scenes {
      #expect(
        try Simulator().simulate(golden.scene).positions == golden.trajectory.positions,
        "\(golden.id)")
    }
  }

  @Test func collisionPositionsAgree() throws {
    let scenes = try GoldenFolder.reference().scenes.filter { $0.scene.bodies.count == 2 }
    #expect(scenes.count == 16)
    for golden in scenes {
      let positions = try Simulator().simulate(golden.scene).positions
      let deviation =
        zip(positions, golden.trajectory.positions)
        .map { max(abs($0.x - $1.x), abs($0.y - $1.y)) }.max() ?? .infinity
      #expect(deviation < 1e-5, "\(golden.id)")
    }
  }

  @Test func uniformMotionDrawsTheOfficialStarts() throws {
    let scenes = try GoldenFolder.reference().scenes
      .filter { ["uniform_motion", "color_size", "size_shape"].contains($0.scenario) }
    #expect(scenes.count == 31)
    for golden in scenes {
      let body = try #require(golden.scene.bodies.first)
      let law = UniformMotion(
        direction: golden.direction, shape: body.shape, color: body.color,
        frames: golden.scene.frames)
      var draws = golden.draws.map(\.u)[...]
      let scene = try law.scene(for: ["r": golden.radii[0], "v": golden.speeds[0]]) {
        draws.popFirst() ?? .nan
      }
      #expect(scene == golden.scene, "\(golden.id)")
      #expect(draws.isEmpty, "\(golden.id) left draws unused")
    }
  }

  @Test func framesAreIdenticalInEveryPixel() throws {
    let reference = try GoldenFolder.reference()
    let scenes = reference.scenes.filter { $0.frames != nil }
    #expect(scenes.count == 25)
    for golden in scenes {
      let frames = try #require(golden.frames)
      let indices = try #require(frames.indices)
      let official = try reference.video(frames)
      let ours = Renderer().render(golden.scene, golden.trajectory).selecting(indices)
      #expect(ours == official, "\(golden.id)")
    }
  }

  @Test func areaAveragesMatchTheOfficialOnes() throws {
    let reference = try GoldenFolder.reference()
    let cases = reference.evaluations.filter {
      $0.perturbation == "128 area ground truth"
        || $0.perturbation.hasPrefix("ground truth area-averaged to 128x128")
    }
    #expect(cases.count == 15)
    for golden in cases {
      let scene = try reference.scene(golden.sceneID)
      let ours = try Renderer().render(
        scene.scene, scene.trajectory.prefix(golden.frameCount), averagedTo: 128)
      #expect(try reference.video(golden.frames) == ours, "\(golden.id)")
    }
  }

  @Test func nativeSmallRenderingMatches() throws {
    let reference = try GoldenFolder.reference()
    let golden = try #require(reference.evaluations.first { $0.id == "case_03_gt128_native" })
    let scene = try reference.scene(golden.sceneID)
    let ours = Renderer(size: 128).render(
      scene.scene, scene.trajectory.prefix(golden.frameCount))
    #expect(try reference.video(golden.frames) == ours)
  }

  @Test func encodedVideosMatchTheOfficialFile() throws {
    let reference = try GoldenFolder.reference()
    let golden = try #require(reference.evaluations.first { $0.id == "case_15_mp4" })
    let scene = try reference.scene(golden.sceneID)
    let data = try VideoFile.mp4Data(Renderer().render(scene.scene, scene.trajectory))
    let ours = try VideoFile.video(from: data, name: "ours")
    let official = try reference.video(golden.frames)
    let error = zip(ours.bytes, official.bytes).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    #expect(Double(error) / Double(official.bytes.count) < 0.2)
    #expect(abs(data.count - 7718) < 2000, "\(data.count) bytes")
  }
}
