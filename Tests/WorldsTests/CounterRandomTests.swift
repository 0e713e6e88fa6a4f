import Testing
import Worlds

struct CounterRandomTests {
  static func values(_ recipe: String, _ seed: UInt64, _ index: UInt64, _ count: Int) -> [UInt64] {
    var random = CounterRandom(recipe: recipe, seed: seed, index: index)
    return (0..<count).map { _ in random.next() }
  }

  /// Frozen: data sets are named by recipe and seed, so these numbers must never change.
  @Test func knownAnswers() {
    #expect(
      Self.values("", 0, 0, 3)
        == [0x09D3_5C9C_4233_772A, 0xA4F6_8886_43D0_908D, 0x41F0_6E09_B361_47F1])
    #expect(
      Self.values("uniform_motion", 42, 7, 3)
        == [0xF1CC_35B2_C074_218A, 0x6FC6_AC3B_870D_7367, 0x2A6D_5347_755A_3223])
    #expect(
      Self.values("größe", .max, .max, 3)
        == [0xAC93_042F_4B55_6186, 0x7C0A_383B_78F3_BCE8, 0xCA86_B57D_A7E5_2C42])
    var random = CounterRandom(recipe: "uniform_motion", seed: 42, index: 7)
    #expect(random.unit() == 0.9445222436338132)
  }

  @Test func everyKeyPartMatters() {
    let base = Self.values("a", 1, 1, 4)
    #expect(base == Self.values("a", 1, 1, 4))
    for other in [
      Self.values("b", 1, 1, 4), Self.values("a", 2, 1, 4), Self.values("a", 1, 2, 4),
      Self.values("a", 1, 0, 4), Self.values("", 1, 1, 4),
    ] { #expect(Set(base).isDisjoint(with: other)) }
  }

  @Test func neighbouringStreamsDoNotRepeat() {
    var seen: Set<UInt64> = []
    for seed in 0..<20 {
      for index in 0..<500 {
        seen.formUnion(Self.values("recipe", UInt64(seed), UInt64(index), 3))
      }
    }
    #expect(seen.count == 20 * 500 * 3)
  }

  /// Chi-square with 63 degrees of freedom: mean 63, standard deviation 11.2.
  @Test(arguments: [0, 1, 2])
  func drawsAreEvenAcrossIndices(position: Int) {
    var bins = [Int](repeating: 0, count: 64)
    let count = 64_000
    for index in 0..<count {
      var random = CounterRandom(recipe: "even", seed: 9, index: UInt64(index))
      for _ in 0..<position { _ = random.unit() }
      bins[Int(random.unit() * 64)] += 1
    }
    let expected = Double(count) / 64
    let square = bins.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) }
    #expect((25...115).contains(square / expected))
  }

  @Test func neighboursAreUncorrelated() {
    let count = 20_000
    let draws = (0...count).map { index in
      var random = CounterRandom(recipe: "pairs", seed: 3, index: UInt64(index))
      return random.unit() - 0.5
    }
    let products = zip(draws, draws.dropFirst()).reduce(0.0) { $0 + $1.0 * $1.1 }
    // The product of two even draws has standard deviation 1/12.
    #expect(abs(products / Double(count)) < 5.0 / 12 / Double(count).squareRoot())
  }

  @Test func uniformStaysInItsRange() {
    var random = CounterRandom(recipe: "range", seed: 0, index: 0)
    for _ in 0..<10_000 {
      let value = random.uniform(-2, 5)
      #expect(value >= -2 && value < 5)
      #expect(random.uniform(3, 3) == 3)
    }
  }
}
