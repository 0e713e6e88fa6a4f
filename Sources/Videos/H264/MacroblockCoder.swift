/// Codes single macroblocks and keeps what a decoder shows.
///
/// Belongs to one thread.
final class MacroblockCoder {
  /// What a decoder shows.
  private let shown: PlanarMemory
  private let bits: BitWriter
  private let residual: ResidualWriter
  private let prediction: Prediction
  private let inter: (luma: BlockTransform, chroma: BlockTransform)
  private let intra: (luma: BlockTransform, chroma: BlockTransform)
  /// The 16 blocks of luma in the order of the stream and the 8 of chroma: what is predicted, and
  /// the levels of the rest.
  private let predicted = UnsafeMutablePointer<BlockTransform.Rows>.allocate(capacity: 24)
  private let levels = UnsafeMutablePointer<BlockTransform.Rows>.allocate(capacity: 24)
  /// The levels of the mean values of both chromas.
  private var chromaMeans = (SIMD4<Int32>.zero, SIMD4<Int32>.zero)

  private static let zero: BlockTransform.Rows = (.zero, .zero, .zero, .zero)
  /// Chroma's quantisers where luma's is 30 to 51; below they are the same.
  private static let chromaQuantisers = [
    29, 30, 31, 32, 32, 33, 34, 34, 35, 35, 36, 36, 37, 37, 37, 38, 38, 38, 39, 39, 39, 39,
  ]

  init(_ bits: BitWriter, width: Int, height: Int, quantiser: Int) {
    self.bits = bits
    let other = quantiser < 30 ? quantiser : Self.chromaQuantisers[quantiser - 30]
    func pair(_ isIntra: Bool) -> (BlockTransform, BlockTransform) {
      (
        BlockTransform(quantiser: quantiser, isIntra: isIntra),
        BlockTransform(quantiser: other, isIntra: isIntra)
      )
    }
    inter = pair(false)
    intra = pair(true)
    shown = PlanarMemory(width: width, height: height)
    prediction = Prediction(shown)
    residual = ResidualWriter(bits, columns: width / 16, rows: height / 16)
    predicted.initialize(repeating: Self.zero, count: 24)
    levels.initialize(repeating: Self.zero, count: 24)
  }

  deinit {
    predicted.deallocate()
    levels.deallocate()
  }

  /// Starts a frame whose macroblocks are all skipped until one is written.
  func beginFrame() { residual.forget() }

  /// Where a block of luma or chroma lies in its macroblock, in blocks.
  @inline(__always)
  private static func place(_ number: Int) -> (x: Int, y: Int) {
    (number & 1 | (number &>> 1) & 2, (number &>> 1) & 1 | (number &>> 2) & 2)
  }

  /// Writes a macroblock that is not as in the frame before.
  ///
  /// - Parameter skipped: macroblocks left out since the last one written.
  /// - Returns: false when there is nothing to write: what is shown there will do.
  func writeChange(_ frame: PlanarFrame, _ column: Int, _ row: Int, skipped: Int) -> Bool {
    let difference = shown.difference(from: frame, column, row)
    if prediction.choose(frame, column, row), prediction.cost < difference {
      bits.unsigned(skipped)
      writeIntra(frame, column, row, isKeyFrame: false)
      return true
    }
    return writeInter(frame, column, row, skipped: skipped)
  }

  /// Writes a macroblock of the first frame.
  func writeFirst(_ frame: PlanarFrame, _ column: Int, _ row: Int) {
    _ = prediction.choose(frame, column, row)
    writeIntra(frame, column, row, isKeyFrame: true)
  }

  // The difference from what is shown at the same place.
  private func writeInter(_ frame: PlanarFrame, _ column: Int, _ row: Int, skipped: Int) -> Bool {
    let (x, y) = (16 &* column, 16 &* row)
    var pattern = 0
    for number in 0..<16 {
      let place = Self.place(number)
      let (left, top) = (x &+ 4 &* place.x, y &+ 4 &* place.y)
      let old = shown.luma.block(left, top)
      let block = BlockTransform.forward(minus(frame.planes.0.block(left, top), old))
      if inter.luma.isDead(block) {
        levels[number] = Self.zero
        continue
      }
      levels[number] = inter.luma.levels(block)
      pattern |= 1 &<< (number &>> 2)
      show(BlockTransform.inverse(inter.luma.scaled(levels[number])), old, shown.luma, left, top)
    }
    for number in 0..<8 {
      let plane = number < 4 ? shown.blue : shown.red
      predicted[16 &+ number] = plane.block(
        x / 2 &+ 4 &* (number & 1), y / 2 &+ 2 &* (number & 2))
    }
    let chroma = transformChroma(frame, x, y, inter.chroma)
    pattern |= chroma &<< 4
    if pattern == 0 { return false }
    bits.unsigned(skipped)
    // One reference, not moved.
    bits.unsigned(0)
    bits.put(0b11, 2)
    bits.unsigned(CoefficientCodes.interPatterns[pattern])
    bits.signed(0)
    for number in 0..<16 where pattern &>> (number &>> 2) & 1 == 1 {
      let place = Self.place(number)
      residual.writeLuma(levels[number], 4 &* column &+ place.x, 4 &* row &+ place.y, first: 0)
    }
    writeChroma(chroma, column, row)
    return true
  }

  /// Writes a macroblock that is predicted from those above and to the left.
  private func writeIntra(_ frame: PlanarFrame, _ column: Int, _ row: Int, isKeyFrame: Bool) {
    let (x, y) = (16 &* column, 16 &* row)
    prediction.fill(predicted)
    let averages = UnsafeMutablePointer<Int32>.allocate(capacity: 16)
    defer { averages.deallocate() }
    var isPlain = true
    for number in 0..<16 {
      let place = Self.place(number)
      let real = frame.planes.0.block(x &+ 4 &* place.x, y &+ 4 &* place.y)
      let block = BlockTransform.forward(minus(real, predicted[number]))
      averages[4 &* place.y &+ place.x] = block.0[0]
      if intra.luma.isDead(block, skipsFirst: true) {
        levels[number] = Self.zero
      } else {
        levels[number] = intra.luma.levels(block)
        levels[number].0[0] = 0
        isPlain = false
      }
    }
    // The mean values of the blocks have a transform of their own.
    func line(_ y: Int) -> SIMD4<Int32> {
      SIMD4(averages[4 * y], averages[4 * y + 1], averages[4 * y + 2], averages[4 * y + 3])
    }
    let half = map(BlockTransform.hadamard((line(0), line(1), line(2), line(3)))) { ($0 + 1) >> 1 }
    let meanLevels = map(half) { intra.luma.meanLevel($0) }
    let means = map(BlockTransform.hadamard(meanLevels)) { intra.luma.lumaMean($0) }
    for number in 0..<16 {
      let place = Self.place(number)
      var scaled = intra.luma.scaled(levels[number])
      let line =
        place.y == 0 ? means.0 : place.y == 1 ? means.1 : place.y == 2 ? means.2 : means.3
      scaled.0[0] = line[place.x]
      show(
        BlockTransform.inverse(scaled), predicted[number], shown.luma, x &+ 4 &* place.x,
        y &+ 4 &* place.y)
    }
    let chroma = transformChroma(frame, x, y, intra.chroma)
    bits.unsigned(
      (isKeyFrame ? 1 : 6) + prediction.direction.luma + 4 * chroma + (isPlain ? 0 : 12))
    bits.unsigned(prediction.direction.chroma)
    bits.signed(0)
    residual.writeMeans(meanLevels, 4 &* column, 4 &* row)
    for number in 0..<16 where !isPlain {
      let place = Self.place(number)
      residual.writeLuma(levels[number], 4 &* column &+ place.x, 4 &* row &+ place.y, first: 1)
    }
    writeChroma(chroma, column, row)
  }

  /// The levels of chroma, whose prediction is in ``predicted``.
  ///
  /// - Returns: 0 when there are none, 1 for levels of mean values only, else 2.
  private func transformChroma(
    _ frame: PlanarFrame, _ x: Int, _ y: Int, _ transform: BlockTransform
  ) -> Int {
    var pattern = 0
    for half in 0..<2 {
      let (source, target) =
        half == 0 ? (frame.planes.1, shown.blue) : (frame.planes.2, shown.red)
      var averages = SIMD4<Int32>.zero
      for number in 0..<4 {
        let place = 4 &* half &+ number &+ 16
        let real = source.block(x / 2 &+ 4 &* (number & 1), y / 2 &+ 2 &* (number & 2))
        let block = BlockTransform.forward(minus(real, predicted[place]))
        averages[number] = block.0[0]
        if transform.isDead(block, skipsFirst: true) {
          levels[place] = Self.zero
        } else {
          levels[place] = transform.levels(block)
          levels[place].0[0] = 0
          pattern = 2
        }
      }
      let turned = Self.square(averages)
      let means = SIMD4<Int32>(
        transform.meanLevel(turned[0]), transform.meanLevel(turned[1]),
        transform.meanLevel(turned[2]), transform.meanLevel(turned[3]))
      if means != .zero { pattern = max(pattern, 1) }
      if half == 0 { chromaMeans.0 = means } else { chromaMeans.1 = means }
      let shownMeans = Self.square(means)
      for number in 0..<4 {
        let place = 4 &* half &+ number &+ 16
        var scaled = transform.scaled(levels[place])
        scaled.0[0] = transform.chromaMean(shownMeans[number])
        show(
          BlockTransform.inverse(scaled), predicted[place], target,
          x / 2 &+ 4 &* (number & 1), y / 2 &+ 2 &* (number & 2))
      }
    }
    return pattern
  }

  private func writeChroma(_ pattern: Int, _ column: Int, _ row: Int) {
    guard pattern > 0 else { return }
    residual.writeChromaMeans(chromaMeans.0)
    residual.writeChromaMeans(chromaMeans.1)
    guard pattern == 2 else { return }
    for number in 0..<8 {
      residual.writeChroma(
        levels[16 &+ number], 1 &+ number / 4, 2 &* column &+ number & 1,
        2 &* row &+ (number & 2) / 2)
    }
  }

  /// The transform of 2 by 2 mean values, its own inverse but for a factor.
  private static func square(_ v: SIMD4<Int32>) -> SIMD4<Int32> {
    let (a, b, c, d) = (v[0] &+ v[1], v[2] &+ v[3], v[0] &- v[1], v[2] &- v[3])
    return SIMD4(a &+ b, c &+ d, a &- b, c &- d)
  }

  @inline(__always)
  private func minus(
    _ a: BlockTransform.Rows, _ b: BlockTransform.Rows
  ) -> BlockTransform.Rows { (a.0 &- b.0, a.1 &- b.1, a.2 &- b.2, a.3 &- b.3) }

  @inline(__always)
  private func map(
    _ rows: BlockTransform.Rows, _ change: (Int32) -> Int32
  ) -> BlockTransform.Rows {
    func each(_ row: SIMD4<Int32>) -> SIMD4<Int32> {
      SIMD4(change(row[0]), change(row[1]), change(row[2]), change(row[3]))
    }
    return (each(rows.0), each(rows.1), each(rows.2), each(rows.3))
  }

  @inline(__always)
  private func show(
    _ change: BlockTransform.Rows, _ old: BlockTransform.Rows, _ target: Plane, _ x: Int, _ y: Int
  ) {
    target.set(old.0 &+ change.0, x, y)
    target.set(old.1 &+ change.1, x, y &+ 1)
    target.set(old.2 &+ change.2, x, y &+ 2)
    target.set(old.3 &+ change.3, x, y &+ 3)
  }
}
