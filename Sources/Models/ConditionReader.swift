import Videos
import Worlds

/// Reads bodies off the first frames of a clean video: what a person with a ruler would see.
///
/// Each colour's coverage gives a sub-pixel centroid, an area and a shape; a straight line through the
/// centroids of the frames gives position and velocity.
public struct ConditionReader: Hashable, Sendable {
  /// Frames read.
  public var frames: Int
  /// Pixels along each side at which frames were painted before averaging.
  public var paintedSize = 256
  /// Smallest painted area of a body, square world units.
  public var minimumArea = 0.03

  /// A reader of the first `frames` frames.
  public init(frames: Int = 3) { self.frames = frames }

  /// The bodies, red before blue: position is that at the start of the simulation, so that simulating them
  /// gives the frames that were read.
  ///
  /// Colours that are missing from one of the frames are left out.
  public func bodies(in video: Video) -> [Body] {
    [BodyColor.red, .blue].compactMap { color in
      var readings: [Reading] = []
      for frame in 0..<min(frames, video.frames) {
        guard let reading = reading(video, frame, color) else { return nil }
        readings.append(reading)
      }
      guard !readings.isEmpty else { return nil }
      return body(color, readings)
    }
  }

  private struct Reading {
    var x, y, area, squareness: Double
  }

  private func body(_ color: BodyColor, _ readings: [Reading]) -> Body {
    let count = Double(readings.count)
    func mean(_ value: (Reading) -> Double) -> Double {
      readings.reduce(0) { $0 + value($1) } / count
    }
    let middle = (count - 1) / 2
    let spread = readings.indices.reduce(0) { $0 + (Double($1) - middle) * (Double($1) - middle) }
    func slope(_ value: (Reading) -> Double) -> Double {
      guard spread > 0 else { return 0 }
      let moment = readings.enumerated().reduce(0) {
        $0 + (Double($1.offset) - middle) * value($1.element)
      }
      return moment / spread / Scene.frameInterval
    }
    let velocity = Vector2(x: slope(\.x), y: slope(\.y))
    // Frame 0 shows the state after the first of its ten simulation steps.
    let age = middle * Scene.frameInterval + Scene.frameInterval / 10
    let shape: Shape = mean(\.squareness) > 0.5 ? .square : .disc
    let area = mean(\.area)
    // The renderer's soft edge covers 1 − 0.03/2 of the nominal disc.
    let radius = shape == .square ? area.squareRoot() / 2 : (area / (0.985 * .pi)).squareRoot()
    return Body(
      shape: shape, color: color, radius: radius,
      position: Vector2(x: mean(\.x) - velocity.x * age, y: mean(\.y) - velocity.y * age),
      velocity: velocity)
  }

  /// The centroid, area and four-fold moment of one colour's coverage; nil where there is too little of it.
  private func reading(_ video: Video, _ frame: Int, _ color: BodyColor) -> Reading? {
    // Red paint takes blue away from the white ground, and blue paint red.
    let channel = color == .red ? 2 : 0
    let (width, height) = (video.width, video.height)
    let start = frame * video.frameSize
    var (sum, sumX, sumY) = (0.0, 0.0, 0.0)
    var pixels: [(x: Double, y: Double, weight: Double)] = []
    video.bytes.withUnsafeBufferPointer { bytes in
      for row in 0..<height {
        for column in 0..<width {
          let value = bytes[start + (row * width + column) * 3 + channel]
          guard value < 255 else { continue }
          let weight = Double(255 - value) / 255
          let (x, y) = (Double(column), Double(height - 1 - row))
          sum += weight
          sumX += weight * x
          sumY += weight * y
          pixels.append((x, y, weight))
        }
      }
    }
    // Painted pixel i stands at i/(paintedSize − 1) of the world, and `factor` of them make one here.
    let factor = Double(paintedSize) / Double(width)
    let pixel = Scene.extent / Double(paintedSize - 1)
    let area = sum * pixel * pixel * factor * factor
    guard area >= minimumArea else { return nil }
    let (centreX, centreY) = (sumX / sum, sumY / sum)
    var (fourFold, radial) = (0.0, 0.0)
    for (x, y, weight) in pixels {
      let (xx, yy) = ((x - centreX) * (x - centreX), (y - centreY) * (y - centreY))
      fourFold += weight * (xx * xx - 6 * xx * yy + yy * yy)
      radial += weight * (xx + yy) * (xx + yy)
    }
    func world(_ index: Double) -> Double { (index * factor + (factor - 1) / 2) * pixel }
    return Reading(
      x: world(centreX), y: world(centreY), area: area,
      squareness: radial > 0 ? -fourFold / radial * 7 / 3 : 0)
  }
}
