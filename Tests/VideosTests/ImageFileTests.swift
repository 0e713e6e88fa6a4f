import Foundation
import TestSupport
import Testing
import Videos

struct ImageFileTests {
  @Test(arguments: [(1, 1), (1, 7), (33, 5), (257, 3)])
  func pngKeepsEveryPixel(width: Int, height: Int) throws {
    let image = noise(frames: 1, height: height, width: width).frame(0)
    #expect(try ImageFile.image(png: ImageFile.png(image)) == image)
  }

  @Test func pngOfARenderedFrameIsSmall() throws {
    let image = try movingDisc(size: 256).frame(3)
    let data = try ImageFile.png(image)
    #expect(data.count < 10_000)
    #expect(try ImageFile.image(png: data) == image)
  }

  @Test func emptyPictureIsRefused() {
    #expect(throws: VideoError.self) {
      try ImageFile.png(Image(width: 0, height: 0, bytes: []))
    }
  }

  @Test func damagedPngIsRefused() throws {
    let data = try ImageFile.png(try movingDisc().frame(0))
    for cut in [0, 4, 20, data.count / 2, data.count - 1] {
      #expect(throws: VideoError.self, "\(cut) bytes") {
        try ImageFile.image(png: data.prefix(cut), name: "cut.png")
      }
    }
    var flipped = data
    flipped[data.count / 2] ^= 0x55
    #expect(throws: VideoError.self) { try ImageFile.image(png: flipped, name: "flipped.png") }
  }

  @Test func gifOfFlatColoursComesBackExactly() throws {
    for video in [try movingDisc(frames: 20), try movingDisc(size: 256, frames: 1)] {
      let data = try ImageFile.gif(video)
      #expect(try VideoFile.video(from: data, name: "disc.gif") == video)
    }
  }

  @Test func gifOfManyColoursStaysClose() throws {
    let (scene, trajectory) = try crossing()
    let video = Renderer().render(scene, trajectory)
    let back = try VideoFile.video(from: try ImageFile.gif(video), name: "crossing.gif")
    #expect(back.frames == video.frames)
    #expect(largestDifference(video, back) <= 24)

    let wild = noise(frames: 2, height: 64, width: 64)
    let reduced = try VideoFile.video(from: try ImageFile.gif(wild), name: "noise.gif")
    let error = zip(wild.bytes, reduced.bytes).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    #expect(Double(error) / Double(wild.bytes.count) < 20)
  }

  @Test func unusableGifsAreRefused() throws {
    let empty = Video(frames: 0, height: 8, width: 8, bytes: [])
    #expect(throws: VideoError.self) { try ImageFile.gif(empty) }
    #expect(throws: VideoError.self) { try ImageFile.gif(noise(), framesPerSecond: 100) }
  }

  @Test func truncatedGifIsRefused() throws {
    let data = try ImageFile.gif(try movingDisc())
    for cut in stride(from: 1, to: data.count, by: max(1, data.count / 25)) {
      #expect(throws: VideoError.self, "\(cut) of \(data.count) bytes") {
        try VideoFile.video(from: data.prefix(cut), name: "cut.gif")
      }
    }
  }

  @Test func filesAreWritten() throws {
    try withTemporaryFolder { folder in
      let png = folder.appendingPathComponent("a.png")
      let gif = folder.appendingPathComponent("a.gif")
      let video = try movingDisc()
      try ImageFile.writePNG(video.frame(0), to: png)
      try ImageFile.writeGIF(video, to: gif)
      #expect(try ImageFile.image(png: Data(contentsOf: png)) == video.frame(0))
      #expect(try VideoFile.read(gif) == video)
    }
  }
}
