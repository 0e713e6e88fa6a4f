import Worlds

/// Paints the bodies of a frame over white, in the official arithmetic but without most of it.
///
/// Officially every pixel is blended with every body in double precision and truncated at the end;
/// a blend may end at 254.99… where 255 was meant, and the official 254 comes from there. Here only
/// pixels on a soft rim are computed, from white up through the bodies in order; where a body covers
/// all of a pixel, (1 - 1) · below + 1 · colour is the colour itself, and rows of it are copied.
struct FramePainter {
  /// Places of the pixel columns, and of the rows counted from the bottom.
  let grid: UnsafeBufferPointer<Double>
  /// One row of pixels in each body colour.
  let flatRows: UnsafeBufferPointer<UInt8>

  /// Width and height of the picture in pixels.
  @inline(__always) var size: Int { grid.count }

  /// Paints a frame that is white where the spots are, each with the earlier ones below it.
  func paint(_ spots: [Spot], into target: UnsafeMutablePointer<UInt8>) {
    spots.withUnsafeBufferPointer { spots in
      for index in spots.indices {
        let below = FramePainter.below(index, spots)
        for row in spots[index].area.rows {
          paint(spots[index], row, over: below, into: target + row * size * 3)
        }
      }
    }
  }

  /// The earlier spots if any of them may lie under a spot; none otherwise.
  static func below(_ index: Int, _ spots: UnsafeBufferPointer<Spot>) -> UnsafeBufferPointer<Spot> {
    let earlier = UnsafeBufferPointer(rebasing: spots[..<index])
    let meets = earlier.contains { $0.area.meets(spots[index].area) }
    return meets ? earlier : UnsafeBufferPointer(rebasing: spots[..<0])
  }

  /// Paints what one body covers of one row; `line` is the row's first byte.
  @discardableResult @inline(__always)
  func paint(
    _ spot: Spot, _ row: Int, over below: UnsafeBufferPointer<Spot>,
    into line: UnsafeMutablePointer<UInt8>
  ) -> RowCover {
    guard let base = grid.baseAddress else { return RowCover() }
    let y = base[size - 1 - row]
    let cover = spot.row(at: y, base)
    if cover.solid.isEmpty {
      paintRim(spot, cover.reach, y, over: below, into: line)
      return cover
    }
    paintRim(
      spot, Span(low: cover.reach.low, high: cover.solid.low), y, over: below, into: line)
    if cover.hole.isEmpty {
      fill(spot.brush, cover.solid, into: line)
    } else {
      fill(spot.brush, Span(low: cover.solid.low, high: cover.hole.low), into: line)
      let clear =
        cover.clear.isEmpty ? Span(low: cover.hole.high, high: cover.hole.high) : cover.clear
      paintRim(spot, Span(low: cover.hole.low, high: clear.low), y, over: below, into: line)
      paintRim(spot, Span(low: clear.high, high: cover.hole.high), y, over: below, into: line)
      fill(spot.brush, Span(low: cover.hole.high, high: cover.solid.high), into: line)
    }
    paintRim(
      spot, Span(low: cover.solid.high, high: cover.reach.high), y, over: below, into: line)
    return cover
  }

  /// Gives pixels a body's own colour.
  @inline(__always)
  func fill(_ brush: Brush, _ span: Span, into line: UnsafeMutablePointer<UInt8>) {
    guard !span.isEmpty, let rows = flatRows.baseAddress else { return }
    (line + span.low * 3).update(from: rows + brush.flatRow, count: (span.high - span.low) * 3)
  }

  /// Blends the pixels of a soft edge.
  @inline(__always)
  private func paintRim(
    _ spot: Spot, _ span: Span, _ y: Double, over below: UnsafeBufferPointer<Spot>,
    into line: UnsafeMutablePointer<UInt8>
  ) {
    guard let base = grid.baseAddress else { return }
    var column = span.low
    while column < span.high {
      let x = base[column]
      var (red, green, blue) = (255.0, 255.0, 255.0)
      for lower in below {
        FramePainter.blend(lower, x, y, &red, &green, &blue)
      }
      FramePainter.blend(spot, x, y, &red, &green, &blue)
      let pixel = line + column * 3
      pixel[0] = UInt8(red)
      pixel[1] = UInt8(green)
      pixel[2] = UInt8(blue)
      column += 1
    }
  }

  @inline(__always)
  private static func blend(
    _ spot: Spot, _ x: Double, _ y: Double,
    _ red: inout Double, _ green: inout Double, _ blue: inout Double
  ) {
    let cover = spot.cover(x, y)
    red = (1 - cover) * red + cover * spot.brush.red
    green = (1 - cover) * green + cover * spot.brush.green
    blue = (1 - cover) * blue + cover * spot.brush.blue
  }
}
