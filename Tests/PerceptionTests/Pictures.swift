import Perception
import Videos

/// Pictures and films for tests.
enum Pictures {
  /// A red disc of radius 15 and, above it, a blue one of radius 10, in row 64 of 128 by 128 white pixels.
  static func discs(red: Int, blue: Int) -> Video {
    let side = 128
    var bytes = [UInt8](repeating: 255, count: side * side * 3)
    for y in 0..<side {
      for x in 0..<side {
        let pixel = (y * side + x) * 3
        let rows = (y - 64) * (y - 64)
        if (x - red) * (x - red) + rows <= 225 { paint(&bytes, pixel, [255, 0, 0]) }
        if (x - blue) * (x - blue) + rows <= 100 { paint(&bytes, pixel, [0, 0, 255]) }
      }
    }
    return Video(frames: 1, height: side, width: side, bytes: bytes)
  }

  private static func paint(_ bytes: inout [UInt8], _ pixel: Int, _ color: [UInt8]) {
    for channel in 0..<3 { bytes[pixel + channel] = color[channel] }
  }

  /// 30 by 20 pixels whose byte i is `value(i)`.
  static func pattern(_ value: (Int) -> Int) -> Video {
    Video(
      frames: 1, height: 20, width: 30,
      bytes: (0..<(20 * 30 * 3)).map { UInt8(truncatingIfNeeded: value($0)) })
  }

  /// One grey.
  static func flat(_ level: UInt8, side: Int, frames: Int = 1) -> Video {
    Video(
      frames: frames, height: side, width: side,
      bytes: [UInt8](repeating: level, count: frames * side * side * 3))
  }

  /// Videos of one size, one after another.
  static func film(_ parts: [Video]) -> Video {
    Video(
      frames: parts.map(\.frames).reduce(0, +), height: parts[0].height, width: parts[0].width,
      bytes: parts.flatMap(\.bytes))
  }

  /// A red disc that moves right by `speed` pixels a frame, 32 by 32 pixels.
  static func motion(speed: Int, frames: Int) -> Video {
    film(
      (0..<frames).map { frame in
        let side = 32
        var bytes = [UInt8](repeating: 255, count: side * side * 3)
        for y in 0..<side {
          for x in 0..<side {
            let across = x - 8 - speed * frame
            if across * across + (y - 16) * (y - 16) <= 25 {
              paint(&bytes, (y * side + x) * 3, [255, 0, 0])
            }
          }
        }
        return Video(frames: 1, height: side, width: side, bytes: bytes)
      })
  }
}

/// The networks of this machine.
enum Networks {
  static let store = NetworkStore.standard()
  static let arePresent = PublishedNetwork.allCases.allSatisfy { store.state(of: $0) != .absent }
  static let absent = "no networks in \(store.folder.path); run `phyworld networks fetch`"
}
