import Tensors
import Testing

@Suite struct RandomStreamTests {
  @Test func theSeedDecides() {
    let (a, b) = (RandomStream(seed: 5), RandomStream(seed: 5))
    #expect(a.normal([100]).floats() == b.normal([100]).floats())
    #expect(a.uniform([7]).floats() == b.uniform([7]).floats())
    #expect(a.integers(10, 20).int64s() == b.integers(10, 20).int64s())
    #expect(
      RandomStream(seed: 6).normal([3]).floats() != RandomStream(seed: 5).normal([3]).floats())
  }

  @Test func theGlobalSeedDoesNot() {
    Torch.seed(1)
    let first = RandomStream(seed: 5).normal([10]).floats()
    Torch.seed(2)
    #expect(RandomStream(seed: 5).normal([10]).floats() == first)
  }

  /// Fixed for ever: another value would change every run that is repeated from its seed.
  ///
  /// The numbers are of NumPy's Mersenne twister, of which libtorch takes the lower 24 bits:
  /// `np.random.RandomState(5).randint(0, 2**32, 4, np.uint32) % 2**24 / 2**24`.
  @Test func numbersAreThoseOfTheMersenneTwister() {
    #expect(
      RandomStream(seed: 5).uniform([4]).doubles()
        == [0.8302518725395203, 0.12611091136932373, 0.9074696898460388, 0.8199270367622375])
  }

  @Test func indicesGiveUnrelatedStreams() {
    let count = 2000
    let streams = (0..<20 as Range<UInt64>).map {
      RandomStream(seed: 3, index: $0).normal([count], dtype: .float64)
    }
    for i in streams.indices {
      for j in 0..<i {
        let correlation = (streams[i] * streams[j]).mean().item()
        #expect(abs(correlation) < 5 / Double(count).squareRoot(), "streams \(i) and \(j)")
      }
    }
    let again = RandomStream(seed: 3, index: 7).normal([count], dtype: .float64)
    #expect(again.doubles() == streams[7].doubles())
    let other = RandomStream(seed: 7, index: 3).normal([count], dtype: .float64)
    #expect(other.doubles() != streams[7].doubles())
  }

  @Test func distributions() {
    let stream = RandomStream(seed: 1)
    let n = stream.normal([100_000])
    #expect(abs(n.mean().item()) < 0.02)
    #expect(abs(n.square().mean().item() - 1) < 0.02)
    let u = stream.uniform([100_000])
    #expect(abs(u.mean().item() - 0.5) < 0.01)
    #expect(u.amin().item() >= 0 && u.amax().item() < 1)
    let k = stream.integers(4, 10_000).int64s()
    #expect(Set(k) == [0, 1, 2, 3])
    #expect((0..<4).allSatisfy { v in (2300...2700).contains(k.filter { $0 == v }.count) })
  }

  @Test func tensorsFromAStream() {
    let a = Tensor.randn([4], stream: RandomStream(seed: 2), dtype: .float64)
    #expect(a.doubles() == RandomStream(seed: 2).normal([4], dtype: .float64).doubles())
    let b = Tensor.rand([4], stream: RandomStream(seed: 2))
    #expect(b.floats() == RandomStream(seed: 2).uniform([4]).floats())
  }
}
