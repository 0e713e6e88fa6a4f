/// Paints the bodies of a frame and averages square blocks of pixels, block row by block row.
///
/// The large picture never exists: a strip of it, as high as one block, is painted, averaged and
/// made white again. Blocks inside one colour are filled without averaging.
struct AveragingPainter {
  private let size: Int
  private let mean: BlockMean
  private var strip: [UInt8]
  private var runs: [BlockRun] = []

  /// The blocks of a block row that one body changes, and those it fills with its colour.
  private struct BlockRun {
    var touched: Span
    var flat: Span
    var brush: Brush
  }

  init(size: Int, factor: Int) {
    self.size = size
    mean = BlockMean(factor: factor)
    strip = [UInt8](repeating: 255, count: factor * size * 3)
  }

  /// Paints a frame of `size / factor` pixels that is white where the spots are.
  mutating func paint(
    _ spots: [Spot], with painter: FramePainter, into target: UnsafeMutablePointer<UInt8>
  ) {
    let factor = mean.factor
    guard let first = spots.map({ $0.area.rows.lowerBound }).min(),
      let end = spots.map({ $0.area.rows.upperBound }).max()
    else { return }
    let lineBytes = size / factor * 3
    // Taken out while it is written to, because the rest of self is read meanwhile.
    var strip: [UInt8] = []
    swap(&strip, &self.strip)
    defer { swap(&strip, &self.strip) }
    spots.withUnsafeBufferPointer { spots in
      strip.withUnsafeMutableBufferPointer { strip in
        guard let strip = strip.baseAddress else { return }
        for blockRow in (first / factor)...((end - 1) / factor) {
          runs.removeAll(keepingCapacity: true)
          for index in spots.indices {
            let run = paint(index, of: spots, blockRow, with: painter, into: strip)
            if !run.touched.isEmpty { runs.append(run) }
          }
          finish(strip, with: painter, into: target + blockRow * lineBytes)
        }
      }
    }
  }

  /// Paints one body's part of a block row into the strip.
  @inline(__always)
  private func paint(
    _ index: Int, of spots: UnsafeBufferPointer<Spot>, _ blockRow: Int,
    with painter: FramePainter, into strip: UnsafeMutablePointer<UInt8>
  ) -> BlockRun {
    let factor = mean.factor
    let top = blockRow * factor
    let spot = spots[index]
    var run = BlockRun(touched: .empty, flat: .empty, brush: spot.brush)
    let rows = spot.area.rows
    guard rows.lowerBound < top + factor, rows.upperBound > top else { return run }
    let below = FramePainter.below(index, spots)
    var reach = Span.empty
    var solid = Span(low: 0, high: size)
    for row in top..<(top + factor) {
      let cover = painter.paint(
        spot, row, over: below, into: strip + (row - top) * size * 3)
      // A hole makes all blocks worth averaging: rings are rare.
      if cover.solid.isEmpty || !cover.hole.isEmpty { solid = .empty }
      solid.low = max(solid.low, cover.solid.low)
      solid.high = min(solid.high, cover.solid.high)
      guard !cover.reach.isEmpty else { continue }
      reach.low = reach.isEmpty ? cover.reach.low : min(reach.low, cover.reach.low)
      reach.high = max(reach.high, cover.reach.high)
    }
    if !reach.isEmpty {
      run.touched = Span(low: reach.low / factor, high: (reach.high + factor - 1) / factor)
      run.flat = Span(low: (solid.low + factor - 1) / factor, high: solid.high / factor)
    }
    return run
  }

  /// Averages the strip into a row of the target and makes the strip white.
  @inline(__always)
  private func finish(
    _ strip: UnsafeMutablePointer<UInt8>, with painter: FramePainter,
    into line: UnsafeMutablePointer<UInt8>
  ) {
    for (index, run) in runs.enumerated() {
      // Where another body is in the same blocks, none of them is known to be flat.
      let isAlone = !runs.indices.contains {
        $0 != index && runs[$0].touched.low < run.touched.high
          && run.touched.low < runs[$0].touched.high
      }
      let flat =
        isAlone && !run.flat.isEmpty
        ? run.flat : Span(low: run.touched.high, high: run.touched.high)
      mean.average(strip, width: size, run.touched.low..<flat.low, into: line)
      painter.fill(run.brush, flat, into: line)
      mean.average(strip, width: size, flat.high..<run.touched.high, into: line)
    }
    for run in runs {
      let start = run.touched.low * mean.factor * 3
      let count = (run.touched.high - run.touched.low) * mean.factor * 3
      for row in 0..<mean.factor {
        (strip + row * size * 3 + start).update(repeating: 255, count: count)
      }
    }
  }
}
