import Foundation
import Tensors
import Testing

@Suite struct AdamWTests {
  /// The formulas for one number at a time.
  struct Reference {
    var values: [Double]
    var m: [Double]
    var v: [Double]
    var t = 0.0

    init(_ values: [Double]) {
      self.values = values
      m = values.map { _ in 0 }
      v = m
    }

    mutating func step(
      _ gradients: [Double], lr: Double, beta1: Double, beta2: Double, decay: Double, eps: Double
    ) {
      t += 1
      for i in values.indices {
        values[i] -= lr * decay * values[i]
        m[i] = beta1 * m[i] + (1 - beta1) * gradients[i]
        v[i] = beta2 * v[i] + (1 - beta2) * gradients[i] * gradients[i]
        let mean = m[i] / (1 - pow(beta1, t))
        let square = v[i] / (1 - pow(beta2, t))
        values[i] -= lr * mean / (square.squareRoot() + eps)
      }
    }
  }

  @Test func followsTheFormulasWhileTheLearningRateChanges() {
    let start = numbers([7])
    let parameter = (start + 0).requiresGrad()
    let optimizer = AdamW([("p", parameter)], betas: (0.8, 0.95), weightDecay: 0.1, eps: 1e-6)
    var reference = Reference(start.doubles())
    for step in 1...6 {
      let gradient = numbers([7], seed: UInt64(step) + 10)
      parameter.grad = gradient
      optimizer.lr = 0.1 / Double(step)
      optimizer.step()
      reference.step(
        gradient.doubles(), lr: 0.1 / Double(step), beta1: 0.8, beta2: 0.95, decay: 0.1, eps: 1e-6)
    }
    expectClose(parameter, Tensor(doubles: reference.values, [7]), 1e-12)
  }

  @Test func defaultsAreThoseOfThePaper() {
    let optimizer = AdamW([("p", Tensor.zeros([1]))])
    #expect(optimizer.betas == (0.9, 0.999))
    #expect(optimizer.eps == 1e-8)
  }

  @Test func aParameterWithoutGradientStaysAndItsCountToo() {
    let (a, b) = (Tensor.ones([2]).requiresGrad(), Tensor.ones([2]).requiresGrad())
    let optimizer = AdamW([("a", a), ("b", b)], lr: 0.1, weightDecay: 0.5)
    optimizer.step()
    a.grad = Tensor.ones([2])
    optimizer.step()
    #expect(b.floats() == [1, 1])
    #expect(a.floats() != [1, 1])
    #expect(optimizer.stateTensors()["step.a"]?.item() == 1)
    #expect(optimizer.stateTensors()["step.b"]?.item() == 0)
    optimizer.zeroGrad()
    #expect(a.grad == nil)
  }
}
