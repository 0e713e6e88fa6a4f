import Foundation

/// SSIM, the structural similarity of 8-bit frames, as its authors define it.
///
/// Means, variances and covariances under a Gaussian window of 11 pixels, σ = 1.5, wherever the window
/// lies wholly inside; K₁ = 0.01, K₂ = 0.03, range 255; the mean over places, then over red, green and
/// blue. The same numbers as scikit-image's `structural_similarity(a, b, gaussian_weights=True, sigma=1.5,
/// use_sample_covariance=False, channel_axis=2)`.
/// Source: Wang, Bovik, Sheikh, Simoncelli, "Image quality assessment", IEEE TIP 13 (2004).
public struct StructuralSimilarity: Sendable {
  /// The least width and height.
  public static let window = 11

  private let weights: [Double]

  /// The standard form.
  public init() {
    let bell = (-5...5).map { exp(-Double($0 * $0) / (2 * 1.5 * 1.5)) }
    let sum = bell.reduce(0, +)
    weights = bell.map { $0 / sum }
  }

  /// One number per counted frame, at most 1.
  ///
  /// - Throws: ``PerceptionError/tooSmall(width:height:least:measure:)``
  public func values(_ pair: FramePair) throws(PerceptionError) -> [Double] {
    guard pair.width >= Self.window, pair.height >= Self.window else {
      throw .tooSmall(
        width: pair.width, height: pair.height, least: Self.window, measure: "SSIM")
    }
    var planes = Planes(width: pair.width, height: pair.height)
    return pair.frames.map { frame in
      if pair.isEqual(frame) { return 1 }
      var sum = 0.0
      for channel in 0..<3 {
        let start = frame * pair.generated.frameSize + channel
        planes.fill(pair.generated.bytes, pair.truth.bytes, start: start)
        sum += planes.similarity(weights)
      }
      return sum / 3
    }
  }
}

/// Room for one channel of two pictures and its products, used again for every frame.
private struct Planes {
  /// a, b, a², b², ab.
  static let count = 5
  let width: Int
  let height: Int
  private var pixels: [Double]
  /// The same after the window has gone along the rows.
  private var rows: [Double]

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    pixels = [Double](repeating: 0, count: Self.count * width * height)
    rows = [Double](repeating: 0, count: Self.count * (width - 10) * height)
  }

  mutating func fill(_ a: [UInt8], _ b: [UInt8], start: Int) {
    let size = width * height
    pixels.withUnsafeMutableBufferPointer { planes in
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          for index in 0..<size {
            let (x, y) = (Double(a[start + 3 * index]), Double(b[start + 3 * index]))
            planes[index] = x
            planes[size + index] = y
            planes[2 * size + index] = x * x
            planes[3 * size + index] = y * y
            planes[4 * size + index] = x * y
          }
        }
      }
    }
  }

  /// The mean similarity over all places of the window.
  mutating func similarity(_ weights: [Double]) -> Double {
    let (width, height) = (width, height)
    let (across, down) = (width - 10, height - 10)
    return weights.withUnsafeBufferPointer { weights in
      pixels.withUnsafeBufferPointer { pixels in
        rows.withUnsafeMutableBufferPointer { rows in
          for line in 0..<(Self.count * height) {
            let (source, target) = (line * width, line * across)
            for x in 0..<across { rows[target + x] = 0 }
            for tap in 0..<11 {
              let weight = weights[tap]
              for x in 0..<across { rows[target + x] += weight * pixels[source + x + tap] }
            }
          }
          let plane = height * across
          let rows = UnsafeBufferPointer(rows)
          return withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.count * across) {
            sums in
            var total = 0.0
            for y in 0..<down {
              for part in 0..<Self.count {
                let (source, target) = (part * plane + y * across, part * across)
                for x in 0..<across { sums[target + x] = 0 }
                for tap in 0..<11 {
                  let weight = weights[tap]
                  let line = source + tap * across
                  for x in 0..<across { sums[target + x] += weight * rows[line + x] }
                }
              }
              for x in 0..<across {
                total += Self.index(
                  meanA: sums[x], meanB: sums[across + x], squareA: sums[2 * across + x],
                  squareB: sums[3 * across + x], product: sums[4 * across + x])
              }
            }
            return total / Double(across * down)
          }
        }
      }
    }
  }

  @inline(__always) private static func index(
    meanA: Double, meanB: Double, squareA: Double, squareB: Double, product: Double
  ) -> Double {
    let (c1, c2) = (2.55 * 2.55, 7.65 * 7.65)
    let means = meanA * meanA + meanB * meanB
    let luminance = (2 * meanA * meanB + c1) / (means + c1)
    let structure =
      (2 * (product - meanA * meanB) + c2) / (squareA + squareB - means + c2)
    return luminance * structure
  }
}
