import Testing
import Videos
import Worlds

@Suite struct PaintedAreaTests {
  /// Against every pixel looked at, with speckles at random and at widths of every remainder.
  @Test(arguments: GroundLevel.allCases) func isTheSmallestRectangle(ground: GroundLevel) {
    for width in 1...40 {
      var random = CounterRandom(recipe: "area", seed: 1, index: UInt64(width))
      let height = 1 + width % 7
      var video = Video(
        frames: 3, height: height, width: width,
        bytes: [UInt8](repeating: 255, count: 3 * height * width * 3))
      for _ in 0..<(width % 5) {
        video.bytes[Int(random.next() % UInt64(video.bytes.count))] = ground.rawValue &- 1
      }
      for frame in 0..<3 {
        #expect(
          video.paintedArea(ofFrame: frame, below: ground)
            == plain(video, frame: frame, below: ground.rawValue))
      }
      #expect(video.paintedAreas(below: ground).count == 3)
    }
  }

  @Test func theGroundItselfIsNotPainted() {
    for ground in GroundLevel.allCases {
      let level = [UInt8](repeating: ground.rawValue, count: 2 * 9 * 9 * 3)
      let video = Video(frames: 2, height: 9, width: 9, bytes: level)
      #expect(video.paintedArea(ofFrame: 1, below: ground) == nil)
      let darker = Video(
        frames: 2, height: 9, width: 9, bytes: level.map { $0 - 1 })
      #expect(
        darker.paintedArea(ofFrame: 1, below: ground) == PixelArea(rows: 0..<9, columns: 0..<9))
    }
    let empty = Video(frames: 1, height: 0, width: 0, bytes: [])
    #expect(empty.paintedArea(ofFrame: 0, below: .white) == nil)
  }

  private func plain(_ video: Video, frame: Int, below level: UInt8) -> PixelArea? {
    var rows: [Int] = []
    var columns: [Int] = []
    for row in 0..<video.height {
      for byte in 0..<(video.width * 3)
      where video.bytes[frame * video.frameSize + row * video.width * 3 + byte] < level {
        rows.append(row)
        columns.append(byte / 3)
      }
    }
    guard let top = rows.min(), let bottom = rows.max(), let left = columns.min(),
      let right = columns.max()
    else { return nil }
    return PixelArea(rows: top..<(bottom + 1), columns: left..<(right + 1))
  }
}
