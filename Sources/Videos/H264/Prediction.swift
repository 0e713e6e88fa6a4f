/// Macroblocks continued from what is shown above and to the left of them, in the way that fits best.
///
/// Belongs to one thread.
final class Prediction {
  /// Ways of continuing, by their numbers for luma.
  enum Direction: Int {
    case down, right, flat

    var luma: Int { rawValue }
    var chroma: Int { self == .down ? 2 : self == .right ? 1 : 0 }
  }

  /// The way that fits the last macroblock best.
  private(set) var direction = Direction.flat
  /// The sum of the differences of luma.
  private(set) var cost = 0
  private let shown: PlanarMemory
  /// What is shown above and to the left: four times four values of luma, twice of each chroma.
  private let above = UnsafeMutablePointer<SIMD4<Int32>>.allocate(capacity: 8)
  private let left = UnsafeMutablePointer<SIMD4<Int32>>.allocate(capacity: 8)
  /// What flat continuation shows: a value of luma, four of each chroma.
  private let values = UnsafeMutablePointer<Int32>.allocate(capacity: 9)

  init(_ shown: PlanarMemory) {
    self.shown = shown
    above.initialize(repeating: .zero, count: 8)
    left.initialize(repeating: .zero, count: 8)
    values.initialize(repeating: 128, count: 9)
  }

  deinit {
    above.deallocate()
    left.deallocate()
    values.deallocate()
  }

  /// Finds the best continuation of a macroblock; false in the upper left corner, where there is
  /// nothing to continue.
  func choose(_ frame: PlanarFrame, _ column: Int, _ row: Int) -> Bool {
    let (hasLeft, hasAbove) = (column > 0, row > 0)
    direction = .flat
    guard hasLeft || hasAbove else {
      values.update(repeating: 128, count: 9)
      cost = .max
      return false
    }
    look(shown.luma, first: 0, blocks: 4, column, row)
    look(shown.blue, first: 4, blocks: 2, column, row)
    look(shown.red, first: 6, blocks: 2, column, row)
    let upper = hasAbove ? (above[0] &+ above[1] &+ above[2] &+ above[3]).wrappedSum() : 0
    let sided = hasLeft ? (left[0] &+ left[1] &+ left[2] &+ left[3]).wrappedSum() : 0
    values[0] = hasLeft && hasAbove ? (upper + sided + 16) >> 5 : (upper + sided + 8) >> 4
    for number in 0..<8 {
      values[1 + number] = chromaValue(
        4 + number / 4 * 2, number & 1, (number & 2) / 2, hasLeft: hasLeft, hasAbove: hasAbove)
    }
    compare(frame, column, row, hasLeft: hasLeft, hasAbove: hasAbove)
    return true
  }

  private func look(_ plane: Plane, first: Int, blocks: Int, _ column: Int, _ row: Int) {
    let (x, y) = (column * blocks * 4, row * blocks * 4)
    for block in 0..<blocks {
      if row > 0 { above[first + block] = plane.four(x + 4 * block, y - 1) }
      if column > 0 {
        let side = plane[x - 1, y + 4 * block]
        left[first + block] = SIMD4(
          Int32(side[0]), Int32(side[plane.stride]), Int32(side[2 * plane.stride]),
          Int32(side[3 * plane.stride]))
      }
    }
  }

  /// Blocks on the diagonal continue both sides, the others the side that they touch.
  private func chromaValue(
    _ first: Int, _ x: Int, _ y: Int, hasLeft: Bool, hasAbove: Bool
  ) -> Int32 {
    let (upper, sided) = (above[first + x].wrappedSum(), left[first + y].wrappedSum())
    switch (hasAbove, hasLeft) {
    case (true, true) where x == y: return (upper + sided + 4) >> 3
    case (true, true): return ((x == 1 ? upper : sided) + 2) >> 2
    case (true, false): return (upper + 2) >> 2
    default: return (sided + 2) >> 2
    }
  }

  private func compare(
    _ frame: PlanarFrame, _ column: Int, _ row: Int, hasLeft: Bool, hasAbove: Bool
  ) {
    let flat = SIMD4(repeating: values[0])
    var (down, right, even) = (SIMD4<Int32>.zero, SIMD4<Int32>.zero, SIMD4<Int32>.zero)
    for y in 0..<16 {
      let side = SIMD4(repeating: left[y / 4][y % 4])
      for x in 0..<4 {
        let real = frame.planes.0.four(16 &* column &+ 4 &* x, 16 &* row &+ y)
        down &+= Self.size(real &- above[x])
        right &+= Self.size(real &- side)
        even &+= Self.size(real &- flat)
      }
    }
    cost = Int(even.wrappedSum())
    let (downCost, rightCost) = (Int(down.wrappedSum()), Int(right.wrappedSum()))
    if hasAbove, downCost < cost { (cost, direction) = (downCost, .down) }
    if hasLeft, rightCost < cost { (cost, direction) = (rightCost, .right) }
  }

  @inline(__always)
  private static func size(_ row: SIMD4<Int32>) -> SIMD4<Int32> {
    row.replacing(with: 0 &- row, where: row .< 0)
  }

  /// Writes the predicted blocks: 16 of luma in the order of the stream, 8 of chroma.
  func fill(_ blocks: UnsafeMutablePointer<BlockTransform.Rows>) {
    for number in 0..<16 {
      let (x, y) = (
        number & 1 | (number &>> 1) & 2, (number &>> 1) & 1 | (number &>> 2) & 2
      )
      blocks[number] = block(above[x], left[y], values[0])
    }
    for number in 0..<8 {
      let first = 4 + number / 4 * 2
      blocks[16 + number] = block(
        above[first + number & 1], left[first + (number & 2) / 2], values[1 + number])
    }
  }

  private func block(
    _ above: SIMD4<Int32>, _ left: SIMD4<Int32>, _ value: Int32
  ) -> BlockTransform.Rows {
    switch direction {
    case .down: return (above, above, above, above)
    case .right:
      return (
        SIMD4(repeating: left[0]), SIMD4(repeating: left[1]), SIMD4(repeating: left[2]),
        SIMD4(repeating: left[3])
      )
    case .flat:
      let row = SIMD4(repeating: value)
      return (row, row, row, row)
    }
  }
}

extension PlanarMemory {
  /// The sum of the differences of a macroblock's luma from a frame's.
  func difference(from frame: PlanarFrame, _ column: Int, _ row: Int) -> Int {
    var sum = SIMD16<UInt16>.zero
    for y in (16 &* row)..<(16 &* row &+ 16) {
      let a = UnsafeRawPointer(luma[16 &* column, y]).loadUnaligned(as: SIMD16<UInt8>.self)
      let b = UnsafeRawPointer(frame.planes.0[16 &* column, y])
        .loadUnaligned(as: SIMD16<UInt8>.self)
      let larger = a.replacing(with: b, where: b .> a)
      let smaller = a.replacing(with: b, where: b .< a)
      sum &+= SIMD16<UInt16>(truncatingIfNeeded: larger &- smaller)
    }
    return (0..<16).reduce(0) { $0 + Int(sum[$1]) }
  }
}
