/// Puts frames of several videos into one picture, a row for each video.
public enum Filmstrip {
  /// The grey between the frames.
  private static let gapColor: UInt8 = 160

  /// A picture of chosen frames: one row per video, one column per frame index.
  ///
  /// Pixels become `scale` by `scale` squares. A grey border of `gap` pixels surrounds every frame.
  /// Where a video has no frame of an index the place stays grey, as does the rest of a cell whose
  /// frame is smaller than the largest of its row or column.
  public static func image(
    rows: [Video], frameIndices: [Int], scale: Int = 1, gap: Int = 2
  ) -> Image {
    let scale = max(scale, 1)
    let gap = max(gap, 0)
    let cellWidth = (rows.map(\.width).max() ?? 0) * scale + gap
    let width = cellWidth * frameIndices.count + gap
    let height = rows.reduce(gap) { $0 + $1.height * scale + gap }
    var bytes = [UInt8](repeating: gapColor, count: width * height * 3)
    var top = gap
    for video in rows {
      for (column, index) in frameIndices.enumerated() where (0..<video.frames).contains(index) {
        let left = gap + column * cellWidth
        let start = index * video.frameSize
        for y in 0..<(video.height * scale) {
          var target = ((top + y) * width + left) * 3
          let source = start + (y / scale) * video.width * 3
          for x in 0..<(video.width * scale) {
            let pixel = source + (x / scale) * 3
            bytes[target] = video.bytes[pixel]
            bytes[target + 1] = video.bytes[pixel + 1]
            bytes[target + 2] = video.bytes[pixel + 2]
            target += 3
          }
        }
      }
      top += video.height * scale + gap
    }
    return Image(width: width, height: height, bytes: bytes)
  }
}
