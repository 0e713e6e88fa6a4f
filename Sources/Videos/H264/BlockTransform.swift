/// H.264's transform of 4 by 4 blocks in whole numbers, and its quantisation at one quantiser.
///
/// Coefficients lie by horizontal frequency first: entry 4 · x + y.
struct BlockTransform {
  typealias Rows = (SIMD4<Int32>, SIMD4<Int32>, SIMD4<Int32>, SIMD4<Int32>)

  private let factors: Rows
  private let scales: Rows
  /// Magnitudes up to these become zero.
  private let dead: Rows
  private let rounding: Int32
  private let shift: Int32
  private let period: Int32

  /// - Parameters:
  ///   - quantiser: 12 to 51.
  ///   - isIntra: rounds as for blocks predicted within the frame.
  init(quantiser: Int, isIntra: Bool) {
    let (factor, scale) = (Self.factors[quantiser % 6], Self.scales[quantiser % 6])
    period = Int32(quantiser / 6)
    shift = 15 + period
    rounding = (1 << shift) / (isIntra ? 3 : 6)
    let (even, odd) = (SIMD4<Int32>(0, 2, 0, 2), SIMD4<Int32>(2, 1, 2, 1))
    func rows(_ values: [Int32]) -> Rows {
      let (a, b) = (
        SIMD4((0..<4).map { values[Int(even[$0])] }), SIMD4((0..<4).map { values[Int(odd[$0])] })
      )
      return (a, b, a, b)
    }
    factors = rows(factor)
    let period = period
    scales = rows(scale.map { $0 << period })
    let (limit, round) = (Int32(1) << shift, rounding)
    dead = rows(factor.map { (limit - round - 1) / $0 })
  }

  /// Of the quantiser modulo 6: places where both frequencies are even, both odd, other.
  private static let factors: [[Int32]] = [
    [13107, 5243, 8066], [11916, 4660, 7490], [10082, 4194, 6554], [9362, 3647, 5825],
    [8192, 3355, 5243], [7282, 2893, 4559],
  ]
  private static let scales: [[Int32]] = [
    [10, 16, 13], [11, 18, 14], [13, 20, 16], [14, 23, 18], [16, 25, 20], [18, 29, 23],
  ]

  /// The coefficients of a block given by its rows.
  @inline(__always)
  static func forward(_ rows: Rows) -> Rows { turn(transposed(turn(rows))) }

  @inline(__always)
  private static func turn(_ r: Rows) -> Rows {
    let (a, b, c, d) = (r.0 &+ r.3, r.1 &+ r.2, r.1 &- r.2, r.0 &- r.3)
    return (a &+ b, d &+ d &+ c, a &- b, d &- c &- c)
  }

  /// The block of scaled coefficients, by its rows.
  @inline(__always)
  static func inverse(_ columns: Rows) -> Rows {
    let rows = back(transposed(back(columns)))
    let half = SIMD4<Int32>(repeating: 32)
    return (
      (rows.0 &+ half) &>> 6, (rows.1 &+ half) &>> 6, (rows.2 &+ half) &>> 6,
      (rows.3 &+ half) &>> 6
    )
  }

  @inline(__always)
  private static func back(_ r: Rows) -> Rows {
    let (a, b) = (r.0 &+ r.2, r.0 &- r.2)
    let (c, d) = ((r.1 &>> 1) &- r.3, r.1 &+ (r.3 &>> 1))
    return (a &+ d, b &+ c, b &- c, a &- d)
  }

  @inline(__always)
  private static func transposed(_ r: Rows) -> Rows {
    (
      SIMD4(r.0[0], r.1[0], r.2[0], r.3[0]), SIMD4(r.0[1], r.1[1], r.2[1], r.3[1]),
      SIMD4(r.0[2], r.1[2], r.2[2], r.3[2]), SIMD4(r.0[3], r.1[3], r.2[3], r.3[3])
    )
  }

  /// Whether all coefficients become zero; with `skipsFirst` but for the first.
  @inline(__always)
  func isDead(_ block: Rows, skipsFirst: Bool = false) -> Bool {
    var first = magnitude(block.0)
    if skipsFirst { first[0] = 0 }
    let over =
      (first .> dead.0) .| (magnitude(block.1) .> dead.1) .| (magnitude(block.2) .> dead.2)
      .| (magnitude(block.3) .> dead.3)
    return over == SIMDMask(repeating: false)
  }

  @inline(__always)
  private func magnitude(_ row: SIMD4<Int32>) -> SIMD4<Int32> {
    row.replacing(with: 0 &- row, where: row .< 0)
  }

  /// Levels of a block's coefficients.
  @inline(__always)
  func levels(_ block: Rows) -> Rows {
    (
      levels(block.0, factors.0), levels(block.1, factors.1), levels(block.2, factors.2),
      levels(block.3, factors.3)
    )
  }

  @inline(__always)
  private func levels(_ row: SIMD4<Int32>, _ factor: SIMD4<Int32>) -> SIMD4<Int32> {
    let sizes = (magnitude(row) &* factor &+ rounding) &>> shift
    return sizes.replacing(with: 0 &- sizes, where: row .< 0)
  }

  /// Coefficients of a block's levels.
  @inline(__always)
  func scaled(_ levels: Rows) -> Rows {
    (
      levels.0 &* scales.0, levels.1 &* scales.1, levels.2 &* scales.2, levels.3 &* scales.3
    )
  }

  /// The level of a coefficient of first coefficients (mean values).
  @inline(__always)
  func meanLevel(_ value: Int32) -> Int32 {
    let size = (Int64(abs(value)) * Int64(factors.0[0]) + 2 * Int64(rounding)) >> Int64(shift + 1)
    return Int32(truncatingIfNeeded: value < 0 ? -size : size)
  }

  /// First coefficients of the 16 blocks of a macroblock from the transform of their levels.
  @inline(__always)
  func lumaMean(_ value: Int32) -> Int32 { (value &* (scales.0[0] >> period)) << (period - 2) }

  /// First coefficients of the 4 blocks of chroma from the transform of their levels.
  @inline(__always)
  func chromaMean(_ value: Int32) -> Int32 { (value &* scales.0[0]) >> 1 }

  /// The transform of 4 by 4 mean values, its own inverse but for a factor.
  @inline(__always)
  static func hadamard(_ rows: Rows) -> Rows {
    func turn(_ r: Rows) -> Rows {
      let (a, b, c, d) = (r.0 &+ r.3, r.1 &+ r.2, r.1 &- r.2, r.0 &- r.3)
      return (a &+ b, d &+ c, a &- b, d &- c)
    }
    return turn(transposed(turn(rows)))
  }
}
