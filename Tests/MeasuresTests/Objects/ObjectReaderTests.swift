import Measures
import Testing
import Videos
import Worlds

@Suite struct ObjectReaderTests {
  let reader = ObjectReader()

  @Test(arguments: [64, 128, 256])
  func readsEveryBodyOfEveryScenario(size: Int) throws {
    for sample in try SceneSample.ofEveryKind(4) {
      let tracks = try reader.tracks(
        of: try sample.video(size: size), scene: sample.scene, truth: sample.truth)
      #expect(tracks.surplus.allSatisfy { $0.isEmpty }, "\(sample.name)")
      for (number, body) in sample.scene.bodies.enumerated() {
        for frame in 0..<tracks.frameCount {
          guard body.shape == .bar || sample.isInView(number, frame: frame) else { continue }
          let seen = try #require(
            tracks.bodies[number][frame], "\(sample.name) body \(number) frame \(frame)")
          #expect(seen.color == body.color)
          #expect(seen.shape == body.shape, "\(sample.name) frame \(frame): \(seen)")
          #expect(seen.colorConfidence > 0.9)
        }
      }
    }
  }

  @Test(arguments: [Shape.disc, .square, .ring], [BodyColor.red, .blue, .black])
  func measuresPlaceSizeShapeAndColor(shape: Shape, color: BodyColor) throws {
    let rendered = try Rendered(radius: 1.1, speed: 2, shape: shape, color: color)
    let seen = try #require(reader.objects(in: try rendered.video(size: 128), frame: 4).first)
    let truth = rendered.truth[frame: 4, body: 0]
    #expect(abs(seen.position.x - truth.x) < 0.02)
    #expect(abs(seen.position.y - truth.y) < 0.02)
    #expect(abs(seen.radius / 1.1 - 1) < 0.02)
    #expect(abs(seen.halfExtent.x - seen.halfExtent.y) < 0.02)
    #expect(seen.color == color)
    #expect(seen.shape == shape)
    #expect(seen.colorConfidence > 0.95)
    #expect(seen.shapeConfidence > 0.5)
    #expect(seen.isWhole)
  }

  @Test func agreesWithTheWeightedParserOnCleanFrames() throws {
    for index in 0..<10 {
      let rendered = try Rendered(index: index)
      let video = try rendered.video(size: 128)
      for frame in [0, 7, 15] {
        guard let weighted = WeightedParser().read(video, frame: frame) else { continue }
        let seen = try #require(reader.objects(in: video, frame: frame).first)
        #expect(abs(seen.position.x - weighted.position.x) < 1e-4)
        #expect(abs(seen.position.y - weighted.position.y) < 1e-4)
        #expect(abs(seen.area / weighted.area - 1) < 1e-3)
        #expect(seen.isWhole == weighted.isWhole)
      }
    }
  }

  @Test func measuresABar() throws {
    let bar = Body.bar(from: Vector2(x: 2, y: 3), to: Vector2(x: 6, y: 4))
    let scene = Scene(bodies: [bar], frames: 1)
    let video = try Renderer().render(scene, try Simulator().simulate(scene), averagedTo: 128)
    let seen = try #require(reader.objects(in: video, frame: 0).first)
    #expect(seen.shape == .bar)
    #expect(seen.color == .black)
    #expect(abs(seen.radius - 2) < 0.05)
    #expect(abs(seen.halfExtent.y - 0.5) < 0.05)
    #expect(seen.isWhole)
  }

  @Test func touchingDiscsOfTwoColorsAreTwoObjectsInTheirPlaces() throws {
    let places = [Vector2(x: 3.4, y: 5), Vector2(x: 5.4, y: 5)]
    let scene = Scene(
      bodies: [
        Body(color: .red, radius: 1, position: places[0]),
        Body(color: .blue, radius: 1, position: places[1]),
      ], frames: 1)
    let truth = Trajectory(bodyCount: 2, positions: places)
    for size in [32, 64, 128, 256] {
      let video = try Renderer().render(scene, truth, averagedTo: size)
      let seen = reader.objects(in: video, frame: 0)
      #expect(seen.count == 2)
      for (color, place) in zip([BodyColor.red, .blue], places) {
        let object = try #require(seen.first { $0.color == color })
        #expect(abs(object.position.x - place.x) < 0.01)
        #expect(abs(object.position.y - place.y) < 0.01)
        #expect(abs(object.radius - 1) < 0.01)
        #expect(object.shape == .disc)
      }
    }
  }

  /// Codecs darken the seam between a ball and a wall; a small ball must not become part of it.
  @Test func aSmallBallAtAWallIsNotAFringe() throws {
    for radius in [0.3, 0.4] {
      let ball = Body(color: .blue, radius: radius, position: Vector2(x: 9.5 - radius, y: 3))
      let scene = Scene(bodies: [ball, WallRule.wall()], frames: 2)
      let truth = Trajectory(
        bodyCount: 2,
        positions: (0..<2).flatMap { _ in scene.bodies.map(\.position) })
      let clean = try Renderer().render(scene, truth, averagedTo: 128)
      for video in [clean, try Spoiling.compression(25).applied(to: clean, seed: 0)] {
        let seen = reader.objects(in: video, frame: 1)
        #expect(seen.map(\.color) == [.black, .blue])
        #expect(seen.map(\.shape) == [.bar, .disc])
      }
    }
  }

  @Test func aDiscThatTheBorderCutsKeepsItsRadiusAndSaysSo() throws {
    for x in [0.2, 0.0, -0.4] {
      let scene = Scene(bodies: [Body(radius: 1, position: Vector2(x: x, y: 5))], frames: 1)
      let truth = Trajectory(bodyCount: 1, positions: [Vector2(x: x, y: 5)])
      let video = try Renderer().render(scene, truth, averagedTo: 128)
      let seen = try #require(reader.objects(in: video, frame: 0).first)
      #expect(!seen.isWhole)
      #expect(seen.shape == .disc)
      #expect(abs(seen.radius - 1) < 0.1)
      #expect(seen.shapeConfidence <= 0.5)
    }
  }

  @Test func aStrayPixelIsNothingAndMovesNothing() throws {
    let video = try Rendered(radius: 1, speed: 2).video(size: 128)
    let clean = try #require(reader.objects(in: video, frame: 5).first)
    let dirty = reader.objects(
      in: video.painting(row: 2, column: 60, (255, 0, 0)).painting(
        row: 120, column: 60, (0, 0, 255)), frame: 5)
    #expect(dirty.count == 1)
    #expect(abs(dirty[0].position.x - clean.position.x) < 1e-9)
    #expect(abs(dirty[0].position.y - clean.position.y) < 1e-9)
    #expect(abs(dirty[0].area - clean.area) < 1e-9)
  }

  @Test func aColorThatIsNoneIsNotSure() throws {
    let disc = try Rendered(radius: 1, speed: 0).video(size: 128)
    for wrong in [(0, 255, 0), (255, 255, 0), (0, 255, 255), (255, 0, 255), (0, 128, 0)] {
      var painted = disc
      for pixel in 0..<painted.bytes.count / 3 where painted.bytes[pixel * 3 + 1] < 128 {
        painted.bytes[pixel * 3] = UInt8(wrong.0)
        painted.bytes[pixel * 3 + 1] = UInt8(wrong.1)
        painted.bytes[pixel * 3 + 2] = UInt8(wrong.2)
      }
      let seen = try #require(reader.objects(in: painted, frame: 0).first, "\(wrong)")
      #expect(seen.colorConfidence < 0.7, "\(wrong)")
    }
  }

  @Test(arguments: [1, 2, 3, 7, 31, 32, 33, 100, 129, 255])
  func anySizeIsRead(size: Int) {
    for value: UInt8 in [0, 1, 127, 200, 254, 255] {
      let seen = reader.objects(in: .filled(value, frames: 2, size: size))
      #expect(seen.count == 2)
      // A dark frame is one bar that fills it; a pale one is empty.
      #expect(seen[1].count == (value < 179 ? 1 : 0), "\(value)")
    }
  }

  @Test(arguments: [(1, 200), (200, 1), (48, 131)])
  func anyFormatIsRead(height: Int, width: Int) {
    var random = CounterRandom(recipe: "noise", seed: 1, index: 0)
    let bytes = (0..<2 * height * width * 3).map { _ in UInt8(random.next() & 255) }
    let video = Video(frames: 2, height: height, width: width, bytes: bytes)
    for object in reader.objects(in: video).joined() {
      #expect(object.position.isFinite)
      #expect((0...1).contains(object.colorConfidence))
      #expect((0...1).contains(object.shapeConfidence))
      #expect(object.area.isFinite && object.radius.isFinite && object.halfExtent.isFinite)
    }
    #expect(reader.objects(in: Video(frames: 2, height: 0, width: 0, bytes: [])) == [[], []])
  }

  @Test func noiseIsReadInBoundedTime() {
    var random = CounterRandom(recipe: "noise", seed: 2, index: 0)
    let bytes = (0..<8 * 256 * 256 * 3).map { _ in UInt8(random.next() & 255) }
    let video = Video(frames: 8, height: 256, width: 256, bytes: bytes)
    var seen: [[SeenObject]] = []
    let time = ContinuousClock().measure { seen = reader.objects(in: video) }
    #expect(seen.allSatisfy { $0.count <= Scene.maximumBodies })
    #expect(time < .seconds(2))
    #expect(reader.tracks(of: video).bodies.count <= Scene.maximumBodies)
  }
}
