extension Image {
  /// The part of the picture in some columns; the whole height.
  ///
  /// - Precondition: the columns are within the picture.
  public func columns(_ range: Range<Int>) -> Image {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= width, "columns \(range) of \(width)")
    var part = [UInt8]()
    part.reserveCapacity(range.count * height * 3)
    for row in 0..<height {
      let start = (row * width + range.lowerBound) * 3
      part += bytes[start..<(start + range.count * 3)]
    }
    return Image(width: range.count, height: height, bytes: part)
  }

  /// The picture at another size: the mean over blocks where whole blocks of pixels become one, else
  /// linear interpolation between pixel centres, over as many pixels as one new pixel covers.
  ///
  /// The picture's edges stay its edges, so that a centre of mass keeps its place.
  ///
  /// - Precondition: the new sides are positive, and the picture has pixels.
  public func resized(width newWidth: Int, height newHeight: Int) -> Image {
    precondition(newWidth > 0 && newHeight > 0 && width > 0 && height > 0)
    if newWidth == width, newHeight == height { return self }
    if width.isMultiple(of: newWidth), height == newHeight * (width / newWidth) {
      let video = Video(frames: 1, height: height, width: width, bytes: bytes)
      if let small = try? video.areaAveraged(to: newWidth) { return small.frame(0) }
    }
    let rows = ResamplingTaps(from: height, to: newHeight)
    let columns = ResamplingTaps(from: width, to: newWidth)
    // First down the columns, then along the rows.
    var narrow = [Float](repeating: 0, count: newHeight * width * 3)
    for row in 0..<newHeight {
      for (source, weight) in rows.taps(row) {
        let (from, to) = (source * width * 3, row * width * 3)
        for byte in 0..<(width * 3) { narrow[to + byte] += weight * Float(bytes[from + byte]) }
      }
    }
    var resized = [UInt8](repeating: 0, count: newHeight * newWidth * 3)
    for row in 0..<newHeight {
      for column in 0..<newWidth {
        var pixel = SIMD3<Float>.zero
        for (source, weight) in columns.taps(column) {
          let from = (row * width + source) * 3
          pixel += weight * SIMD3(narrow[from], narrow[from + 1], narrow[from + 2])
        }
        let to = (row * newWidth + column) * 3
        for channel in 0..<3 {
          resized[to + channel] = UInt8(max(0, min(255, pixel[channel].rounded())))
        }
      }
    }
    return Image(width: newWidth, height: newHeight, bytes: resized)
  }
}

extension Video {
  /// Every frame at another size; see ``Image/resized(width:height:)``.
  public func resized(width newWidth: Int, height newHeight: Int) -> Video {
    if newWidth == width, newHeight == height { return self }
    if width.isMultiple(of: newWidth), height == newHeight * (width / newWidth),
      let small = try? areaAveraged(to: newWidth)
    {
      return small
    }
    var resized = [UInt8]()
    resized.reserveCapacity(frames * newWidth * newHeight * 3)
    for index in 0..<frames {
      resized += frame(index).resized(width: newWidth, height: newHeight).bytes
    }
    return Video(frames: frames, height: newHeight, width: newWidth, bytes: resized)
  }
}

/// Along one axis: which old pixels make a new one, and their shares, which add up to 1.
private struct ResamplingTaps {
  private var starts: [Int] = []
  private var weights: [(source: Int, weight: Float)] = []

  init(from old: Int, to new: Int) {
    let scale = Double(old) / Double(new)
    let reach = max(scale, 1)
    for index in 0..<new {
      starts.append(weights.count)
      let centre = (Double(index) + 0.5) * scale - 0.5
      let first = max(0, Int((centre - reach).rounded(.up)))
      let last = min(old - 1, Int((centre + reach).rounded(.down)))
      let shares = (first...max(first, last)).map { max(0, 1 - abs(Double($0) - centre) / reach) }
      let sum = shares.reduce(0, +)
      for (offset, share) in shares.enumerated() where share > 0 {
        weights.append((min(first + offset, old - 1), Float(share / sum)))
      }
    }
    starts.append(weights.count)
  }

  func taps(_ index: Int) -> ArraySlice<(source: Int, weight: Float)> {
    weights[starts[index]..<starts[index + 1]]
  }
}
