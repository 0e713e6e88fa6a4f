/// What stands before the macroblocks in a stream of ``ChangeEncoder``.
struct StreamHeaders {
  static let startCode: [UInt8] = [0, 0, 0, 1]
  /// Bits of a frame's number, which starts again beyond them.
  private static let numberBits = 8

  let width: Int
  let height: Int
  let quantiser: Int

  private var macroblocks: Int { width / 16 * (height / 16) }

  /// The lowest level that allows frames of this size.
  private var level: Int {
    switch macroblocks {
    case ...1620: 30
    case ...3600: 31
    case ...8192: 40
    case ...36_864: 51
    default: 62
    }
  }

  /// The sequence's and the picture's parameter set, each after a start code.
  func parameterSets(_ bits: BitWriter) -> [UInt8] {
    // Unit type 7; constrained baseline profile.
    bits.begin([0x67, 66, 0xC0, UInt8(level)])
    bits.unsigned(0)
    bits.unsigned(Self.numberBits - 4)
    // Frames are shown in the order of the stream, and refer to the one before only.
    bits.unsigned(2)
    bits.unsigned(1)
    bits.put(0, 1)
    bits.unsigned(width / 16 - 1)
    bits.unsigned(height / 16 - 1)
    // Whole frames, 8 by 8 direct inference, no cropping, no usability information.
    bits.put(0b1100, 4)
    let sequence = bits.finish()

    // Unit type 8; codes of variable length, one slice group, one reference, no weights.
    bits.begin([0x68])
    for _ in 0..<2 { bits.unsigned(0) }
    bits.put(0, 2)
    for _ in 0..<3 { bits.unsigned(0) }
    bits.put(0, 3)
    bits.signed(quantiser - 26)
    for _ in 0..<2 { bits.signed(0) }
    // Slices say that nothing is filtered.
    bits.put(0b100, 3)
    return sequence + bits.finish()
  }

  /// Starts frame `number`, which is one slice.
  func beginSlice(number: Int, _ bits: BitWriter) {
    let isKeyFrame = number == 0
    // Unit type 5 or 1, referred to by others.
    bits.begin([isKeyFrame ? 0x65 : 0x41])
    bits.unsigned(0)
    bits.unsigned(isKeyFrame ? 7 : 5)
    bits.unsigned(0)
    bits.put(number % (1 << Self.numberBits), Self.numberBits)
    if isKeyFrame {
      bits.unsigned(0)
      bits.put(0, 2)
    } else {
      // As many references as the picture's set says, in order, and the oldest goes.
      bits.put(0, 3)
    }
    bits.signed(0)
    bits.unsigned(1)
  }
}
