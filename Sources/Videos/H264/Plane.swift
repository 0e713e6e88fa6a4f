/// One plane of a frame: rows of bytes that someone else holds.
struct Plane {
  var bytes: UnsafeMutablePointer<UInt8>
  var stride: Int

  @inline(__always)
  subscript(x: Int, y: Int) -> UnsafeMutablePointer<UInt8> { bytes + (y &* stride &+ x) }

  /// The four bytes from (x, y) on.
  @inline(__always)
  func four(_ x: Int, _ y: Int) -> SIMD4<Int32> {
    let word = UnsafeRawPointer(self[x, y]).loadUnaligned(as: SIMD4<UInt8>.self)
    return SIMD4<Int32>(truncatingIfNeeded: word)
  }

  /// Sets the four bytes from (x, y) on, brought to 0 to 255.
  @inline(__always)
  func set(_ values: SIMD4<Int32>, _ x: Int, _ y: Int) {
    let inside = values.clamped(
      lowerBound: SIMD4(repeating: 0), upperBound: SIMD4(repeating: 255))
    UnsafeMutableRawPointer(self[x, y]).storeBytes(
      of: SIMD4<UInt8>(truncatingIfNeeded: inside), as: SIMD4<UInt8>.self)
  }

  /// The 4 by 4 block at (x, y).
  @inline(__always)
  func block(_ x: Int, _ y: Int) -> BlockTransform.Rows {
    (four(x, y), four(x, y &+ 1), four(x, y &+ 2), four(x, y &+ 3))
  }
}
