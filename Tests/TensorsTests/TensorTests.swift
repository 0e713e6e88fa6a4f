import Tensors
import Testing

@Test func gradientOfAMeanOfSquares() {
  let a = Tensor([1, 2, 3], [3]).requiresGrad()
  (a * a).mean().backward()
  for (g, e) in zip(a.grad?.floats() ?? [], [2.0 / 3, 4.0 / 3, 2.0] as [Float]) {
    #expect(abs(g - e) < 1e-6)
  }
}
