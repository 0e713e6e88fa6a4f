import Tensors
import Testing

@Suite struct FrozenConvolutionTests {
  static func pictures(_ shape: [Int], seed: UInt64) -> Tensor {
    RandomStream(seed: seed).normal(shape)
  }

  static func distance(_ a: Tensor, _ b: Tensor) -> Double { (a - b).abs().amax().item() }

  @Test(arguments: [false, true], [1, 2]) func isTheOrdinaryConvolution(relu: Bool, stride: Int) {
    let (x, w, b) = (
      Self.pictures([3, 5, 12, 14], seed: 1), Self.pictures([8, 5, 3, 3], seed: 2),
      Self.pictures([8], seed: 3)
    )
    let frozen = FrozenConvolution(
      weight: w, bias: b, stride: [stride, stride], padding: [1, 1], relu: relu,
      inputShape: x.shape)
    let plain = x.conv2d(w, b, stride: stride, padding: 1)
    for input in [x, x.channelsLast()] {
      #expect(Self.distance(frozen(input), relu ? plain.relu() : plain) < 1e-4)
    }
    // Another size than the one it was packed for.
    let other = Self.pictures([1, 5, 9, 7], seed: 4)
    let expected = other.conv2d(w, b, stride: stride, padding: 1)
    #expect(Self.distance(frozen(other), relu ? expected.relu() : expected) < 1e-4)
  }

  /// Over films: the window's frames one by one are convolutions of pictures.
  @Test func goesOverFilms() {
    let (x, w) = (
      Self.pictures([2, 4, 5, 8, 8], seed: 1), Self.pictures([6, 4, 3, 3, 3], seed: 2)
    )
    let frozen = FrozenConvolution(
      weight: w, bias: nil, stride: [1, 1, 1], padding: [0, 1, 1], relu: false,
      inputShape: x.shape)
    let output = frozen(x.channelsLast())
    #expect(output.shape == [2, 6, 3, 8, 8])
    for frame in 0..<3 {
      let parts = (0..<3).map {
        x.select(2, frame + $0).conv2d(w.select(2, $0), padding: 1)
      }
      #expect(Self.distance(output.select(2, frame), parts[0] + parts[1] + parts[2]) < 1e-4)
    }
  }

  /// The expression in the comment of `featureDistance`, and the same in one pass.
  @Test(arguments: [1, 3, 64]) func featureDistanceIsItsExpression(channels: Int) {
    let maps = Self.pictures([6, channels, 25, 30], seed: 5).relu()
    let weight = Self.pictures([channels], seed: 6).abs()
    let unit = maps / (maps.norm([1], keepDims: true) + 1e-10)
    let difference = unit.narrow(0, start: 0, length: 3) - unit.narrow(0, start: 3, length: 3)
    let expected = (difference.square() * weight.view([1, channels, 1, 1])).sum([1]).mean([1, 2])
    for input in [maps, maps.channelsLast()] {
      let distance = input.featureDistance(weight: weight)
      #expect(distance.shape == [3])
      #expect(Self.distance(distance, expected) < 1e-5)
    }
    let same = Tensor.cat([maps, maps]).channelsLast().featureDistance(weight: weight)
    #expect(same.floats() == [Float](repeating: 0, count: 6))
  }
}
