import Synchronization
import Tensors
import Testing
import Training

@Suite struct GradientExchangeTests {
  /// Three weights in a chain, so that `backward()` reaches the last first.
  private func weights() -> [Tensor] {
    (0..<3).map { Tensor([Float($0 + 1), 2], [2]).requiresGrad() }
  }

  @Test(arguments: [1, 12, 1 << 20]) func sumsAreThoseOfAllParts(_ bucketBytes: Int) throws {
    let seen = try together(2) { processes in
      let weights = weights()
      let exchange = GradientExchange(weights, processes, bucketBytes: bucketBytes)
      var answers: [[Float]] = []
      for step in 0..<2 {
        for weight in weights { weight.zeroGrad() }
        exchange.begin(parts: 2)
        var loss = 0.0
        for part in 0..<2 {
          let factor = Double(1 + part + 2 * processes.place.rank + step)
          let value = (weights[0] * weights[1] * weights[2]).sum() * factor
          value.backward()
          loss += value.item()
        }
        let whole = try exchange.finish(loss: loss)
        answers.append([Float(whole)] + weights.flatMap { $0.grad?.floats() ?? [] })
      }
      processes.leave()
      return answers
    }
    // Factors 1 to 4 and 2 to 5; the product is 6 and 8, its derivatives 6, 3, 2 and 4.
    func expected(_ factor: Float) -> [Float] {
      [14 * factor, 6 * factor, 4 * factor, 3 * factor, 4 * factor, 2 * factor, 4 * factor]
    }
    #expect(seen == Array(repeating: [expected(10), expected(14)], count: 2))
  }

  @Test func bucketsSetOutDuringBackward() throws {
    let seen = try together(2) { processes in
      let weights = weights()
      let exchange = GradientExchange(weights, processes, bucketBytes: 1)
      let early = Mutex(0)
      let first = weights[0] * 1
      // Tells how far the exchange has come when the way back reaches the beginning.
      let probe = Tensor([Float(0), 0], [2]).requiresGrad()
      let hook = GradientHook(probe) { [unowned exchange] in
        early.withLock { $0 = exchange.sent.buckets }
      }
      exchange.begin(parts: 1)
      let value = ((first + probe).tanh() * weights[1] * weights[2]).sum()
      value.backward()
      withExtendedLifetime(hook) {}
      _ = try exchange.finish(loss: value.item())
      let sent = exchange.sent
      processes.leave()
      return [early.withLock { $0 }, sent.buckets, sent.total]
    }
    #expect(seen == [[2, 3, 3], [2, 3, 3]])
  }

  @Test func whatNobodyUsesHasNoGradient() throws {
    let seen = try together(2) { processes in
      let weights = weights()
      let exchange = GradientExchange(weights, processes)
      exchange.begin(parts: 1)
      // Process 0 alone uses the second weight, nobody the third.
      let value = processes.isFirst ? weights[0] * weights[1] : weights[0] * 5
      value.sum().backward()
      _ = try exchange.finish(loss: 0)
      processes.leave()
      return weights.map { $0.grad?.floats() ?? [] }
    }
    #expect(seen == Array(repeating: [[7, 7], [1, 2], []], count: 2))
  }
}
