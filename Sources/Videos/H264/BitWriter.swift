/// The bits of units of an H.264 stream: fixed lengths and Exp-Golomb codes.
///
/// Keeps its memory from unit to unit; belongs to one thread.
final class BitWriter {
  private var bytes: UnsafeMutablePointer<UInt8>
  private var capacity = 1 << 16
  private var count = 0
  private var pending: UInt64 = 0
  private var pendingCount = 0

  init() { bytes = .allocate(capacity: capacity) }

  deinit { bytes.deallocate() }

  /// Starts a unit with some whole bytes.
  func begin(_ start: [UInt8]) {
    (count, pending, pendingCount) = (0, 0, 0)
    for byte in start { put(Int(byte), 8) }
  }

  /// Appends the lowest `length` bits of a value, at most 32, the others of which are 0.
  @inline(__always)
  func put(_ value: Int, _ length: Int) {
    pending = pending &<< UInt64(truncatingIfNeeded: length) | UInt64(truncatingIfNeeded: value)
    pendingCount &+= length
    if pendingCount >= 32 { flush() }
  }

  private func flush() {
    if count &+ 8 > capacity {
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: 2 * capacity)
      larger.update(from: bytes, count: count)
      bytes.deallocate()
      (bytes, capacity) = (larger, 2 * capacity)
    }
    while pendingCount >= 8 {
      pendingCount &-= 8
      bytes[count] = UInt8(truncatingIfNeeded: pending &>> UInt64(pendingCount))
      count &+= 1
    }
  }

  /// Appends a code of a table.
  @inline(__always)
  func put(_ code: CodeWord) { put(Int(code.bits), Int(code.length)) }

  /// ue(v): a number from 0 on.
  func unsigned(_ value: Int) {
    let length = Int.bitWidth - (value + 1).leadingZeroBitCount
    put(0, length - 1)
    put(value + 1, length)
  }

  /// se(v): a number of either sign.
  func signed(_ value: Int) { unsigned(value > 0 ? 2 * value - 1 : -2 * value) }

  /// Ends the unit: a one, zeros up to the next byte, and no start code inside.
  ///
  /// - Returns: the unit after a start code.
  func finish() -> [UInt8] {
    put(1, 1)
    put(0, (8 - pendingCount % 8) % 8)
    flush()
    // Two zeros and a byte below 4 would look like the start of another unit.
    return [UInt8](unsafeUninitializedCapacity: 4 + count + count / 2 + 1) { target, length in
      for byte in StreamHeaders.startCode {
        target[length] = byte
        length += 1
      }
      var zeros = 0
      for place in 0..<count {
        let byte = bytes[place]
        if zeros == 2, byte < 4 {
          target[length] = 3
          length &+= 1
          zeros = 0
        }
        target[length] = byte
        length &+= 1
        zeros = byte == 0 ? zeros &+ 1 : 0
      }
    }
  }
}

/// One code of variable length.
struct CodeWord {
  var bits: UInt8
  var length: UInt8
}
