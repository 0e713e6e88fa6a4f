/// NumPy's legacy random numbers: MT19937 as `numpy.random.RandomState(seed)` runs it.
///
/// The official generators draw everything from it. Bit for bit: integer seeding, `rand` with 53
/// bits, `uniform`, and the `shuffle` of a list (Fisher and Yates from the end, each place drawn by
/// masked rejection). Python's own `random` runs the same generator from another start.
public struct MersenneTwister: Sendable {
  private static let size = 624
  private static let middle = 397

  private var state: [UInt32]
  private var position = Self.size

  /// The generator of `numpy.random.RandomState(seed)`, also that of `numpy.random.seed(seed)`.
  public init(seed: UInt32) {
    state = []
    state.reserveCapacity(Self.size)
    var value = seed
    for index in 0..<UInt32(Self.size) {
      state.append(value)
      value = 1_812_433_253 &* (value ^ (value >> 30)) &+ index &+ 1
    }
  }

  /// The generator of Python's `random.Random(seed)`, which mixes the seed in more thoroughly.
  public init(pythonSeed seed: UInt32) {
    self.init(seed: 19_650_218)
    var place = 1
    func mixed(_ factor: UInt32) -> UInt32 {
      state[place] ^ ((state[place - 1] ^ (state[place - 1] >> 30)) &* factor)
    }
    func advance() {
      place += 1
      if place == Self.size {
        state[0] = state[Self.size - 1]
        place = 1
      }
    }
    for _ in 0..<Self.size {
      state[place] = mixed(1_664_525) &+ seed
      advance()
    }
    for _ in 1..<Self.size {
      state[place] = mixed(1_566_083_941) &- UInt32(place)
      advance()
    }
    state[0] = 0x8000_0000
  }

  /// The next 32 random bits.
  public mutating func next() -> UInt32 {
    if position == Self.size { refill() }
    var word = state[position]
    position += 1
    word ^= word >> 11
    word ^= (word << 7) & 0x9D2C_5680
    word ^= (word << 15) & 0xEFC6_0000
    return word ^ (word >> 18)
  }

  /// `numpy.random.rand()`: a number in [0, 1) of 53 random bits from two words.
  public mutating func unit() -> Double {
    let high = next() >> 5
    let low = next() >> 6
    return (Double(high) * 67_108_864 + Double(low)) / 9_007_199_254_740_992
  }

  /// `numpy.random.uniform(low, high)`.
  public mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * unit()
  }

  /// NumPy's `random_interval`: a whole number from 0 to `maximum`, both included.
  public mutating func interval(_ maximum: UInt32) -> UInt32 {
    if maximum == 0 { return 0 }
    let mask = UInt32.max >> UInt32(maximum.leadingZeroBitCount)
    while true {
      let value = next() & mask
      if value <= maximum { return value }
    }
  }

  /// `numpy.random.shuffle` of a list.
  public mutating func shuffle<Element>(_ list: inout [Element]) {
    for index in stride(from: list.count - 1, to: 0, by: -1) {
      list.swapAt(index, Int(interval(UInt32(truncatingIfNeeded: index))))
    }
  }

  /// Python's `random.randrange(count)`, also the place that `random.choice` takes; `count` is above 0.
  public mutating func pythonInteger(below count: UInt32) -> UInt32 {
    let unused = UInt32(count.leadingZeroBitCount)
    while true {
      let value = next() >> unused
      if value < count { return value }
    }
  }

  private mutating func refill() {
    state.withUnsafeMutableBufferPointer { state in
      for index in 0..<Self.size {
        let next = index + 1 == Self.size ? 0 : index + 1
        let word = (state[index] & 0x8000_0000) | (state[next] & 0x7FFF_FFFF)
        let twist = word & 1 == 0 ? 0 : 0x9908_B0DF as UInt32
        let far = index + Self.middle
        state[index] = state[far < Self.size ? far : far - Self.size] ^ (word >> 1) ^ twist
      }
    }
    position = 0
  }
}
