import Tensors
import Testing

@Suite struct InPlaceTests {
  @Test func values() {
    let t = Tensor([1, 2] as [Float], [2])
    let other = Tensor([10, 20] as [Float], [2])
    t.add_(other, alpha: 0.5)
    #expect(t.floats() == [6, 12])
    t.mul_(2)
    #expect(t.floats() == [12, 24])
    t.lerp_(other, 0.5)
    #expect(t.floats() == [11, 22])
    t.copy_(from: Tensor([7] as [Int64], [1]))
    #expect(t.floats() == [7, 7])
    #expect(t.fill_(3).floats() == [3, 3])
    #expect(t.zero_().floats() == [0, 0])
  }

  @Test func leavesMayChangeBetweenSteps() {
    let leaf = Tensor([1, 2] as [Float], [2]).requiresGrad()
    leaf.add_(Tensor.ones([2]))
    leaf.square().sum().backward()
    #expect(leaf.grad?.floats() == [4, 6])
  }

  @Test func foreignDataOfAnotherShapeIsAnError() throws {
    let t = Tensor.zeros([2])
    try t.tryCopy_(from: .ones([2]))
    #expect(t.floats() == [1, 1])
    let error = #expect(throws: TorchError.self) { try t.tryCopy_(from: .ones([1])) }
    #expect(error?.description == "copy: shape [1] where [2] is needed")
  }
}
