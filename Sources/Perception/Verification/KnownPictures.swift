import Tensors
import Videos

/// Pairs of pictures made by formulas, with the distances that the official LPIPS code answers.
struct KnownPictures: Sendable {
  let name: String
  let alex: Double
  let vgg: Double
  /// Two pictures [1, 3, height, width] in [-1, 1].
  let pictures: (Tensor, Tensor)

  static var all: [KnownPictures] {
    [
      KnownPictures(
        name: "constant −1 and +1", alex: 0.81395435, vgg: 0.45383725,
        pictures: (.full([1, 3, 64, 64], -1), .full([1, 3, 64, 64], 1))),
      KnownPictures(
        name: "constant 0 and +1", alex: 0.57798606, vgg: 0.49453622,
        pictures: (.full([1, 3, 64, 64], 0), .full([1, 3, 64, 64], 1))),
      KnownPictures(
        name: "two discs, moved", alex: 0.05490891, vgg: 0.04820751,
        pictures: (
          FramePair.tensor(discs(red: 40, blue: 90), 0..<1),
          FramePair.tensor(discs(red: 44, blue: 86), 0..<1)
        )),
    ]
  }

  /// A red disc of radius 15 and, above it, a blue one of radius 10 on white, 128 by 128 pixels, without
  /// soft edges; both centres in row 64.
  static func discs(red: Int, blue: Int) -> Video {
    let side = 128
    var bytes = [UInt8](repeating: 255, count: side * side * 3)
    for y in 0..<side {
      for x in 0..<side {
        let pixel = (y * side + x) * 3
        func lies(_ center: Int, _ square: Int) -> Bool {
          (x - center) * (x - center) + (y - 64) * (y - 64) <= square
        }
        if lies(red, 225) { bytes.replaceSubrange(pixel..<(pixel + 3), with: [255, 0, 0]) }
        if lies(blue, 100) { bytes.replaceSubrange(pixel..<(pixel + 3), with: [0, 0, 255]) }
      }
    }
    return Video(frames: 1, height: side, width: side, bytes: bytes)
  }
}
