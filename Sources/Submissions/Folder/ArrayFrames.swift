import Foundation
import Videos

/// The frames of a NumPy array: bytes, or floats from 0 to 1, -1 to 1 or 0 to 255.
///
/// The axes are frames, height, width, channels or frames, channels, height, width or channels,
/// frames, height, width; 1 (grey), 3 or 4 (with alpha) channels. Which of the ranges floats have is
/// decided for the whole video, by its least and its largest number.
struct ArrayFrames: FrameSource {
  private let type: ElementType
  private let elements: Data
  private let count: Int
  private let height: Int
  private let width: Int
  private let channels: Int
  /// Elements from one frame, row, column, channel to the next.
  private let strides: (frame: Int, row: Int, column: Int, channel: Int)
  var framesPerSecond: Double? { nil }

  /// - Parameter elements: as many bytes as type and shape need.
  /// - Throws: ``FrameFailure``
  init(_ layout: NumPyLayout, _ elements: Data) throws(FrameFailure) {
    guard let type = ElementType(rawValue: layout.type) else {
      throw FrameFailure(
        .values, "an array of type \(layout.type); bytes (uint8) and floats are read")
    }
    self.type = type
    self.elements = elements
    let shape = layout.shape
    guard shape.count == 4, !shape.contains(0) else {
      throw FrameFailure(
        .size, "an array of shape \(shape); a video is frames, height, width, 3")
    }
    if [1, 3, 4].contains(shape[3]) {
      (count, height, width, channels) = (shape[0], shape[1], shape[2], shape[3])
      strides = (height * width * channels, width * channels, channels, 1)
    } else if [1, 3, 4].contains(shape[1]) {
      (count, channels, height, width) = (shape[0], shape[1], shape[2], shape[3])
      strides = (channels * height * width, width, 1, height * width)
    } else if [1, 3, 4].contains(shape[0]) {
      (channels, count, height, width) = (shape[0], shape[1], shape[2], shape[3])
      strides = (height * width, width, 1, count * height * width)
    } else {
      throw FrameFailure(
        .size, "an array of shape \(shape) has no axis of 3 channels; "
          + "a video is frames, height, width, 3")
    }
    guard height * width <= FrameLimit.pixels else {
      throw FrameFailure(.size, "frames of \(width) by \(height) pixels are too large")
    }
  }

  func forEachFrame(_ body: (Image) throws -> Bool) throws {
    let scale = try scale()
    try elements.withUnsafeBytes { raw in
      for frame in 0..<count {
        var bytes = [UInt8]()
        bytes.reserveCapacity(height * width * 3)
        for row in 0..<height {
          for column in 0..<width {
            let pixel = frame * strides.frame + row * strides.row + column * strides.column
            func byte(_ channel: Int) -> UInt8 {
              scale.byte(type.value(raw, pixel + channel * strides.channel))
            }
            let alpha = channels == 4 ? Int(byte(3)) : 255
            for channel in 0..<3 {
              let value = Int(byte(channels == 1 ? 0 : channel))
              bytes.append(
                UInt8((value * alpha + 255 * (255 - alpha) + 127) / 255))
            }
          }
        }
        guard try body(Image(width: width, height: height, bytes: bytes)) else { return }
      }
    }
  }

  /// What number is black and what number is white.
  private func scale() throws -> Scale {
    guard type != .byte else { return Scale(black: 0, white: 255) }
    var low = Float.infinity
    var high = -Float.infinity
    try elements.withUnsafeBytes { raw in
      for element in 0..<(count * height * width * channels) {
        let value = type.value(raw, element)
        guard value.isFinite else {
          let frame = element / strides.frame % count
          throw FrameFailure(
            .values, "frame \(frame) holds \(value.isNaN ? "NaN" : "an infinite number")")
        }
        low = min(low, value)
        high = max(high, value)
      }
    }
    // A little beyond the range is what interpolation and rounding leave.
    if low >= -0.05, high <= 1.05 { return Scale(black: 0, white: 1) }
    if low >= -1.05, high <= 1.05 { return Scale(black: -1, white: 1) }
    if low >= -0.5, high <= 255.5 { return Scale(black: 0, white: 255) }
    throw FrameFailure(
      .values, "floats from \(low) to \(high); colours are 0 to 1, -1 to 1 or 0 to 255")
  }

  private struct Scale {
    var black: Float
    var white: Float

    func byte(_ value: Float) -> UInt8 {
      UInt8(max(0, min(255, ((value - black) / (white - black) * 255).rounded())))
    }
  }
}

/// The element types of arrays that can be pictures.
enum ElementType: String {
  case byte = "|u1"
  case half = "<f2"
  case float = "<f4"
  case double = "<f8"

  /// One element; all types are exact as single-precision floats but doubles.
  @inline(__always)
  func value(_ raw: UnsafeRawBufferPointer, _ index: Int) -> Float {
    switch self {
    case .byte: return Float(raw[index])
    case .half:
      return Self.half(
        UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self)))
    case .float:
      return Float(
        bitPattern: UInt32(
          littleEndian: raw.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)))
    case .double:
      return Float(
        Double(
          bitPattern: UInt64(
            littleEndian: raw.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))))
    }
  }

  /// A 16-bit float; the type itself is not there on every processor.
  private static func half(_ bits: UInt16) -> Float {
    let exponent = Int(bits >> 10 & 0x1F)
    let fraction = Float(bits & 0x3FF)
    let magnitude: Float =
      switch exponent {
      case 0: fraction * 0x1p-24
      case 31: fraction == 0 ? .infinity : .nan
      default: (1 + fraction / 1024) * Float(sign: .plus, exponent: exponent - 15, significand: 1)
      }
    return bits & 0x8000 == 0 ? magnitude : -magnitude
  }
}
