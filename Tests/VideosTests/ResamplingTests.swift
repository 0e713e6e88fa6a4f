import Testing
import Videos

@Suite struct ResamplingTests {
  @Test(arguments: [(64, 48), (40, 40), (200, 150), (31, 97), (512, 512), (1, 1)])
  func centresOfMassKeepTheirPlace(_ width: Int, _ height: Int) throws {
    let image = try movingDisc(size: 64, frames: 4).frame(2)
    let small = image.resized(width: width, height: height)
    #expect(small.width == width && small.height == height)
    guard min(width, height) > 8 else { return }
    let (before, after) = (centre(image), centre(small))
    #expect(abs(before.x - after.x) < 0.002 && abs(before.y - after.y) < 0.002)
  }

  /// The centre of what is not white, as shares of the sides.
  private func centre(_ image: Image) -> (x: Double, y: Double) {
    var mass = 0.0
    var sum = (x: 0.0, y: 0.0)
    for row in 0..<image.height {
      for column in 0..<image.width {
        let weight = Double(255 - image.bytes[(row * image.width + column) * 3 + 1])
        mass += weight
        sum.x += weight * (Double(column) + 0.5) / Double(image.width)
        sum.y += weight * (Double(row) + 0.5) / Double(image.height)
      }
    }
    return (sum.x / mass, sum.y / mass)
  }

  @Test func wholeBlocksAreAveraged() throws {
    let video = try movingDisc(size: 64, frames: 3)
    #expect(video.resized(width: 32, height: 32) == (try video.areaAveraged(to: 32)))
    #expect(video.resized(width: 64, height: 64) == video)
    #expect(
      video.frame(1).resized(width: 16, height: 16) == (try video.areaAveraged(to: 16)).frame(1))
  }

  @Test func flatPicturesStayFlat() {
    let flat = Image(width: 7, height: 5, fill: (200, 3, 77))
    for (width, height) in [(3, 11), (70, 50), (6, 4)] {
      #expect(
        flat.resized(width: width, height: height)
          == Image(width: width, height: height, fill: (200, 3, 77)))
    }
  }

  @Test func columnsAreCutOut() {
    let image = Image(width: 3, height: 2, bytes: (0..<18).map { UInt8($0) })
    #expect(image.columns(1..<2).bytes == [3, 4, 5, 12, 13, 14])
    #expect(image.columns(0..<3) == image)
  }
}
