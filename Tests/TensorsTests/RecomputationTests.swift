import Tensors
import Testing

@Suite struct RecomputationTests {
  private struct Network {
    let first: Tensor
    let second: Tensor

    init() {
      let stream = RandomStream(seed: 4)
      first = stream.normal([16, 8]).requiresGrad()
      second = stream.normal([8, 16]).requiresGrad()
    }

    func callAsFunction(_ x: [Tensor]) -> [Tensor] {
      let hidden = x[0].linear(first).geluFast()
      return [x[0] + hidden.linear(second) * x[1], hidden]
    }

    /// Values, and gradients of weights and inputs.
    func run(recomputing: Bool) -> [[Float]] {
      for tensor in [first, second] { tensor.zeroGrad() }
      let stream = RandomStream(seed: 9)
      let (x, gate) = (stream.normal([4, 8]).requiresGrad(), stream.normal([4, 8]).requiresGrad())
      let one =
        recomputing ? Tensor.recomputed([x, gate], results: 2, callAsFunction) : self([x, gate])
      let two =
        recomputing
        ? Tensor.recomputed(one.prefix(1) + [gate], results: 2, callAsFunction)
        : self([one[0], gate])
      (two[0].square().sum() + one[1].sum()).backward()
      return [two[0], first.grad, second.grad, x.grad, gate.grad].map { $0?.floats() ?? [] }
    }
  }

  @Test func givesTheSameBits() {
    let network = Network()
    let kept = network.run(recomputing: false)
    #expect(kept.allSatisfy { !$0.isEmpty })
    #expect(network.run(recomputing: true) == kept)
  }

  @Test func givesTheSameInReducedPrecision() {
    let network = Network()
    let kept = Torch.autocast(.bfloat16) { network.run(recomputing: false) }
    let again = Torch.autocast(.bfloat16) { network.run(recomputing: true) }
    // A weight that is used twice has its gradients added in bfloat16 where it was rounded once.
    #expect(again[0] == kept[0])
    #expect(again[0] != network.run(recomputing: true)[0])
    for (a, b) in zip(again.joined(), kept.joined()) { #expect(abs(a - b) <= 0.02 * abs(b) + 20) }
  }

  @Test func keepsLessAndLeavesNothing() {
    let stream = RandomStream(seed: 1)
    let weights = (0..<8).map { _ in (stream.normal([64, 64]) * 0.1).requiresGrad() }
    let x = stream.normal([256, 64]).requiresGrad()
    func peak(recomputing: Bool) -> Int {
      MemoryWatch.peak {
        var y = x
        for weight in weights {
          let body: ([Tensor]) -> [Tensor] = { [$0[0].linear(weight).gelu().gelu().gelu().gelu()] }
          y = recomputing ? Tensor.recomputed([y], results: 1, body)[0] : body([y])[0]
        }
        y.sum().backward()
      }.peak
    }
    let before = Torch.liveTensors
    withExtendedLifetime((weights, x)) {
      #expect(peak(recomputing: true) * 2 < peak(recomputing: false))
      for weight in weights + [x] { weight.zeroGrad() }
      #expect(Torch.liveTensors == before)
    }
  }
}
