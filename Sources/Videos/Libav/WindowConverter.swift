import CFFmpeg
import Foundation

/// Converts frames that are white but for a few bodies to yuv420p.
///
/// libswscale takes as long for a frame as a fast encoder. Only a window around what is not white
/// goes through it; the white border is wider than the filters' reach, so that every byte is what
/// converting the whole frame gives.
final class WindowConverter {
  /// Pixels of white around what is in a window; the filters reach four.
  private static let border = 8
  /// What places and sizes are multiples of: even numbers keep the halved colour planes in step;
  /// along the rows sixteen keeps vector code in step as well.
  private static let columnStep = 16
  private static let rowStep = 2

  private let video: Video
  /// For each frame the place of its window; nil where all is white.
  private let places: [(row: Int, column: Int)?]
  private let source: Picture
  private let small: Picture
  private let converter: PixelConverter
  private let white: [UInt8]
  /// Where the target still shows the last frame.
  private var last: (row: Int, column: Int)?

  /// Nil where windows would not be smaller than half of the frames. `target` becomes white.
  init?(_ video: Video, _ target: Picture) throws(LibavError) {
    guard video.width.isMultiple(of: WindowConverter.columnStep),
      video.height.isMultiple(of: WindowConverter.rowStep)
    else { return nil }
    let areas = WindowConverter.areas(of: video)
    let width = WindowConverter.extent(
      areas.compactMap { $0?.columns }, step: WindowConverter.columnStep, limit: video.width)
    let height = WindowConverter.extent(
      areas.compactMap { $0?.rows }, step: WindowConverter.rowStep, limit: video.height)
    guard width * height * 2 <= video.width * video.height else { return nil }
    self.video = video
    places = areas.map { area in
      area.map {
        (
          row: WindowConverter.start(
            $0.rows, height, step: WindowConverter.rowStep, limit: video.height),
          column: WindowConverter.start(
            $0.columns, width, step: WindowConverter.columnStep, limit: video.width)
        )
      }
    }
    source = try Picture(width: width, height: height, format: AV_PIX_FMT_RGB24)
    small = try Picture(width: width, height: height, format: AV_PIX_FMT_YUV420P)
    converter = try PixelConverter(
      width: width, height: height, from: AV_PIX_FMT_RGB24, to: AV_PIX_FMT_YUV420P)
    // What libswscale makes of white, and a target full of it.
    source.fill(plane: 0, with: 255, rows: 0..<height, bytes: 0..<(width * 3))
    try converter.convert(source, into: small)
    var white: [UInt8] = []
    for plane in 0..<3 {
      let half = plane == 0 ? 1 : 2
      white.append(small.plane(plane)?.bytes.pointee ?? 0)
      target.fill(
        plane: plane, with: white[plane], rows: 0..<(video.height / half),
        bytes: 0..<(video.width / half))
    }
    self.white = white
  }

  /// Turns `target` from the frame before into frame `index`.
  func convert(_ index: Int, into target: Picture) throws(LibavError) {
    if let last {
      forEachPlane(last) { plane, rows, columns in
        target.fill(plane: plane, with: white[plane], rows: rows, bytes: columns)
      }
    }
    last = places[index]
    guard let place = places[index] else { return }
    try source.prepareForWriting()
    try small.prepareForWriting()
    let rowBytes = Int(source.frame.pointee.width) * 3
    for row in 0..<Int(source.frame.pointee.height) {
      let start = ((index * video.height + place.row + row) * video.width + place.column) * 3
      source.copyIn(video.bytes[start..<(start + rowBytes)], row: row)
    }
    try converter.convert(source, into: small)
    forEachPlane(place) { plane, rows, columns in
      guard let from = small.plane(plane), let to = target.plane(plane) else { return }
      for (row, targetRow) in rows.enumerated() {
        (to.bytes + targetRow * to.stride + columns.lowerBound).update(
          from: from.bytes + row * from.stride, count: columns.count)
      }
    }
  }

  /// The window's rows and columns in each plane of the target.
  private func forEachPlane(
    _ place: (row: Int, column: Int), _ body: (Int, Range<Int>, Range<Int>) -> Void
  ) {
    let (width, height) = (Int(source.frame.pointee.width), Int(source.frame.pointee.height))
    for plane in 0..<3 {
      let half = plane == 0 ? 1 : 2
      body(
        plane, (place.row / half)..<((place.row + height) / half),
        (place.column / half)..<((place.column + width) / half))
    }
  }
}

extension WindowConverter {
  /// The side of a window for all of these: with a border on both sides, wherever it starts.
  private static func extent(_ ranges: [Range<Int>], step: Int, limit: Int) -> Int {
    let longest = ranges.map(\.count).max() ?? 0
    // The start may have to move by up to step - 1 pixels.
    return min((longest + 2 * border + 2 * (step - 1)) / step * step, limit)
  }

  /// Where a window of `extent` pixels around a range starts.
  private static func start(_ range: Range<Int>, _ extent: Int, step: Int, limit: Int) -> Int {
    let wished = (range.lowerBound - border) / step * step
    return max(min(wished, limit - extent), 0)
  }

  /// What is not white in each frame.
  private static func areas(of video: Video) -> [PixelArea?] {
    let rowBytes = video.width * 3
    let white = [UInt8](repeating: 255, count: rowBytes)
    return video.bytes.withUnsafeBytes { bytes in
      white.withUnsafeBytes { white in
        (0..<video.frames).map { frame in
          area(UnsafeRawBufferPointer(rebasing: bytes[(frame * video.frameSize)...]), video, white)
        }
      }
    }
  }

  private static func area(
    _ picture: UnsafeRawBufferPointer, _ video: Video, _ white: UnsafeRawBufferPointer
  ) -> PixelArea? {
    guard let start = picture.baseAddress, let white = white.baseAddress else { return nil }
    let rowBytes = video.width * 3
    var (low, high) = (rowBytes, 0)
    var rows: Range<Int>?
    for row in 0..<video.height {
      let line = start + row * rowBytes
      guard memcmp(line, white, rowBytes) != 0 else { continue }
      rows = (rows?.lowerBound ?? row)..<(row + 1)
      // Only what would widen the area is looked at closely.
      while low > 0, memcmp(line, white, low) != 0 { low -= 3 }
      while high < rowBytes, memcmp(line + high, white, rowBytes - high) != 0 { high += 3 }
    }
    return rows.map { PixelArea(rows: $0, columns: (low / 3)..<(high / 3)) }
  }
}
