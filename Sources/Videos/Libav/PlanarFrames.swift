import Foundation

/// A video's frames in yuv420p, one after the other, as H.264 takes them.
///
/// libswscale takes as long for a frame as a fast encoder does. Our frames are flat: most groups of
/// two by two pixels look like the one before, and then so do their planes. Every pixel is still
/// looked at, so any other video comes out right as well, only slower.
///
/// BT.601: luma from 16 to 235, chroma that of the mean of the four pixels. All arithmetic is in
/// whole numbers: the same bytes on every processor.
struct PlanarFrames {
  /// Two pixels of one row: red, green, blue, red, green, blue.
  private struct Pair: Equatable {
    var head: UInt32
    var tail: UInt16

    @inline(__always)
    init(_ bytes: UnsafeRawPointer) {
      head = bytes.loadUnaligned(as: UInt32.self)
      tail = bytes.loadUnaligned(fromByteOffset: 4, as: UInt16.self)
    }
  }

  /// Two by two pixels in the three planes.
  private struct Block {
    /// Luma of the pixels in the upper and in the lower row.
    var upper: UInt16
    var lower: UInt16
    var blue: UInt8
    var red: UInt8
  }

  private let video: Video
  /// Two rows of white pixels.
  private let white: [UInt8]

  /// The frames of a video with even sides.
  init(_ video: Video) {
    self.video = video
    white = [UInt8](repeating: 255, count: 2 * video.width * 3)
  }

  /// Writes frame `index` over a yuv420p picture of the video's size.
  ///
  /// - Parameter follows: whether the picture holds the frame before; rows that look like that one's
  ///   are left as they are.
  func write(_ index: Int, into target: PlanarFrame, follows: Bool = false) {
    let (luma, blue, red) = target.planes
    let rowBytes = video.width * 3
    video.bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      for row in stride(from: 0, to: video.height, by: 2) {
        let source = base + index * video.frameSize + row * rowBytes
        if follows, memcmp(source, source - video.frameSize, 2 * rowBytes) == 0 { continue }
        let upper = luma.bytes + row * luma.stride
        let (blue, red) = (blue.bytes + row / 2 * blue.stride, red.bytes + row / 2 * red.stride)
        if memcmp(source, white, 2 * rowBytes) == 0 {
          upper.update(repeating: 235, count: video.width)
          (upper + luma.stride).update(repeating: 235, count: video.width)
          blue.update(repeating: 128, count: video.width / 2)
          red.update(repeating: 128, count: video.width / 2)
        } else {
          writeRows(source, source + rowBytes, upper, upper + luma.stride, blue, red)
        }
      }
    }
  }

  /// Converts two rows of pixels to two rows of luma and one of each chroma.
  private func writeRows(
    _ first: UnsafeRawPointer, _ second: UnsafeRawPointer, _ upper: UnsafeMutablePointer<UInt8>,
    _ lower: UnsafeMutablePointer<UInt8>, _ blue: UnsafeMutablePointer<UInt8>,
    _ red: UnsafeMutablePointer<UInt8>
  ) {
    var seen = (Pair(first), Pair(second))
    var block = Self.block(first, second)
    var column = 0
    while column < video.width {
      // Sixteen white pixels at a time: most of a frame.
      if column + 16 <= video.width, Self.isWhite(first + column * 3),
        Self.isWhite(second + column * 3)
      {
        (upper + column).update(repeating: 235, count: 16)
        (lower + column).update(repeating: 235, count: 16)
        (blue + column / 2).update(repeating: 128, count: 8)
        (red + column / 2).update(repeating: 128, count: 8)
        column += 16
        continue
      }
      let end = min(column + 16, video.width)
      while column < end {
        let pixels = (Pair(first + column * 3), Pair(second + column * 3))
        if pixels != seen {
          seen = pixels
          block = Self.block(first + column * 3, second + column * 3)
        }
        UnsafeMutableRawPointer(upper + column).storeBytes(
          of: block.upper.littleEndian, as: UInt16.self)
        UnsafeMutableRawPointer(lower + column).storeBytes(
          of: block.lower.littleEndian, as: UInt16.self)
        blue[column / 2] = block.blue
        red[column / 2] = block.red
        column += 2
      }
    }
  }

  /// Whether sixteen pixels are white.
  @inline(__always)
  private static func isWhite(_ pixels: UnsafeRawPointer) -> Bool {
    var all = UInt64.max
    for offset in 0..<6 {
      all &= pixels.loadUnaligned(fromByteOffset: offset &* 8, as: UInt64.self)
    }
    return all == .max
  }

  /// What two by two pixels become.
  private static func block(_ first: UnsafeRawPointer, _ second: UnsafeRawPointer) -> Block {
    let pixels = (pixel(first), pixel(first + 3), pixel(second), pixel(second + 3))
    let sum = pixels.0 &+ pixels.1 &+ pixels.2 &+ pixels.3
    return Block(
      upper: luma(pixels.0) | luma(pixels.1) << 8, lower: luma(pixels.2) | luma(pixels.3) << 8,
      blue: chroma(sum, SIMD3(-4857, -9535, 14392)), red: chroma(sum, SIMD3(14392, -12052, -2340)))
  }

  private static func pixel(_ bytes: UnsafeRawPointer) -> SIMD3<Int32> {
    let pixel = bytes.assumingMemoryBound(to: UInt8.self)
    return SIMD3(Int32(pixel[0]), Int32(pixel[1]), Int32(pixel[2]))
  }

  /// 16 to 235; BT.601's factors times 2^15.
  private static func luma(_ pixel: SIMD3<Int32>) -> UInt16 {
    let scaled = (pixel &* SIMD3(8414, 16519, 3208)).wrappedSum()
    return UInt16(truncatingIfNeeded: ((scaled + (1 << 14)) >> 15) + 16)
  }

  /// 16 to 240, of the sum of four pixels.
  private static func chroma(_ sum: SIMD3<Int32>, _ factors: SIMD3<Int32>) -> UInt8 {
    UInt8(truncatingIfNeeded: (((sum &* factors).wrappedSum() + (1 << 16)) >> 17) + 128)
  }
}
