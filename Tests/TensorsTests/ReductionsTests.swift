import Tensors
import Testing

@Suite struct ReductionsTests {
  let t = Tensor([3, 1, 2, 4, 6, 5] as [Float], [2, 3])

  @Test func values() {
    #expect(t.sum().item() == 21)
    #expect(t.sum().shape == [])
    #expect(t.sum([0]).floats() == [7, 7, 7])
    #expect(t.mean([1], keepDims: true).shape == [2, 1])
    #expect(t.mean([-1]).floats() == [2, 5])
    #expect(t.amax().item() == 6)
    #expect(t.amax([1]).floats() == [3, 6])
    #expect(t.amin([0]).floats() == [3, 1, 2])
    #expect(Tensor([3, 4] as [Float], [2]).norm().item() == 5)
    #expect(t.argmax(1).int64s() == [0, 1])
    #expect(t.argmin(0).int64s() == [0, 0, 0])
    #expect(t.cumsum(1).floats() == [3, 4, 6, 4, 10, 15])
  }

  @Test func gradients() {
    let x = numbers([2, 3, 2])
    expectGradients(of: [x]) { $0[0].sum() }
    expectGradients(of: [x]) { $0[0].sum([0, 2]) }
    expectGradients(of: [x]) { $0[0].mean() }
    expectGradients(of: [x]) { $0[0].mean([1], keepDims: true) }
    expectGradients(of: [x]) { $0[0].amax([1]) }
    expectGradients(of: [x]) { $0[0].amin([0, 1]) }
    expectGradients(of: [x]) { $0[0].norm([2]) }
    expectGradients(of: [x]) { $0[0].cumsum(1) }
  }
}
