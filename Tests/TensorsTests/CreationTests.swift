import Tensors
import Testing

@Suite struct CreationTests {
  @Test func constants() {
    #expect(Tensor.zeros([2, 2]).floats() == [0, 0, 0, 0])
    #expect(Tensor.ones([3], dtype: .int64).int64s() == [1, 1, 1])
    #expect(Tensor.full([], 2.5, dtype: .float64).doubles() == [2.5])
    #expect(Tensor.empty([4, 0]).count == 0)
  }

  @Test func ranges() {
    #expect(Tensor.arange(4).floats() == [0, 1, 2, 3])
    #expect(Tensor.arange(3, dtype: .int64).dtype == .int64)
    #expect(Tensor.linspace(-1, 1, 5, dtype: .float64).doubles() == [-1, -0.5, 0, 0.5, 1])
  }

  @Test func arraysKeepTheirTypeAndOrder() {
    let a = Tensor([1, 2, 3, 4, 5, 6] as [Float], [2, 3])
    #expect(a.dtype == .float32)
    #expect(a.select(0, 1).floats() == [4, 5, 6])
    #expect(Tensor([7, -1] as [Int64], [2]).int64s() == [7, -1])
    #expect(Tensor(doubles: [0.1], [1]).doubles() == [0.1])
    #expect(Tensor(bytes: [0, 255], [2]).bytes() == [0, 255])
    #expect(Tensor([] as [Float], [0]).floats() == [])
  }

  @Test func theArrayIsCopied() {
    var values: [Float] = [1, 2]
    let a = Tensor(values, [2])
    values[0] = 9
    #expect(a.floats() == [1, 2])
    #expect(values[0] == 9)
  }

  @Test func foreignMemoryOfTheWrongSizeIsAnError() throws {
    let bytes = [UInt8](repeating: 0, count: 12)
    let fitting = try bytes.withUnsafeBytes { try Tensor(copying: $0, dtype: .float32, [3]) }
    #expect(fitting.floats() == [0, 0, 0])
    let error = #expect(throws: TorchError.self) {
      try bytes.withUnsafeBytes { try Tensor(copying: $0, dtype: .float32, [4]) }
    }
    #expect(error?.description.contains("16 bytes, 12 were given") == true)
  }
}
