import Testing
import Videos
import Worlds

struct VideoBufferTests {
  @Test func nothingOfAnEarlierVideoIsLeft() throws {
    let renderer = Renderer(size: 128)
    let buffers = [
      (VideoBuffer(renderer), 128), (try VideoBuffer(renderer, averagedTo: 64), 64),
    ]
    for (buffer, size) in buffers {
      // Long and short, many bodies and few, and bodies outside the picture.
      for index in 0..<60 {
        var random = CounterRandom(recipe: "buffer", seed: 0, index: UInt64(index))
        let (scene, path) = FastRenderingTests.film(
          bodies: 1 + index % 3, frames: [1, 9, 3, 12, 2][index % 5], using: &random)
        let expected = try renderer.render(scene, path, averagedTo: size)
        #expect(buffer.video(of: scene, path) == expected, "video \(index)")
        let lent = buffer.withVideo(of: scene, path) { Array($0) }
        #expect(lent == expected.bytes, "video \(index) again")
      }
    }
  }

  @Test func sizesThatDoNotDivideAreRefused() {
    for size in [0, -1, 100, 512] {
      #expect(throws: VideoError.self, "\(size)") { try VideoBuffer(averagedTo: size) }
    }
  }

  @Test func aBatchIsWrittenInPlace() throws {
    let renderer = Renderer()
    let size = 64
    let frameSize = size * size * 3
    let films = (0..<5).map { index in
      var random = CounterRandom(recipe: "batch", seed: 0, index: UInt64(index))
      return FastRenderingTests.film(bodies: 1 + index % 2, frames: 3, using: &random)
    }
    // Whatever was there before, and the bytes around a video stay as they are.
    var batch = [UInt8](repeating: 77, count: films.count * 3 * frameSize + 2)
    try batch.withUnsafeMutableBufferPointer { batch in
      for (index, film) in films.enumerated().reversed() {
        let start = 1 + index * 3 * frameSize
        try renderer.render(
          film.scene, film.trajectory, averagedTo: size,
          into: UnsafeMutableBufferPointer(rebasing: batch[start..<(start + 3 * frameSize)]))
      }
    }
    var expected: [UInt8] = [77]
    for film in films {
      expected += try renderer.render(film.scene, film.trajectory, averagedTo: size).bytes
    }
    #expect(batch == expected + [77])
  }

  @Test func aPlaceOfTheWrongSizeIsRefused() throws {
    let (scene, path) = try crossing(frames: 2)
    for count in [0, 2 * 64 * 64 * 3 - 1, 2 * 64 * 64 * 3 + 1] {
      var bytes = [UInt8](repeating: 0, count: count)
      #expect(throws: VideoError.self, "\(count) bytes") {
        try bytes.withUnsafeMutableBufferPointer {
          try Renderer().render(scene, path, averagedTo: 64, into: $0)
        }
      }
      #expect(bytes.allSatisfy { $0 == 0 })
    }
  }
}
