import Videos

/// Neighbouring pixels of one row in which the same ink is strongest.
struct InkRun {
  /// The row, and the columns from `low` up to but not including `high`; counted within the window.
  let row, low, high: Int32
  let ink: InkClass
  /// Another run of the same object, or the run itself: a forest for `InkRuns.root(of:)`.
  var parent: Int32
  /// Sums of the three channels.
  var channels: SIMD4<Int32> = .zero
  /// Σ w, Σ w x, Σ w x² of the coverages.
  var weight, weightX, weightXX: Int64

  @inline(__always)
  init(row: Int32, low: Int32, high: Int32, ink: InkClass, parent: Int32, sums: InkRunSums) {
    self.row = row
    self.low = low
    self.high = high
    self.ink = ink
    self.parent = parent
    channels = SIMD4(sums.red, sums.green, sums.blue, 0)
    weight = sums.weight
    weightX = sums.weightX
    weightXX = sums.weightXX
  }

  /// Number of pixels.
  @inline(__always) var count: Int32 { high &- low }
}

/// What is summed along a run.
struct InkRunSums {
  var red: Int32 = 0
  var green: Int32 = 0
  var blue: Int32 = 0
  var weight: Int64 = 0
  var weightX: Int64 = 0
  var weightXX: Int64 = 0

  @inline(__always)
  mutating func add(_ pixel: UnsafePointer<UInt8>, total: Int32, column: Int) {
    red &+= Int32(pixel[0])
    green &+= Int32(pixel[1])
    blue &+= Int32(pixel[2])
    let x = Int64(column)
    let w = Int64(total)
    weight &+= w
    weightX &+= w &* x
    weightXX &+= w &* x &* x
  }

  /// Adds a pixel that is covered wholly.
  @inline(__always)
  mutating func addOne(of ink: InkClass, at column: Int) {
    switch ink {
    case .red: red &+= 255
    case .blue: blue &+= 255
    case .black: break
    }
    let x = Int64(column)
    weight &+= 255
    weightX &+= 255 &* x
    weightXX &+= 255 &* x &* x
  }

  /// Adds eight pixels that are covered wholly.
  @inline(__always)
  mutating func addEight(of ink: InkClass, from column: Int) {
    switch ink {
    case .red: red &+= 8 * 255
    case .blue: blue &+= 8 * 255
    case .black: break
    }
    let x = Int64(column)
    weight &+= 8 * 255
    weightX &+= 255 &* (8 &* x &+ 28)
    weightXX &+= 255 &* (8 &* x &* x &+ 56 &* x &+ 140)
  }
}
