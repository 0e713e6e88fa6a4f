/// At most 256 colours that stand for all colours of a video.
///
/// A video with no more colours than that keeps every one exactly. Otherwise the colours are split
/// by median cut: the box of colours with the widest side is halved at its median until there are
/// 256 boxes, and each box is shown in its mean colour.
struct Palette {
  /// The colours, 0xRRGGBB.
  private(set) var colors: [UInt32]
  private var index: [UInt32: UInt8]

  init(of video: Video) {
    var counts: [UInt32: Int] = [:]
    var last: UInt32?
    var run = 0
    // Neighbours are mostly equal: counting runs saves most of the look-ups.
    for pixel in 0..<(video.bytes.count / 3) {
      let color = Palette.color(video.bytes, pixel)
      if color == last {
        run += 1
      } else {
        if let last { counts[last, default: 0] += run }
        last = color
        run = 1
      }
    }
    if let last { counts[last, default: 0] += run }

    var boxes = [counts.map { (color: $0.key, count: $0.value) }.sorted { $0.color < $1.color }]
    if boxes[0].count <= 256 {
      boxes = boxes[0].map { [$0] }
    }
    while boxes.count < 256, let widest = Palette.widest(boxes) {
      let shift = widest.shift
      let box = boxes[widest.box].sorted {
        ($0.color >> shift & 255, $0.color) < ($1.color >> shift & 255, $1.color)
      }
      let half = box.reduce(0) { $0 + $1.count } / 2
      var sum = 0
      let cut =
        box.firstIndex {
          sum += $0.count; return sum > half
        } ?? 0
      let middle = min(max(cut, 1), box.count - 1)
      boxes[widest.box] = Array(box[..<middle])
      boxes.append(Array(box[middle...]))
    }
    colors = boxes.map(Palette.mean)
    index = [:]
    for (number, box) in boxes.enumerated() {
      for entry in box { index[entry.color] = UInt8(number) }
    }
  }

  /// The palette numbers of one frame of the video the palette was made from.
  func indices(of video: Video, frame: Int) -> [UInt8] {
    let pixels = video.height * video.width
    var result = [UInt8](repeating: 0, count: pixels)
    var last: (color: UInt32, index: UInt8)?
    for pixel in 0..<pixels {
      let color = Palette.color(video.bytes, frame * pixels + pixel)
      if let last, last.color == color {
        result[pixel] = last.index
      } else {
        result[pixel] = index[color] ?? 0
        last = (color, result[pixel])
      }
    }
    return result
  }

  private static func color(_ bytes: [UInt8], _ pixel: Int) -> UInt32 {
    UInt32(bytes[pixel * 3]) << 16 | UInt32(bytes[pixel * 3 + 1]) << 8
      | UInt32(bytes[pixel * 3 + 2])
  }

  /// The box with the widest channel, and the bit position of that channel; nil when all are points.
  private static func widest(
    _ boxes: [[(color: UInt32, count: Int)]]
  ) -> (box: Int, shift: UInt32)? {
    var best: (box: Int, shift: UInt32)?
    var width: UInt32 = 0
    for (number, box) in boxes.enumerated() where box.count > 1 {
      for shift: UInt32 in [16, 8, 0] {
        var (low, high): (UInt32, UInt32) = (255, 0)
        for entry in box {
          let value = entry.color >> shift & 255
          low = min(low, value)
          high = max(high, value)
        }
        if high - low > width { (best, width) = ((number, shift), high - low) }
      }
    }
    return best
  }

  private static func mean(_ box: [(color: UInt32, count: Int)]) -> UInt32 {
    let total = max(box.reduce(0) { $0 + $1.count }, 1)
    var result: UInt32 = 0
    for shift: UInt32 in [16, 8, 0] {
      let sum = box.reduce(0) { $0 + Int($1.color >> shift & 255) * $1.count }
      result |= UInt32((sum + total / 2) / total) << shift
    }
    return result
  }
}
