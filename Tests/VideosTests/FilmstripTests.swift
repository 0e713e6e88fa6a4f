import Testing
import Videos

struct FilmstripTests {
  @Test func placesFramesInRowsWithGaps() {
    let a = noise(frames: 3, height: 4, width: 6)
    let b = noise(frames: 2, height: 4, width: 6)
    let strip = Filmstrip.image(rows: [a, b], frameIndices: [0, 2], scale: 3, gap: 2)
    #expect(strip.width == 2 + 2 * (18 + 2) && strip.height == 2 + 2 * (12 + 2))
    func pixel(_ x: Int, _ y: Int) -> [UInt8] {
      Array(strip.bytes[((y * strip.width + x) * 3)...].prefix(3))
    }
    for y in 0..<12 {
      for x in 0..<18 {
        let source = 2 * a.frameSize + ((y / 3) * 6 + x / 3) * 3
        #expect(pixel(22 + x, 2 + y) == Array(a.bytes[source..<(source + 3)]))
      }
    }
    #expect(pixel(0, 0) == [160, 160, 160])
    #expect(pixel(21, 5) == [160, 160, 160])
    // The second video has no third frame.
    #expect(pixel(30, 20) == [160, 160, 160])
  }

  @Test func nothingGivesOnlyTheBorder() {
    #expect(Filmstrip.image(rows: [], frameIndices: [], scale: 0, gap: -1).bytes.isEmpty)
    let strip = Filmstrip.image(rows: [noise()], frameIndices: [-1, 99])
    #expect(strip.bytes.allSatisfy { $0 == 160 })
  }
}
