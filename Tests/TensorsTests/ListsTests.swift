import Tensors
import Testing

@Suite struct ListsTests {
  let a = [Tensor([1, 2] as [Float], [2]), Tensor([3] as [Float], [1])]
  let b = [Tensor([5, 6] as [Float], [2]), Tensor([7] as [Float], [1])]

  @Test func averages() {
    Tensor.foreachLerp_(a, b, 0.25)
    #expect(a.map { $0.floats() } == [[2, 3], [4]])
  }

  @Test func sumsAndProducts() {
    Tensor.foreachAdd_(a, b, alpha: -1)
    #expect(a.map { $0.floats() } == [[-4, -4], [-4]])
    Tensor.foreachMul_(a, 0.5)
    #expect(a.map { $0.floats() } == [[-2, -2], [-2]])
    Tensor.foreachMul_([], 2)
  }

  /// Parameters with gradients (3, 4) and (12), and one without.
  func parameters() -> [Tensor] {
    let p = a.map { $0.requiresGrad() } + [Tensor.zeros([5]).requiresGrad()]
    p[0].grad = Tensor([3, 4] as [Float], [2])
    p[1].grad = Tensor([12] as [Float], [1])
    return p
  }

  @Test func clippingGradients() {
    let p = parameters()
    #expect(Tensor.gradNorm(p) == 13)
    #expect(Tensor.clipGradNorm_(p, maxNorm: 20) == 13)
    #expect(p[0].grad?.floats() == [3, 4])
    #expect(Tensor.clipGradNorm_(p, maxNorm: 1.3) == 13)
    #expect(abs(Tensor.gradNorm(p) - 1.3) < 1e-6)
    #expect(abs((p[1].grad?.item() ?? 0) - 1.2) < 1e-6)
    #expect(p[2].grad == nil)
    #expect(Tensor.gradNorm([p[2]]) == 0)
  }

  @Test func anInfiniteNormChangesNothing() {
    let p = parameters()
    p[1].grad = Tensor([.infinity] as [Float], [1])
    #expect(Tensor.clipGradNorm_(p, maxNorm: 1) == .infinity)
    #expect(p[0].grad?.floats() == [3, 4])
  }
}
