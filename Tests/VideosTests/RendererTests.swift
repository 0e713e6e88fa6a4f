import Testing
import Videos
import Worlds

struct RendererTests {
  static func still(_ bodies: [Body]) -> (Scene, Trajectory) {
    (
      Scene(bodies: bodies, frames: 1),
      Trajectory(bodyCount: bodies.count, positions: bodies.map(\.position))
    )
  }

  @Test(arguments: [128, 64, 32, 256, 1])
  func averagedPathEqualsAveragingTheFullPicture(size: Int) throws {
    let renderer = Renderer()
    let (scene, trajectory) = try crossing()
    let full = renderer.render(scene, trajectory)
    #expect(try renderer.render(scene, trajectory, averagedTo: size) == full.areaAveraged(to: size))
    var random = CounterRandom(recipe: "renderer", seed: 1, index: UInt64(size))
    for _ in 0..<5 {
      let single = try UniformMotion(frames: 8).scene(
        for: ["r": random.uniform(0.3, 2), "v": random.uniform(0, 6)], using: &random)
      let path = try Simulator().simulate(single)
      #expect(
        try renderer.render(single, path, averagedTo: size)
          == renderer.render(single, path).areaAveraged(to: size))
    }
  }

  @Test func sizesThatDoNotDivideAreRefused() throws {
    let (scene, trajectory) = try crossing()
    for size in [0, -1, 100, 512] {
      #expect(throws: VideoError.self, "\(size)") {
        try Renderer().render(scene, trajectory, averagedTo: size)
      }
    }
  }

  @Test func centreAndBackgroundHaveTheFlatColours() {
    let (scene, path) = Self.still([
      Body(color: .blue, radius: 1, position: Vector2(x: 7.5, y: 2.5))
    ])
    let frame = Renderer().render(scene, path).frame(0)
    func pixel(_ row: Int, _ column: Int) -> [UInt8] {
      Array(frame.bytes[((row * 256 + column) * 3)...].prefix(3))
    }
    // y points up: a body low in the world is low in the picture.
    #expect(pixel(191, 191) == [0, 0, 255])
    #expect(pixel(64, 191) == [255, 255, 255])
    #expect(pixel(0, 0) == [255, 255, 255])
  }

  @Test func laterBodiesCoverEarlierOnes() {
    let centre = Vector2(x: 5, y: 5)
    let (scene, path) = Self.still([
      Body(color: .red, radius: 2, position: centre),
      Body(shape: .square, color: .blue, radius: 0.5, position: centre),
    ])
    let video = Renderer(size: 64).render(scene, path)
    let middle = (32 * 64 + 32) * 3
    #expect(Array(video.bytes[middle..<(middle + 3)]) == [0, 0, 255])
    let outer = (32 * 64 + 40) * 3
    #expect(Array(video.bytes[outer..<(outer + 3)]) == [255, 0, 0])
  }

  @Test func bodiesOutsideAreClipped() throws {
    let places = [
      Vector2(x: -50, y: 5), Vector2(x: 5, y: 400), Vector2(x: 1e300, y: -1e300),
      Vector2(x: .nan, y: 5), Vector2(x: .infinity, y: 0),
    ]
    for place in places {
      for shape in Shape.allCases {
        let (scene, path) = Self.still([Body(shape: shape, radius: 1, position: place)])
        let video = Renderer(size: 32).render(scene, path)
        #expect(video.bytes.allSatisfy { $0 == 255 }, "\(place)")
      }
    }
    let (scene, path) = Self.still([Body(radius: 1, position: Vector2(x: 0, y: 10))])
    let corner = Renderer(size: 32).render(scene, path)
    #expect(Array(corner.bytes[0..<3]) == [255, 0, 0])
  }

  @Test func theDiscFadesInsideItsRadius() {
    let (scene, path) = Self.still([Body(radius: 2, position: Vector2(x: 5, y: 5))])
    let frame = Renderer().render(scene, path).frame(0)
    let red = stride(from: 0, to: frame.bytes.count, by: 3).count { frame.bytes[$0 + 1] < 128 }
    let nominal = Double.pi * 0.2 * 0.2 * 255 * 255
    #expect(abs(Double(red) / nominal - 0.985) < 0.01)
  }

  @Test func wallsReachThePicturesEdges() {
    for step in 0..<100 {
      let depth = 0.1 + Double(step) * 0.0137
      let walls = [
        Body.bar(from: Vector2(x: 10 - depth, y: 0), to: Vector2(x: 10, y: 10)),
        Body.bar(from: Vector2(x: 0, y: 0), to: Vector2(x: depth, y: 10)),
        Body.bar(from: Vector2(x: 0, y: 10 - depth), to: Vector2(x: 10, y: 10)),
        Body.bar(from: Vector2(x: 0, y: 0), to: Vector2(x: 10, y: depth)),
      ]
      let (scene, path) = Self.still(walls)
      let frame = Renderer(size: 32).render(scene, path).frame(0)
      let border = (0..<32).flatMap { [($0, 0), ($0, 31), (0, $0), (31, $0)] }
      #expect(border.allSatisfy { frame.bytes[($0.0 * 32 + $0.1) * 3] == 0 }, "depth \(depth)")
    }
  }

  @Test func aRingIsADiscWithAHole() {
    let ring = Body(shape: .ring, color: .blue, radius: 2, position: Vector2(x: 5, y: 5))
    let (scene, path) = Self.still([ring])
    let frame = Renderer().render(scene, path).frame(0)
    func pixel(_ column: Int) -> [UInt8] {
      Array(frame.bytes[((128 * 256 + column) * 3)...].prefix(3))
    }
    // The hole has 0.6 of the radius: 30.6 of 51 pixels.
    #expect(pixel(128) == [255, 255, 255])
    #expect(pixel(128 + 29) == [255, 255, 255])
    #expect(pixel(128 + 33) == [0, 0, 255])
    #expect(pixel(128 + 48) == [0, 0, 255])
    #expect(pixel(128 + 53) == [255, 255, 255])
  }
}
