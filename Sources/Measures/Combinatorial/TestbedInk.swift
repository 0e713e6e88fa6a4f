import Combinatorial

/// How much of a pixel has which of the testbed's colours, in quarters.
///
/// The full raster has no mixed pixels; a picture of half its size mixes four of them, and a coded
/// one something near. Each pixel is read as the mixture of four full pixels that comes nearest.
struct TestbedInk: Sendable {
  /// Quarters of red, gray and black; the rest is white.
  struct Quarters: Hashable, Sendable {
    var red: UInt8
    var gray: UInt8
    var black: UInt8
  }

  /// Bits of a channel by which mixtures are looked up.
  private static let bits = 6
  /// What each further colour of a mixture costs, squared grey levels: coded edges should not be
  /// explained by colours that are not there.
  private static let mixingCost: Float = 60

  /// The shared table.
  static let table = TestbedInk()

  private let quarters: [Quarters]

  private init() {
    let mixtures = Self.mixtures
    let side = 1 << Self.bits
    let step = Float(256 >> Self.bits)
    var quarters: [Quarters] = []
    quarters.reserveCapacity(side * side * side)
    for red in 0..<side {
      for green in 0..<side {
        for blue in 0..<side {
          let pixel = (SIMD3(Float(red), Float(green), Float(blue)) + 0.5) * step - 0.5
          var best = mixtures[0]
          var least = Float.infinity
          for mixture in mixtures {
            let offset = pixel - mixture.color
            let cost = (offset * offset).sum() + mixture.cost
            if cost < least { (best, least) = (mixture, cost) }
          }
          quarters.append(best.quarters)
        }
      }
    }
    self.quarters = quarters
  }

  private struct Mixture {
    var quarters: Quarters
    var color: SIMD3<Float>
    var cost: Float
  }

  private static let mixtures: [Mixture] = {
    func color(_ id: UInt8) -> SIMD3<Float> {
      let rgb = TestbedColor.rgb(ofID: id)
      return SIMD3(Float(rgb.red), Float(rgb.green), Float(rgb.blue))
    }
    let white = color(TestbedColor.background)
    let (red, gray, black) = (
      color(TestbedColor.red.id), color(TestbedColor.gray.id), color(TestbedColor.black.id)
    )
    var mixtures: [Mixture] = []
    for r in 0...4 {
      for g in 0...(4 - r) {
        for k in 0...(4 - r - g) {
          let parts = SIMD4(Float(r), Float(g), Float(k), Float(4 - r - g - k)) / 4
          let kinds = [r, g, k, 4 - r - g - k].count { $0 > 0 }
          mixtures.append(
            Mixture(
              quarters: Quarters(red: UInt8(r), gray: UInt8(g), black: UInt8(k)),
              color: red * parts.x + gray * parts.y + black * parts.z + white * parts.w,
              cost: mixingCost * Float(kinds - 1)))
        }
      }
    }
    return mixtures
  }()

  /// The mixture of a pixel.
  @inline(__always)
  func callAsFunction(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Quarters {
    let shift = 8 - Self.bits
    let index =
      (Int(red) >> shift) << (2 * Self.bits) | (Int(green) >> shift) << Self.bits
      | Int(blue) >> shift
    return quarters[index]
  }
}
