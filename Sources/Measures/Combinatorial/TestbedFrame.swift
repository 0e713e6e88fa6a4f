import Combinatorial
import Videos

/// The coverage of one frame by each colour of the testbed.
struct TestbedFrame {
  /// Pixels along a side.
  let size: Int
  /// Coverage 0 to 1, row 0 at the bottom.
  let red, gray, black: [Float]

  /// Pixels of a frame, read as mixtures of the testbed's colours.
  init(_ video: Video, frame: Int) {
    size = video.width
    var planes = (0..<3).map { _ in [Float](repeating: 0, count: video.width * video.height) }
    let table = TestbedInk.table
    video.bytes.withUnsafeBufferPointer { bytes in
      var pixel = frame * video.frameSize
      for row in stride(from: video.height - 1, through: 0, by: -1) {
        for place in (row * video.width)..<((row + 1) * video.width) {
          let ink = table(bytes[pixel], bytes[pixel + 1], bytes[pixel + 2])
          pixel += 3
          if ink.red != 0 { planes[0][place] = Float(ink.red) / 4 }
          if ink.gray != 0 { planes[1][place] = Float(ink.gray) / 4 }
          if ink.black != 0 { planes[2][place] = Float(ink.black) / 4 }
        }
      }
    }
    (red, gray, black) = (planes[0], planes[1], planes[2])
  }

  /// The coverage by a colour.
  func plane(_ color: TestbedColor) -> [Float] {
    switch color {
    case .red: red
    case .gray: gray
    case .black: black
    }
  }
}
