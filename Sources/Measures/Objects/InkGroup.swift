import Videos

/// One object of a frame as sums over its pixels.
struct InkGroup {
  /// The ink of its runs.
  let ink: InkClass
  /// Coverage moments, within the window, rows counted downwards; 255 is a covered pixel.
  var moments = InkMoments()
  /// Sums of the three channels over the pixels of its runs.
  var channels = SIMD4<Int64>()
  /// Number of pixels of its runs.
  var count: Int64 = 0
  /// The columns and rows of its pixels, first and last, rims included.
  var low = SIMD2<Int32>(repeating: .max)
  var high = SIMD2<Int32>(repeating: .min)

  init(ink: InkClass) { self.ink = ink }

  /// Adds a run.
  @inline(__always)
  mutating func add(_ run: InkRun) {
    moments.add(
      Double(run.weight), Double(run.weightX), Double(run.weightXX), row: Double(run.row))
    channels &+= SIMD4<Int64>(truncatingIfNeeded: run.channels)
    count &+= Int64(run.count)
    low = pointwiseMin(low, SIMD2(run.low, run.row))
    high = pointwiseMax(high, SIMD2(run.high &- 1, run.row))
  }

  /// Adds a pixel of its rim.
  @inline(__always)
  mutating func add(rim weight: Int32, column: Int, row: Int) {
    moments.add(pixel: Double(weight), column: Double(column), row: Double(row))
    let place = SIMD2(Int32(truncatingIfNeeded: column), Int32(truncatingIfNeeded: row))
    low = pointwiseMin(low, place)
    high = pointwiseMax(high, place)
  }
}

extension InkScan {
  /// The objects of the frame that was read last.
  mutating func groups(in video: Video, frame: Int) -> [InkGroup] {
    if !contacts.isEmpty { absorbFringes() }
    var groups: [InkGroup] = []
    var numbers = [Int32](repeating: -1, count: runs.count)
    for index in runs.indices {
      let root = Int(root(of: Int32(truncatingIfNeeded: index)))
      if numbers[root] < 0 {
        numbers[root] = Int32(truncatingIfNeeded: groups.count)
        groups.append(InkGroup(ink: runs[root].ink))
      }
      numbers[index] = numbers[root]
      groups[Int(numbers[index])].add(runs[index])
    }
    video.bytes.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return }
      let window = InkWindow(start, video, frame: frame, area)
      shareContacts(window, &groups, numbers)
      addRims(window, &groups, numbers)
    }
    return groups
  }

  /// Gives thin edges to the object they surround.
  ///
  /// Codecs that halve the colour resolution leave dark or purple edges around balls. An object
  /// belongs to a larger one if most of its pixels touch it.
  private mutating func absorbFringes() {
    var count = [Int32](repeating: 0, count: runs.count)
    for index in runs.indices {
      count[Int(root(of: Int32(truncatingIfNeeded: index)))] += runs[index].count
    }
    var touching = [Int32](repeating: 0, count: runs.count)
    var partner = [Int32](repeating: -1, count: runs.count)
    for contact in contacts {
      let (first, second) = (root(of: contact.first), root(of: contact.second))
      for (small, large) in [(first, second), (second, first)] {
        let small = Int(small)
        touching[small] += contact.length
        if partner[small] < 0 || count[Int(partner[small])] < count[Int(large)] {
          partner[small] = large
        }
      }
    }
    for index in runs.indices where runs[index].parent == Int32(truncatingIfNeeded: index) {
      let large = partner[index]
      guard large >= 0, 10 * touching[index] >= 6 * count[index],
        2 * count[index] < count[Int(large)]
      else { continue }
      unite(large, Int32(truncatingIfNeeded: index))
    }
  }

  /// Divides the pixels along which objects touch: each gets what its ink covers of them.
  private mutating func shareContacts(
    _ window: InkWindow, _ groups: inout [InkGroup], _ numbers: [Int32]
  ) {
    for contact in contacts {
      for (own, other) in [(contact.first, contact.second), (contact.second, contact.first)] {
        let (giver, taker) = (Int(numbers[Int(own)]), Int(numbers[Int(other)]))
        guard giver != taker else { continue }
        let (run, neighbour) = (runs[Int(own)], runs[Int(other)])
        let row = Int(run.row)
        for column in Int(
          max(run.low, neighbour.low &- 1))..<Int(
            min(run.high, neighbour.high &+ 1))
        {
          // A pixel is divided once, though it may touch several runs.
          let place = (row + 1) * stride + 1 + column
          guard owners[place] > 0 else { continue }
          owners[place] = -owners[place]
          let share = window.ink(row: row, column: column).share(of: groups[taker].ink)
          guard share >= floor, groups[taker].ink != groups[giver].ink else { continue }
          let (weight, x, y) = (Double(share), Double(column), Double(row))
          groups[giver].moments.add(pixel: -weight, column: x, row: y)
          groups[taker].moments.add(pixel: weight, column: x, row: y)
        }
      }
    }
  }

  /// Adds the pixels around objects that are too pale for a run.
  private func addRims(_ window: InkWindow, _ groups: inout [InkGroup], _ numbers: [Int32]) {
    let around = [-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1]
    for place in rims {
      var first = -1
      var second = -1
      for step in around {
        let owner = abs(owners[Int(place) + step])
        guard owner > 0 else { continue }
        let group = Int(numbers[Int(owner) - 1])
        if first < 0 {
          first = group
        } else if group != first, groups[group].ink != groups[first].ink {
          second = group
        }
      }
      guard first >= 0 else { continue }
      let row = Int(place) / stride - 1
      let column = Int(place) % stride - 1
      let ink = window.ink(row: row, column: column)
      if second < 0 {
        groups[first].add(rim: ink.total, column: column, row: row)
      } else {
        for group in [first, second] {
          let share = ink.share(of: groups[group].ink)
          if share >= floor { groups[group].add(rim: share, column: column, row: row) }
        }
      }
    }
  }
}
