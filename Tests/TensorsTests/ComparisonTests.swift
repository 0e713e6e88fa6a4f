import Tensors
import Testing

@Suite struct ComparisonTests {
  let a = Tensor([1, 2, 3] as [Float], [3])
  let b = Tensor([3, 2, 1] as [Float], [3])

  @Test func tensors() {
    #expect((a > b).bytes() == [0, 0, 1])
    #expect((a < b).bytes() == [1, 0, 0])
    #expect((a >= b).bytes() == [0, 1, 1])
    #expect((a <= b).bytes() == [1, 1, 0])
    #expect((a == b).bytes() == [0, 1, 0])
    #expect((a == b).dtype == .bool)
  }

  @Test func numbers() {
    #expect((a > 2).bytes() == [0, 0, 1])
    #expect((a < 2).bytes() == [1, 0, 0])
    #expect((a >= 2).bytes() == [0, 1, 1])
    #expect((a <= 2).bytes() == [1, 1, 0])
    #expect((a == 2).logicalNot().bytes() == [1, 0, 1])
  }

  @Test func finite() {
    let t = Tensor([1, .infinity, .nan] as [Float], [3])
    #expect(t.isFinite().bytes() == [1, 0, 0])
  }
}
