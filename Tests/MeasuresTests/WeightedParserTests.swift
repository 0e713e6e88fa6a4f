import Measures
import Testing
import Videos
import Worlds

@Suite struct WeightedParserTests {
  @Test func gridSpansTheWorldEdgeToEdge() {
    let full = PixelGrid(size: 256)
    #expect(full.world(0) == 0)
    #expect(abs(full.world(255) - 10) < 1e-12)
    // Block 0 of 64 is the mean of columns 0 … 3, block 63 of columns 252 … 255.
    let blocks = PixelGrid(size: 64)
    #expect(abs(blocks.world(0) - 10 * 1.5 / 255) < 1e-12)
    #expect(abs(blocks.world(63) - 10 * 253.5 / 255) < 1e-12)
    // A size that does not divide 256 was painted as it is.
    #expect(abs(PixelGrid(size: 100).world(99) - 10) < 1e-12)
  }

  @Test(arguments: [Shape.disc, .square], [BodyColor.red, .blue])
  func readsPlaceRadiusShapeAndColor(shape: Shape, color: BodyColor) throws {
    let scenario = try Rendered(radius: 1.1, speed: 2, shape: shape, color: color)
    let video = try scenario.video(size: 64)
    let reading = try #require(WeightedParser().read(video, frame: 4))
    let truth = scenario.truth[frame: 4, body: 0]
    #expect(abs(reading.position.x - truth.x) < 0.02)
    #expect(abs(reading.position.y - truth.y) < 0.02)
    #expect(abs(reading.radius(as: shape) / 1.1 - 1) < 0.02)
    #expect(reading.color == color)
    #expect(ShapeReader.shape(of: video, frame: 4) == shape)
  }

  @Test func strayPixelsDoNotMoveIt() throws {
    let scenario = try Rendered(radius: 1, speed: 2)
    let video = try scenario.video(size: 64)
    let clean = WeightedParser().read(video, frame: 5)
    let dirty = WeightedParser().read(
      video.painting(row: 2, column: 60, (255, 0, 0)).painting(row: 60, column: 60, (0, 0, 255)),
      frame: 5)
    #expect(dirty == clean)
  }

  @Test func aColorFilterSeesOnlyItsColor() throws {
    let video = try Rendered(radius: 1, speed: 2, color: .blue).video(size: 64)
    #expect(WeightedParser(color: .red).read(video, frame: 5) == nil)
    #expect(WeightedParser(color: .blue).read(video, frame: 5) != nil)
  }

  @Test(arguments: [0, 127, 255] as [UInt8])
  func emptyFramesHaveNoBody(level: UInt8) {
    #expect(WeightedParser().read(.filled(level), frame: 0) == nil)
    #expect(ShapeReader.shape(of: .filled(level), frame: 0) == nil)
  }

  @Test func aSpeckleIsNoBody() {
    let speckle = Video.filled(255, frames: 1).painting(row: 30, column: 30, (255, 0, 0))
    #expect(WeightedParser().read(speckle, frame: 0) == nil)
  }
}
