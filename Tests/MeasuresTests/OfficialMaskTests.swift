import Measures
import Testing
import Videos
import Worlds

/// The released masks, read sixteen pixels at a time, against the plain words of the specification.
@Suite struct OfficialMaskTests {
  /// Noise around the thresholds, at widths that are no multiple of anything, and frames higher than
  /// a byte can count.
  @Test(arguments: [(1, 1), (3, 7), (15, 4), (16, 16), (17, 9), (33, 5), (70, 31), (20, 600)])
  func everyPixelIsSeenOnce(width: Int, height: Int) throws {
    var random = CounterRandom(recipe: "masks", seed: 3, index: UInt64(width))
    let levels: [UInt8] = [0, 126, 127, 128, 255]
    let bytes = (0..<(2 * width * height * 3)).map { _ in levels[Int(random.next() % 5)] }
    let video = Video(frames: 2, height: height, width: width, bytes: bytes)
    for frame in 0..<2 {
      for color in [BodyColor.red, .blue] {
        #expect(
          OfficialParser(color: color).read(video, frame: frame)
            == plain(video, frame: frame, own: color == .red ? 0 : 2))
      }
    }
  }

  @Test func onePixelIsABallAndNoneIsNone() {
    let white = Video.filled(255, frames: 1, size: 40)
    #expect(OfficialParser(color: .red).read(white, frame: 0) == nil)
    let last = white.painting(row: 39, column: 39, (200, 0, 0))
    #expect(OfficialParser(color: .red).read(last, frame: 0)?.x == 9.75)
    #expect(OfficialParser(color: .red).read(last, frame: 0)?.y == 0)
    let solid = Video(
      frames: 1, height: 300, width: 20,
      bytes: (0..<(300 * 20)).flatMap { _ in [0, 0, 255] as [UInt8] })
    #expect(OfficialParser(color: .blue).read(solid, frame: 0)?.y == 149.5 / 2)
  }

  /// A single pixel on white, wherever it is: bands and cells of ground are passed over, no pixel is.
  @Test(arguments: [5, 31, 48]) func aSinglePixelIsFoundAnywhere(size: Int) {
    for place in 0..<(size * size) {
      let (row, column) = (place / size, place % size)
      let video = Video.filled(255, frames: 1, size: size)
        .painting(row: row, column: column, (0, 126, 128))
      let seen = OfficialParser(color: .blue).read(video, frame: 0)
      #expect(seen == plain(video, frame: 0, own: 2))
      #expect(OfficialParser(color: .red).read(video, frame: 0) == nil)
    }
  }

  /// Both colours in one pass over the frame see what each sees alone.
  @Test(arguments: [(9, 20), (32, 8), (45, 13)])
  func bothColorsAtOnce(width: Int, height: Int) throws {
    var random = CounterRandom(recipe: "masks", seed: 4, index: UInt64(width))
    let levels: [UInt8] = [0, 126, 127, 128, 255]
    let bytes = (0..<(4 * width * height * 3)).map { _ in levels[Int(random.next() % 5)] }
    let video = Video(frames: 4, height: height, width: width, bytes: bytes)
    let evaluation = try CollisionEvaluation(
      video: video,
      truth: [CollisionEvaluation.Pair](
        repeating: .init(red: Vector2(x: 3, y: 5), blue: Vector2(x: 7, y: 5)), count: 4),
      radii: .init(red: 1, blue: 1), speeds: .init(red: 1, blue: 1), conditionFrames: 0)
    #expect(evaluation.parsed.count == 4)
    for (frame, pair) in evaluation.parsed.enumerated() {
      #expect(pair.red == plain(video, frame: frame, own: 0))
      #expect(pair.blue == plain(video, frame: frame, own: 2))
    }
  }

  private func plain(_ video: Video, frame: Int, own: Int) -> ParsedObject? {
    var (count, columns, rows) = (0, 0, 0)
    for row in 0..<video.height {
      for column in 0..<video.width {
        let at = frame * video.frameSize + (row * video.width + column) * 3
        let pixel = video.bytes[at..<(at + 3)]
        guard pixel[at + own] > 127, pixel[at + 1] < 127, pixel[at + 2 - own] < 127 else {
          continue
        }
        count += 1
        columns += column
        rows += video.height - 1 - row
      }
    }
    guard count > 0 else { return nil }
    let (area, scale) = (Double(count), 10 / Double(video.width))
    return ParsedObject(
      x: Double(columns) / area * scale, y: Double(rows) / area * scale,
      radius: (area / .pi).squareRoot() * scale, present: true)
  }
}
