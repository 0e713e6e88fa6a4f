import Foundation
import Testing
import Videos

/// Videos as other programs and phones write them.
@Suite struct ForeignVideoTests {
  /// An upright video of a red spot in the upper left on white.
  private let upright: Video = {
    var bytes = [UInt8](repeating: 255, count: 2 * 32 * 48 * 3)
    for frame in 0..<2 {
      for row in 2..<10 {
        for column in 4..<20 {
          let pixel = ((frame * 32 + row) * 48 + column) * 3
          bytes[pixel + 1] = 0
          bytes[pixel + 2] = 0
        }
      }
    }
    return Video(frames: 2, height: 32, width: 48, bytes: bytes)
  }()

  /// The video's mp4 file with another display matrix in its track header.
  private func mp4(matrix: [Int32]) throws -> Data {
    var data = try VideoFile.mp4Data(upright, quality: .lossless)
    let name = try #require(data.range(of: Data("tkhd".utf8)))
    // Version and flags, two times, track, reserved, duration, reserved, layer, group, volume.
    let start = name.upperBound + 40
    for (number, value) in matrix.enumerated() {
      let fixed = number % 3 == 2 ? value << 30 : value << 16
      withUnsafeBytes(of: fixed.bigEndian) { bytes in
        data.replaceSubrange(start + number * 4..<start + number * 4 + 4, with: bytes)
      }
    }
    return data
  }

  /// Where the spot's upper left and lower right corners are.
  private func corners(_ video: Video) -> [Int] {
    var (rows, columns): ([Int], [Int]) = ([], [])
    for row in 0..<video.height {
      for column in 0..<video.width where video.bytes[(row * video.width + column) * 3 + 1] < 128 {
        rows.append(row)
        columns.append(column)
      }
    }
    return [columns.min(), rows.min(), columns.max(), rows.max()].map { $0 ?? -1 }
  }

  @Test(arguments: [
    ([Int32(1), 0, 0, 0, 1, 0, 0, 0, 1], 48, 32, [4, 2, 19, 9]),
    ([0, 1, 0, -1, 0, 0, 32, 0, 1], 32, 48, [22, 4, 29, 19]),
    ([-1, 0, 0, 0, -1, 0, 48, 32, 1], 48, 32, [28, 22, 43, 29]),
    ([0, -1, 0, 1, 0, 0, 0, 48, 1], 32, 48, [2, 28, 9, 43]),
    ([-1, 0, 0, 0, 1, 0, 48, 0, 1], 48, 32, [28, 2, 43, 9]),
  ])
  func turnedVideosAreShownUpright(
    _ matrix: [Int32], _ width: Int, _ height: Int, _ spot: [Int]
  ) throws {
    let video = try VideoFile.video(from: mp4(matrix: matrix), name: "turned")
    #expect(video.width == width && video.height == height && video.frames == 2)
    #expect(corners(video) == spot)
  }

  @Test func tenBitsBecomeEight() throws {
    let video = try VideoFile.video(from: try #require(Data(base64Encoded: Self.tenBits)), name: "")
    #expect(video.frames == 4 && video.width == 32 && video.height == 32)
    #expect(corners(video)[0...2] == [4, 8, 15])
    let centre = Array(video.bytes[(12 * 32 + 10) * 3..<(12 * 32 + 10) * 3 + 3])
    #expect(centre[0] > 235 && centre[1] < 20 && centre[2] < 20)
    #expect(video.bytes[0] > 245)
  }

  @Test func transparentPixelsLieOverWhite() throws {
    // 2 by 1 pixels: opaque red, and black that is not there.
    let png = """
      iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAAEUlEQVR4nGP4z8Dwn4GBgQEADPwB//0td20AAAAA\
      SUVORK5CYII=
      """
    let data = try #require(Data(base64Encoded: png))
    let image = try ImageFile.image(png: data)
    #expect(image.bytes == [255, 0, 0, 255, 255, 255])
  }

  @Test func framesComeOneByOneUntilEnough() throws {
    let data = try VideoFile.mp4Data(upright, quality: .lossless)
    var frames: [Image] = []
    try VideoFile.decode(data, name: "") { image in
      frames.append(image)
      return true
    }
    #expect(frames == [upright.frame(0), upright.frame(1)])
    var count = 0
    try VideoFile.decode(data, name: "") { _ in
      count += 1
      return false
    }
    #expect(count == 1)
    #expect(throws: VideoError.self) {
      try VideoFile.decode(data, name: "large", maximumPixels: 48 * 32 - 1) { _ in true }
    }
  }

  /// Four frames of 32 by 32 pixels, H.264 in yuv420p10: a red rectangle that moves right.
  private static let tenBits = """
    AAAAIGZ0eXBpc29tAAACAGlzb21pc28yYXZjMW1wNDEAAAAIZnJlZQAAA49tZGF0AAACogYF//+e3EXpvebZSLeWLN\
    gg2SPu73gyNjQgLSBjb3JlIDE2NSAtIEguMjY0L01QRUctNCBBVkMgY29kZWMgLSBDb3B5bGVmdCAyMDAzLTIwMjUg\
    LSBodHRwOi8vd3d3LnZpZGVvbGFuLm9yZy94MjY0Lmh0bWwgLSBvcHRpb25zOiBjYWJhYz0xIHJlZj0xNiBkZWJsb2\
    NrPTE6MDowIGFuYWx5c2U9MHgzOjB4MTMzIG1lPXVtaCBzdWJtZT0xMCBwc3k9MSBwc3lfcmQ9MS4wMDowLjAwIG1p\
    eGVkX3JlZj0xIG1lX3JhbmdlPTI0IGNocm9tYV9tZT0xIHRyZWxsaXM9MiA4eDhkY3Q9MSBjcW09MCBkZWFkem9uZT\
    0yMSwxMSBmYXN0X3Bza2lwPTEgY2hyb21hX3FwX29mZnNldD0tMiB0aHJlYWRzPTEgbG9va2FoZWFkX3RocmVhZHM9\
    MSBzbGljZWRfdGhyZWFkcz0wIG5yPTAgZGVjaW1hdGU9MSBpbnRlcmxhY2VkPTAgYmx1cmF5X2NvbXBhdD0wIGNvbn\
    N0cmFpbmVkX2ludHJhPTAgYmZyYW1lcz04IGJfcHlyYW1pZD0yIGJfYWRhcHQ9MiBiX2JpYXM9MCBkaXJlY3Q9MyB3\
    ZWlnaHRiPTEgb3Blbl9nb3A9MCB3ZWlnaHRwPTIga2V5aW50PTI1MCBrZXlpbnRfbWluPTEwIHNjZW5lY3V0PTQwIG\
    ludHJhX3JlZnJlc2g9MCByY19sb29rYWhlYWQ9NjAgcmM9Y3JmIG1idHJlZT0xIGNyZj0xMC4wIHFjb21wPTAuNjAg\
    cXBtaW49MCBxcG1heD04MSBxcHN0ZXA9NCBpcF9yYXRpbz0xLjQwIGFxPTE6MS4wMACAAAAAfGWIgQAM/7VDZpZQKs\
    4CWnmPCZ1phIdFxdrdCEcg8hcp8vNK93vGB4TEuIXoM0Qz7gYPPAOkzSspEdXaowAp0XmWXz3aUuLMC7XZOpNvEoWk\
    Wn55wtlppTgmt+m/qw0ON3s/9PkoBANKyDq8i8VBfuOyOiysVPoiy9ybz/8AAAA8QZoIbYgj/6a27yNSngz1S9/lJc\
    lIhejSVm6+PcZD6pf7o9ACqdoaP7u+MuGWVmKRZOTIOX/eyzXNTh/4AAAADUGeECcR39q7zADRH+8AAAAMAZ4YTUhD\
    //c7/oOgAAADVG1vb3YAAABsbXZoZAAAAAAAAAAAAAAAAAAAA+gAAAGQAAEAAAEAAAAAAAAAAAAAAAABAAAAAAAAAA\
    AAAAAAAAAAAQAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIAAAJ+dHJhawAAAFx0\
    a2hkAAAAAwAAAAAAAAAAAAAAAQAAAAAAAAGQAAAAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAQAAAAAAAA\
    AAAAAAAAAAQAAAAAAgAAAAIAAAAAAAJGVkdHMAAAAcZWxzdAAAAAAAAAABAAABkAAACAAAAQAAAAAB9m1kaWEAAAAg\
    bWRoZAAAAAAAAAAAAAAAAAAAKAAAABQAVcQAAAAAAC1oZGxyAAAAAAAAAAB2aWRlAAAAAAAAAAAAAAAAVmlkZW9IYW\
    5kbGVyAAAAAaFtaW5mAAAAFHZtaGQAAAABAAAAAAAAAAAAAAAkZGluZgAAABxkcmVmAAAAAAAAAAEAAAAMdXJsIAAA\
    AAEAAAFhc3RibAAAALFzdHNkAAAAAAAAAAEAAAChYXZjMQAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAgACAASAAAAE\
    gAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABj//wAAADdhdmNDAW4ACv/hABlnbgAKpscg\
    RJaEAAADAAQAAAMAUDxIlhGAAQAHaOhDgQyyLP36+gAAAAAUYnRydAAAAAAAAEaMAAAAAAAAABhzdHRzAAAAAAAAAA\
    EAAAAEAAAEAAAAABRzdHNzAAAAAAAAAAEAAAABAAAAKGN0dHMAAAAAAAAAAwAAAAEAAAgAAAAAAQAAEAAAAAACAAAE\
    AAAAABxzdHNjAAAAAAAAAAEAAAABAAAABAAAAAEAAAAkc3RzegAAAAAAAAAAAAAABAAAAyYAAABAAAAAEQAAABAAAA\
    AUc3RjbwAAAAAAAAABAAAAMAAAAGJ1ZHRhAAAAWm1ldGEAAAAAAAAAIWhkbHIAAAAAAAAAAG1kaXJhcHBsAAAAAAAA\
    AAAAAAAALWlsc3QAAAAlqXRvbwAAAB1kYXRhAAAAAQAAAABMYXZmNjIuMTIuMTAy
    """
}
