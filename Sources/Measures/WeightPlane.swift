import Videos
import Worlds

/// The colour weights of one frame, and the grouping of its pixels into bodies.
struct WeightPlane {
  let width, height: Int
  var weights: [Float]

  /// Weights 0 … 1 of a frame: chroma, or the strength of one colour.
  init(_ video: Video, frame: Int, color: BodyColor?) {
    width = video.width
    height = video.height
    let count = width * height
    let base = frame * count * 3
    weights = video.bytes.withUnsafeBufferPointer { bytes in
      (0..<count).map { pixel in
        let red = Float(bytes[base + pixel * 3])
        let green = Float(bytes[base + pixel * 3 + 1])
        let blue = Float(bytes[base + pixel * 3 + 2])
        let value =
          switch color {
          case .none: max(red, green, blue) - min(red, green, blue)
          case .red: red - (green + blue) / 2
          case .blue: blue - (red + green) / 2
          case .black: 255 - max(red, green, blue)
          }
        return max(0, value) / 255
      }
    }
  }

  /// Whether a pixel of a frame is redder than it is blue.
  func isRed(_ pixel: Int, in video: Video, frame: Int) -> Bool {
    let at = (frame * width * height + pixel) * 3
    return video.bytes[at] >= video.bytes[at + 2]
  }

  /// Whether a pixel lies in the outermost row or column.
  func isOnBorder(_ pixel: Int) -> Bool {
    let column = pixel % width
    let row = pixel / width
    return column == 0 || row == 0 || column == width - 1 || row == height - 1
  }

  /// Indices of the heaviest 8-connected group of pixels ≥ `seed` and of its rim ≥ `floor`.
  mutating func heaviestGroup(seed: Float, floor: Float) -> [Int] {
    var label = [Int32](repeating: 0, count: weights.count)
    var next: Int32 = 0
    var best: (mass: Float, label: Int32, pixels: [Int]) = (0, 0, [])
    var stack: [Int] = []
    for start in weights.indices where weights[start] >= seed && label[start] == 0 {
      next += 1
      label[start] = next
      stack.append(start)
      var mass: Float = 0
      var pixels: [Int] = []
      while let pixel = stack.popLast() {
        pixels.append(pixel)
        mass += weights[pixel]
        forEachNeighbour(of: pixel) { neighbour in
          if weights[neighbour] >= seed, label[neighbour] == 0 {
            label[neighbour] = next
            stack.append(neighbour)
          }
        }
      }
      if mass > best.mass { best = (mass, next, pixels) }
    }
    var group = best.pixels
    for pixel in best.pixels {
      forEachNeighbour(of: pixel) { neighbour in
        if label[neighbour] == 0, weights[neighbour] >= floor {
          label[neighbour] = best.label
          group.append(neighbour)
        }
      }
    }
    return group
  }

  private func forEachNeighbour(of pixel: Int, _ body: (Int) -> Void) {
    let column = pixel % width
    let row = pixel / width
    for y in max(0, row - 1)...min(height - 1, row + 1) {
      for x in max(0, column - 1)...min(width - 1, column + 1) where x != column || y != row {
        body(y * width + x)
      }
    }
  }
}
