import Testing
import Videos
import Worlds

struct VideoTests {
  @Test func framesAndPrefixes() {
    let video = noise(frames: 4)
    #expect(
      video.frame(2).bytes == Array(video.bytes[(2 * video.frameSize)..<(3 * video.frameSize)]))
    #expect(video.prefix(frames: 2).frames == 2)
    #expect(video.prefix(frames: 9) == video)
    #expect(video.prefix(frames: -1).frames == 0)
    #expect(video.selecting([3, 0]).frame(0) == video.frame(3))
    #expect("\(video)" == "Video(4 frames, 34 x 18)")
  }

  @Test func averageOfABlockIsRoundedHalfUp() throws {
    let bytes: [UInt8] = [0, 10, 255, 1, 10, 255, 0, 10, 255, 1, 10, 254]
    let video = Video(frames: 1, height: 2, width: 2, bytes: bytes)
    #expect(try video.areaAveraged(to: 1).bytes == [1, 10, 255])
    #expect(try video.areaAveraged(to: 2) == video)
  }

  @Test func averagingKeepsFramesApart() throws {
    let white = [UInt8](repeating: 255, count: 48)
    let black = [UInt8](repeating: 0, count: 48)
    let video = Video(frames: 2, height: 4, width: 4, bytes: white + black)
    #expect(try video.areaAveraged(to: 2).bytes == Array(white.prefix(12)) + black.prefix(12))
  }

  @Test func sizesThatDoNotDivideAreRefused() {
    let video = noise(height: 18, width: 34)
    for size in [0, -2, 3, 68] {
      #expect(throws: VideoError.self, "\(size)") { try video.areaAveraged(to: size) }
    }
    // 34 / 2 = 17 does not divide 18.
    #expect(throws: VideoError.self) { try video.areaAveraged(to: 2) }
  }

  @Test func aMirrorSwapsLeftAndRight() {
    let video = Video(
      frames: 2, height: 1, width: 3, bytes: Array(1...9) + Array(11...19))
    #expect(
      video.flippedHorizontally().bytes
        == [7, 8, 9, 4, 5, 6, 1, 2, 3] + [17, 18, 19, 14, 15, 16, 11, 12, 13])
    let odd = noise(frames: 3, height: 5, width: 7)
    #expect(odd.flippedHorizontally() != odd)
    #expect(odd.flippedHorizontally().flippedHorizontally() == odd)
    let empty = Video(frames: 0, height: 4, width: 4, bytes: [])
    #expect(empty.flippedHorizontally() == empty)
    let thin = Video(frames: 1, height: 0, width: 0, bytes: [])
    #expect(thin.flippedHorizontally() == thin)
  }

  @Test func aMirroredSceneIsTheMirroredVideo() {
    let body = Body(shape: .square, radius: 1, position: Vector2(x: 2.5, y: 6))
    let scene = Scene(bodies: [body], frames: 1)
    func picture(at x: Double) -> Video {
      Renderer(size: 64).render(
        scene, Trajectory(bodyCount: 1, positions: [Vector2(x: x, y: 6)]))
    }
    #expect(picture(at: 2.5).flippedHorizontally() == picture(at: 7.5))
  }
}
