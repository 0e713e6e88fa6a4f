/// Sums over the pixels of an object, weighted by coverage: Σ w xⁱ yʲ for i, j ≤ 2.
///
/// These nine are enough for place, extent and outline (see `OutlineReader`).
struct InkMoments {
  /// Σ w, Σ w x, Σ w x².
  var y0 = SIMD4<Double>()
  /// Σ w y, Σ w x y, Σ w x² y.
  var y1 = SIMD4<Double>()
  /// Σ w y², Σ w x y², Σ w x² y².
  var y2 = SIMD4<Double>()

  /// Adds one row's Σ w, Σ w x and Σ w x².
  @inline(__always)
  mutating func add(_ w: Double, _ wx: Double, _ wxx: Double, row: Double) {
    let sums = SIMD4(w, wx, wxx, 0)
    let times = sums * row
    y0 += sums
    y1 += times
    y2 += times * row
  }

  /// Adds one pixel; a negative weight takes it away.
  @inline(__always)
  mutating func add(pixel weight: Double, column: Double, row: Double) {
    add(weight, weight * column, weight * column * column, row: row)
  }

  static func += (a: inout InkMoments, b: InkMoments) {
    a.y0 += b.y0
    a.y1 += b.y1
    a.y2 += b.y2
  }

  /// Σ w.
  var mass: Double { y0[0] }
}

/// The moments of an object about its own centre, per unit of mass, in pixels.
struct CentralMoments {
  /// Mass in pixels: the number of pixels that the object would fill.
  let area: Double
  /// Centre.
  let x, y: Double
  /// Mean square offsets and mean product of offsets.
  let xx, yy, xy: Double
  /// How far the squares of the offsets are from independent: ⟨x²y²⟩ − ⟨x²⟩⟨y²⟩ − 2⟨xy⟩².
  ///
  /// The mixed fourth cumulant. Cumulants add when pictures are convolved, and those of a Gaussian
  /// vanish, so no Gaussian blur changes it.
  let dependence: Double

  /// - Parameter full: the weight of a pixel that is covered wholly.
  init(_ moments: InkMoments, full: Double) {
    let mass = moments.mass
    area = mass / full
    let (a, b, c) = (moments.y0 / mass, moments.y1 / mass, moments.y2 / mass)
    let (x, y) = (a[1], b[0])
    self.x = x
    self.y = y
    xx = a[2] - x * x
    yy = c[0] - y * y
    xy = b[1] - x * y
    let mixed =
      c[2] - 2 * x * c[1] + x * x * c[0] - 2 * y * (b[2] - 2 * x * b[1] + x * x * y)
      + y * y * (a[2] - x * x)
    dependence = mixed - xx * yy - 2 * xy * xy
  }
}
