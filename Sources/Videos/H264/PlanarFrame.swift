import Foundation

/// A yuv420p frame whose bytes someone else holds, row 0 on top.
public struct PlanarFrame {
  /// Width in pixels, even.
  public let width: Int
  /// Height in pixels, even.
  public let height: Int
  /// Luma and both chromas.
  let planes: (Plane, Plane, Plane)

  /// Luma: `height` rows of `width` bytes, 16 (black) to 235 (white).
  public var luma: UnsafeMutablePointer<UInt8> { planes.0.bytes }
  /// Bytes from a row of luma to the next.
  public var lumaStride: Int { planes.0.stride }
  /// Blue chroma: half as many rows of half as many bytes, 128 for grays.
  public var blue: UnsafeMutablePointer<UInt8> { planes.1.bytes }
  /// Red chroma, as ``blue``.
  public var red: UnsafeMutablePointer<UInt8> { planes.2.bytes }
  /// Bytes from a row of ``blue`` or ``red`` to the next.
  public var chromaStride: Int { planes.1.stride }
}

/// Planes with memory of their own.
final class PlanarMemory {
  let luma: Plane
  let blue: Plane
  let red: Plane
  private let bytes: UnsafeMutablePointer<UInt8>
  private let width: Int
  private let height: Int

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    let area = width * height
    bytes = .allocate(capacity: area * 3 / 2)
    bytes.initialize(repeating: 128, count: area * 3 / 2)
    luma = Plane(bytes: bytes, stride: width)
    blue = Plane(bytes: bytes + area, stride: width / 2)
    red = Plane(bytes: bytes + area * 5 / 4, stride: width / 2)
  }

  deinit { bytes.deallocate() }

  /// The memory as a frame, valid as long as it lives.
  var frame: PlanarFrame {
    PlanarFrame(width: width, height: height, planes: (luma, blue, red))
  }

  func copy(_ frame: PlanarFrame) {
    for (mine, other, half) in [
      (luma, frame.planes.0, 1), (blue, frame.planes.1, 2), (red, frame.planes.2, 2),
    ] {
      for row in 0..<(height / half) {
        mine[0, row].update(from: other[0, row], count: width / half)
      }
    }
  }

  /// Whether a row of macroblocks is not as in a frame.
  func differs(from frame: PlanarFrame, row: Int) -> Bool {
    differs(from: frame, row, first: 0, count: width / 16)
  }

  /// Makes a macroblock as in a frame; false when it is already.
  func update(from frame: PlanarFrame, _ column: Int, _ row: Int) -> Bool {
    guard differs(from: frame, row, first: column, count: 1) else { return false }
    copy(luma, frame.planes.0, 16, column, row)
    copy(blue, frame.planes.1, 8, column, row)
    copy(red, frame.planes.2, 8, column, row)
    return true
  }

  private func copy(_ mine: Plane, _ other: Plane, _ side: Int, _ column: Int, _ row: Int) {
    for line in (row * side)..<((row + 1) * side) {
      mine[column * side, line].update(from: other[column * side, line], count: side)
    }
  }

  private func differs(from frame: PlanarFrame, _ row: Int, first: Int, count: Int) -> Bool {
    differs(luma, frame.planes.0, 16, row, first, count)
      || differs(blue, frame.planes.1, 8, row, first, count)
      || differs(red, frame.planes.2, 8, row, first, count)
  }

  private func differs(
    _ mine: Plane, _ other: Plane, _ side: Int, _ row: Int, _ first: Int, _ count: Int
  ) -> Bool {
    for line in (row * side)..<((row + 1) * side)
    where memcmp(mine[first * side, line], other[first * side, line], count * side) != 0 {
      return true
    }
    return false
  }
}
