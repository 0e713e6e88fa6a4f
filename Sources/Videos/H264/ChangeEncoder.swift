/// Encodes yuv420p frames as H.264 that codes only what changes.
///
/// libx264 looks at every macroblock of every frame, which for pictures of a few flat things costs
/// more than simulating and painting them. This encoder compares frames and skips what is as it was;
/// what changed it codes as the difference from what a decoder shows there, or, where that is less,
/// as flat or striped continuation of what is above and to the left. One quantiser for all, no search
/// for motion, no filter: constrained baseline profile, which every decoder knows. The same frames
/// give the same bytes on every machine. Belongs to one thread.
final class ChangeEncoder {
  private let width: Int
  private let height: Int
  private let headers: StreamHeaders
  private let bits = BitWriter()
  private let coder: MacroblockCoder
  /// The frame before, as it came in.
  private let source: PlanarMemory
  private var number = 0

  /// - Parameters:
  ///   - width: a multiple of 16, as `height`.
  ///   - quantiser: 12 (best) to 51.
  init(width: Int, height: Int, quantiser: Int) {
    self.width = width
    self.height = height
    headers = StreamHeaders(width: width, height: height, quantiser: quantiser)
    coder = MacroblockCoder(bits, width: width, height: height, quantiser: quantiser)
    source = PlanarMemory(width: width, height: height)
  }

  /// The parameter sets, each after a start code.
  var parameterSets: [UInt8] { headers.parameterSets(bits) }

  /// Encodes the next frame; only the first can be understood without those before it.
  ///
  /// - Returns: one unit after a start code.
  func encode(_ frame: PlanarFrame) -> [UInt8] {
    headers.beginSlice(number: number, bits)
    if number == 0 {
      for row in 0..<(height / 16) {
        for column in 0..<(width / 16) { coder.writeFirst(frame, column, row) }
      }
      source.copy(frame)
    } else {
      encodeChanges(frame)
    }
    number += 1
    return bits.finish()
  }

  private func encodeChanges(_ frame: PlanarFrame) {
    coder.beginFrame()
    var skipped = 0
    for row in 0..<(height / 16) {
      guard source.differs(from: frame, row: row) else {
        skipped += width / 16
        continue
      }
      for column in 0..<(width / 16) {
        if source.update(from: frame, column, row),
          coder.writeChange(frame, column, row, skipped: skipped)
        {
          skipped = 0
        } else {
          skipped += 1
        }
      }
    }
    if skipped > 0 { bits.unsigned(skipped) }
  }
}
