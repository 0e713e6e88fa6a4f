import CTorch

/// A reproducible source of random tensors: libtorch's CPU generator (Mersenne twister) with its own seed.
///
/// The numbers depend only on the seed (and index) and on what was drawn before, and not on the device that they are
/// for: they are drawn on the CPU and copied, unless a stream is asked to draw on a GPU itself, whose generator
/// (Philox) gives other numbers. A stream per index, as in
/// "example 17 of seed 3", makes results independent of order, batch size and number of workers.
/// Not Sendable: draws from two tasks would come in either order.
public final class RandomStream {
  private let generator: ct_generator
  /// Where the numbers are drawn.
  public let source: Device

  /// A stream from a seed.
  ///
  /// - Parameter source: where the numbers are drawn. A GPU draws millions in the time that the CPU takes to copy them.
  public init(seed: UInt64, drawnOn source: Device = .cpu) {
    guard let generator = ct_generator_new(seed, source.code) else { stop("RandomStream(seed:)") }
    self.generator = generator
    self.source = source
  }

  /// Stream number `index` of a family; neighbouring seeds and indices give unrelated streams.
  public convenience init(seed: UInt64, index: UInt64, drawnOn source: Device = .cpu) {
    self.init(
      seed: Self.mix(Self.mix(seed) ^ (index &+ 0x9E37_79B9_7F4A_7C15)), drawnOn: source)
  }

  deinit { ct_generator_release(generator) }

  /// Standard normal numbers.
  public func normal(
    _ shape: [Int], dtype: DType = .float32, device: Device = .standard
  ) -> Tensor {
    drawn(on: device) { ct_normal(shape, shape.count, generator, dtype.rawValue) }
  }

  /// Uniform numbers in [0, 1).
  public func uniform(
    _ shape: [Int], dtype: DType = .float32, device: Device = .standard
  ) -> Tensor {
    drawn(on: device) { ct_uniform(shape, shape.count, generator, dtype.rawValue) }
  }

  /// `count` int64 numbers from 0 ..< `upper`, with repetition.
  public func integers(_ upper: Int, _ count: Int, device: Device = .standard) -> Tensor {
    drawn(on: device) { ct_integers(upper, count, generator) }
  }

  private func drawn(
    on device: Device, _ operation: StaticString = #function, _ body: () -> ct_tensor?
  ) -> Tensor {
    let numbers = withExtendedLifetime(self) { Tensor.take(body(), operation) }
    return device == source ? numbers : numbers.to(device)
  }

  /// The finaliser of SplitMix64 (Steele, Lea and Flood 2014), which spreads every bit over all others.
  static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
