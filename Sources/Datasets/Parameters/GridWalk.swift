/// The values of an axis, each with the boxes of the grid's sieve that hold it.
struct GridAxis: Sendable {
  let name: String
  let values: [Double]
  let masks: [UInt64]

  init(name: String, values: [Double], sieve: BoxSieve) {
    self.name = name
    self.values = values
    masks = sieve.isOpen ? [] : values.map { sieve.mask(of: $0, name) }
  }
}

/// Which points of a grid its holes and boxes to keep leave: every box is one bit.
struct BoxSieve: Sendable {
  private let boxes: [[String: ClosedRange<Double>]]
  private let holes: UInt64
  private let keeping: UInt64

  init(_ grid: Grid) {
    func bits(_ count: Int) -> UInt64 { count >= 64 ? .max : 1 << UInt64(count) - 1 }
    let kept = grid.keeping ?? []
    boxes = grid.holes + kept
    holes = bits(grid.holes.count)
    keeping = bits(boxes.count) & ~bits(grid.holes.count)
  }

  /// Whether no point is left out.
  var isOpen: Bool { boxes.isEmpty }

  /// The boxes that hold a value of a parameter, or do not name the parameter.
  func mask(of value: Double, _ name: String) -> UInt64 {
    var mask: UInt64 = 0
    for (bit, box) in boxes.enumerated() where box[name].map({ $0.contains(value) }) ?? true {
      mask |= 1 << UInt64(bit)
    }
    return mask
  }

  /// Whether a point is left, given the boxes that hold all of its values.
  @inline(__always)
  func keeps(_ mask: UInt64) -> Bool {
    mask & holes == 0 && (keeping == 0 || mask & keeping != 0)
  }
}

/// A place in a grid that moves on to the next point, the last axis fastest.
struct GridWalk {
  private let axes: [GridAxis]
  private var indices: [Int]
  private var outerMask: UInt64 = .max
  /// The values of the present point.
  private(set) var values: [Double]
  /// The boxes that hold the present point.
  private(set) var mask: UInt64 = .max

  /// The place of a point, counted over the uncut grid.
  init(axes: [GridAxis], at flat: Int = 0) {
    self.axes = axes
    indices = Array(repeating: 0, count: axes.count)
    values = Array(repeating: 0, count: axes.count)
    var rest = flat
    for axis in axes.indices.reversed() {
      let count = axes[axis].values.count
      indices[axis] = rest % count
      rest /= count
      values[axis] = axes[axis].values[indices[axis]]
    }
    updateOuterMask()
    updateMask()
  }

  /// Moves on; behind the last point comes the first.
  mutating func advance() {
    let last = axes.count - 1
    var axis = last
    while true {
      indices[axis] += 1
      if indices[axis] < axes[axis].values.count { break }
      indices[axis] = 0
      values[axis] = axes[axis].values[0]
      if axis == 0 { break }
      axis -= 1
    }
    values[axis] = axes[axis].values[indices[axis]]
    if axis != last { updateOuterMask() }
    updateMask()
  }

  private mutating func updateOuterMask() {
    outerMask = .max
    for axis in axes.indices.dropLast() where !axes[axis].masks.isEmpty {
      outerMask &= axes[axis].masks[indices[axis]]
    }
  }

  private mutating func updateMask() {
    let last = axes.count - 1
    mask = axes[last].masks.isEmpty ? outerMask : outerMask & axes[last].masks[indices[last]]
  }
}
