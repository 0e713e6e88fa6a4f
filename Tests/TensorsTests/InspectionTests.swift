import Tensors
import Testing

@Suite struct InspectionTests {
  let tensor = Tensor([1, 2, 3, 4, 5, 6] as [Float], [2, 3])

  @Test func shapeAndType() {
    #expect(tensor.shape == [2, 3])
    #expect(tensor.rank == 2)
    #expect(tensor.count == 6)
    #expect(tensor.size(-1) == 3)
    #expect(tensor.dtype == .float32)
    #expect(tensor.device == .cpu)
  }

  @Test func viewsComeOutInIndexOrder() {
    let turned = tensor.transpose(0, 1)
    #expect(!turned.isContiguous)
    #expect(turned.floats() == [1, 4, 2, 5, 3, 6])
  }

  @Test func conversionsOnTheWayOut() {
    let a = Tensor(doubles: [1.75, -1.75], [2])
    #expect(a.floats() == [1.75, -1.75])
    #expect(a.int64s() == [1, -1])
    #expect(a.to(.float16).doubles() == [1.75, -1.75])
    #expect(a.select(0, 1).item() == -1.75)
  }

  @Test func rawBytesAreTheMemory() {
    #expect(Tensor([1] as [Float], [1]).rawBytes() == [0, 0, 0x80, 0x3f])
    #expect(Tensor([258] as [Int64], [1]).rawBytes() == [2, 1, 0, 0, 0, 0, 0, 0])
  }

  @Test func outOfATensorThatNeedsAGradient() {
    #expect(Tensor([2] as [Float], [1]).requiresGrad().square().floats() == [4])
  }

  @Test(arguments: DType.allCases) func everyTypeKnowsItsSize(dtype: DType) {
    #expect(Tensor.zeros([3], dtype: dtype).rawBytes().count == 3 * dtype.size)
    #expect(Tensor.zeros([3], dtype: dtype).dtype == dtype)
  }
}
