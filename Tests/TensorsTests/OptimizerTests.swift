import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct OptimizerTests {
  static let makers: [@Sendable ([(name: String, tensor: Tensor)]) -> any Optimizer] = [
    { AdamW($0, lr: 0.05) }, { Muon($0, lr: 0.05, weightDecay: 0.1) },
  ]

  func parameters() -> [(name: String, tensor: Tensor)] {
    [("a.weight", [6, 2]), ("b.weight", [3, 4])].enumerated().map { i, item in
      let values = RandomStream(seed: 8, index: UInt64(i)).normal(item.1)
      return (item.0, values.requiresGrad())
    }
  }

  func train(_ optimizer: any Optimizer, steps: Range<UInt64>) {
    for step in steps {
      optimizer.zeroGrad()
      let x = RandomStream(seed: 9, index: step).normal([5, 2])
      let h = x.linear(optimizer.parameters[0].tensor).narrow(1, start: 0, length: 4).tanh()
      h.linear(optimizer.parameters[1].tensor).square().mean().backward()
      optimizer.step()
    }
  }

  /// A run that was stopped, saved to a file and continued ends with the same bits as one that was not.
  @Test(arguments: makers.indices) func continuingIsBitIdentical(index: Int) throws {
    let through = Self.makers[index](parameters())
    train(through, steps: 0..<10)

    let first = Self.makers[index](parameters())
    train(first, steps: 0..<6)
    let second = Self.makers[index](parameters())
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("optimizer.safetensors")
      try Safetensors.write(first.stateTensors(), to: file)
      try second.load(stateTensors: Safetensors.read(file).tensors)
    }
    for (to, from) in zip(second.parameters, first.parameters) {
      to.tensor.copy_(from: from.tensor)
    }
    train(second, steps: 6..<10)
    for (a, b) in zip(through.parameters, second.parameters) {
      #expect(a.tensor.rawBytes() == b.tensor.rawBytes())
    }

    // Without the state, the same continuation ends elsewhere: the comparison above can fail.
    let forgetful = Self.makers[index](parameters())
    for (to, from) in zip(forgetful.parameters, first.parameters) {
      to.tensor.copy_(from: from.tensor)
    }
    train(forgetful, steps: 6..<10)
    #expect(forgetful.parameters[0].tensor.rawBytes() != through.parameters[0].tensor.rawBytes())
  }

  @Test(arguments: makers.indices) func foreignStatesAreRefused(index: Int) throws {
    let optimizer = Self.makers[index](parameters())
    train(optimizer, steps: 0..<2)
    let good = optimizer.stateTensors()
    let before = good.mapValues { $0.rawBytes() }
    let name = try #require(good.keys.sorted().first)
    var state = good.mapValues { $0 + 1 }
    state[name] = nil
    #expect(throws: OptimizerStateError.missing(name)) { try optimizer.load(stateTensors: state) }
    state[name] = Tensor.zeros([9])
    #expect(throws: OptimizerStateError.self) { try optimizer.load(stateTensors: state) }
    state[name] = good[name]
    state["else"] = Tensor.zeros([1])
    #expect(throws: OptimizerStateError.unexpected("else")) {
      try optimizer.load(stateTensors: state)
    }
    #expect(optimizer.stateTensors().mapValues { $0.rawBytes() } == before)
  }

  @Test func messagesNameTheTensor() {
    let error = OptimizerStateError.shape(name: "exp_avg.w", found: [2], expected: [3])
    #expect(error.description.contains("“exp_avg.w” has shape [2], [3] is needed"))
  }
}
