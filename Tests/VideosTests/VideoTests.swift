import Testing
import Videos

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
}
