import Tensors
import Testing

@Suite struct OperationCountTests {
  @Test func productsAreCountedForwardAndBack() {
    let stream = RandomStream(seed: 0)
    let x = stream.normal([6, 5]).requiresGrad()
    let (weight, bias) = (stream.normal([7, 5]).requiresGrad(), stream.normal([7]).requiresGrad())
    let (y, forward) = Torch.countingOperations { x.linear(weight, bias) }
    // 2 · 6 · 5 · 7
    #expect(forward == 420)
    #expect(Torch.countingOperations { y.sum().backward() }.operations == 2 * forward)
    #expect(Torch.countingOperations { x.matmul(weight.transpose(0, 1)) }.operations == forward)
  }

  @Test func convolutionsAreCountedForwardAndBack() {
    let stream = RandomStream(seed: 0)
    let x = stream.normal([2, 3, 8, 8]).requiresGrad()
    let weight = stream.normal([4, 3, 3, 3]).requiresGrad()
    let (y, forward) = Torch.countingOperations { x.conv2d(weight, stride: 2, padding: 1) }
    // 2 · 27 for each of 2 · 4 · 4 · 4 elements
    #expect(forward == 6912)
    #expect(Torch.countingOperations { y.sum().backward() }.operations == 2 * forward)
  }

  @Test func attentionIsCounted() {
    let stream = RandomStream(seed: 0)
    let (q, k) = (stream.normal([2, 3, 10, 8]), stream.normal([2, 3, 10, 8]))
    let count = Torch.countingOperations { Tensor.attention(q, k, k) }.operations
    // 4 · 2 · 3 · 10 · 10 · 8
    #expect(count == 19200)
  }

  @Test func nothingIsCountedAfterwards() {
    let stream = RandomStream(seed: 0)
    let x = stream.normal([4, 4])
    #expect(Torch.countingOperations { x + x }.operations == 0)
    _ = x.matmul(x)
    #expect(Torch.countingOperations {}.operations == 0)
  }
}
