import Videos

/// Finds the objects of one frame: connected areas of one ink, with their moments.
///
/// One pass over the painted window cuts its rows into runs of one ink and joins touching runs of
/// neighbouring rows. Then the soft rims, too pale to be part of a run, are added to the object they
/// touch. Where objects of different inks touch, pixels are shared between them by their inks.
/// Work and memory are bounded by the number of pixels, whatever they show.
struct InkScan: ~Copyable {
  /// Share of a pixel from which its strongest ink makes it part of an object, of 255.
  let seed: Int32
  /// Coverage from which a rim's pixels count, of 255.
  let floor: Int32

  /// The video's painted areas below `GroundLevel.bright`, where they are known already.
  var areas: [PixelArea?]?

  /// Runs of the frame, row by row.
  var runs: [InkRun] = []
  /// Touching runs of different inks and along how many pixels they touch.
  var contacts: [(first: Int32, second: Int32, length: Int32)] = []
  /// Per pixel of the window and a margin of one: the number of its run plus 1; 0 for none.
  private(set) var owners: UnsafeMutableBufferPointer<Int32>
  /// Pixels that may be rims: their places in `owners`.
  private(set) var rims: [Int32] = []
  /// Pixels in a row of `owners`.
  private(set) var stride = 0
  /// The window.
  private(set) var area: PixelArea

  init(seed: Double, floor: Double) {
    self.seed = Int32((seed * 255).rounded(.up))
    self.floor = Int32((floor * 255).rounded(.up))
    owners = .allocate(capacity: 0)
    area = PixelArea(rows: 0..<0, columns: 0..<0)
  }

  deinit { owners.deallocate() }
}

extension InkScan {
  /// Reads one frame; false where nothing is painted.
  mutating func read(_ video: Video, frame: Int) -> Bool {
    runs.removeAll(keepingCapacity: true)
    contacts.removeAll(keepingCapacity: true)
    rims.removeAll(keepingCapacity: true)
    // Runs need a channel below 255·(1 − seed), which is less than this level; rims are a pixel wide.
    guard
      let painted = areas.map({ $0[frame] }) ?? video.paintedArea(ofFrame: frame, below: .bright)
    else { return false }
    area = PixelArea(
      rows: max(painted.rows.lowerBound - 1, 0)..<min(painted.rows.upperBound + 1, video.height),
      columns: max(
        painted.columns.lowerBound - 1, 0)..<min(painted.columns.upperBound + 1, video.width))
    stride = area.columns.count + 2
    let needed = stride * (area.rows.count + 2)
    if owners.count < needed {
      owners.deallocate()
      owners = .allocate(capacity: needed)
    }
    owners[..<needed].update(repeating: 0)
    return video.bytes.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return false }
      let origin = start + frame * video.frameSize + area.columns.lowerBound * 3
      var previous = 0..<0
      for row in 0..<area.rows.count {
        let line = origin + (area.rows.lowerBound + row) * video.width * 3
        let first = runs.count
        cut(line, row: row)
        join(previous, with: first..<runs.count)
        previous = first..<runs.count
      }
      return !runs.isEmpty
    }
  }

  /// Cuts a row into runs and notes the pixels that may be rims.
  @inline(__always)
  private mutating func cut(_ line: UnsafePointer<UInt8>, row: Int) {
    let width = area.columns.count
    let place = (row + 1) * stride + 1
    var column = 0
    while column < width {
      let pixel = line + column &* 3
      // Most of a window is white, or of one ink: eight pixels are told from three words.
      if column &+ 8 <= width, EightPixels(pixel) == .white {
        column &+= 8
        continue
      }
      if pixel[0] & pixel[1] & pixel[2] == 255 {
        column &+= 1
        continue
      }
      let ink = PixelInk(pixel)
      if ink.total < floor {
        column &+= 1
        continue
      }
      let (strongest, share) = ink.strongest
      if share < seed {
        rims.append(Int32(truncatingIfNeeded: place + column))
        column &+= 1
        continue
      }
      column = run(of: strongest, line, from: column, row: row, place: place)
    }
  }

  /// Follows a run to its end and keeps it; returns the column after it.
  @inline(__always)
  private mutating func run(
    of strongest: InkClass, _ line: UnsafePointer<UInt8>, from low: Int, row: Int, place: Int
  ) -> Int {
    let width = area.columns.count
    let flat = EightPixels(of: strongest)
    var sums = InkRunSums()
    var column = low
    while column < width {
      let pixel = line + column &* 3
      if column &+ 8 <= width, EightPixels(pixel) == flat {
        sums.addEight(of: strongest, from: column)
        column &+= 8
        continue
      }
      if flat.beginsLike(pixel) {
        sums.addOne(of: strongest, at: column)
        column &+= 1
        continue
      }
      let ink = PixelInk(pixel)
      let (other, share) = ink.strongest
      guard share >= seed, other == strongest else { break }
      sums.add(pixel, total: ink.total, column: column)
      column &+= 1
    }
    let number = Int32(truncatingIfNeeded: runs.count)
    owners[(place &+ low)..<(place &+ column)].update(repeating: number &+ 1)
    let run = InkRun(
      row: Int32(truncatingIfNeeded: row), low: Int32(truncatingIfNeeded: low),
      high: Int32(truncatingIfNeeded: column), ink: strongest, parent: number, sums: sums)
    if let last = runs.last, last.row == run.row, last.high == run.low {
      contacts.append((number - 1, number, 1))
    }
    runs.append(run)
    return column
  }

  /// Joins the runs of a row with those above that they touch, corners included.
  @inline(__always)
  private mutating func join(_ above: Range<Int>, with below: Range<Int>) {
    var upper = above.lowerBound
    for lower in below {
      let run = runs[lower]
      // Runs that end before this one begins cannot touch the next ones either.
      while upper < above.upperBound, runs[upper].high < run.low { upper += 1 }
      var other = upper
      while other < above.upperBound, runs[other].low <= run.high {
        if runs[other].ink == run.ink {
          unite(Int32(truncatingIfNeeded: other), Int32(truncatingIfNeeded: lower))
        } else {
          // Corners touch along no length.
          let low = max(runs[other].low, run.low)
          let high = min(runs[other].high, run.high)
          contacts.append(
            (
              Int32(truncatingIfNeeded: other), Int32(truncatingIfNeeded: lower), high &- low
            ))
        }
        other += 1
      }
    }
  }
}

extension InkScan {
  /// The run that stands for the whole object of a run.
  @inline(__always)
  mutating func root(of run: Int32) -> Int32 {
    var run = run
    while runs[Int(run)].parent != run {
      let next = runs[Int(runs[Int(run)].parent)].parent
      runs[Int(run)].parent = next
      run = next
    }
    return run
  }

  /// Makes two runs parts of one object; the first object's root stays root.
  @inline(__always)
  mutating func unite(_ first: Int32, _ second: Int32) {
    let a = root(of: first)
    let b = root(of: second)
    if a != b { runs[Int(b)].parent = a }
  }
}
