import Tensors
import Testing

/// Programmer errors end the program, and say why.
@Suite struct FailureTests {
  func message(_ result: ExitTest.Result?) -> String {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  }

  @Test func unfittingShapesStopWithLibtorchsMessage() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor.zeros([2, 3]).matmul(.zeros([4, 5]))
    }
    #expect(
      message(result).contains(
        "matmul(_:): mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)"))
  }

  @Test func aWrongCountStops() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor([1, 2] as [Float], [3])
    }
    #expect(message(result).contains("needs 12 bytes, 8 were given"))
  }

  @Test func bytesOfFloatsStop() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor.zeros([2]).bytes()
    }
    #expect(message(result).contains("the tensor is float32"))
  }

  @Test func unbindOfAMissingDimensionStops() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor.zeros([2]).unbind(1)
    }
    #expect(message(result).contains("dimension 1 is out of range for shape [2]"))
  }

  @Test func vectorsInMuonStop() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Muon([("bias", Tensor.zeros([2]))])
    }
    #expect(message(result).contains("“bias” has shape [2]; give vectors to AdamW"))
  }
}
