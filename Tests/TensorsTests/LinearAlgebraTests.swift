import Tensors
import Testing

@Suite struct LinearAlgebraTests {
  @Test func matmul() {
    let a = Tensor([1, 2, 3, 4] as [Float], [2, 2])
    #expect(a.matmul(a).floats() == [7, 10, 15, 22])
    expectGradients(of: [numbers([2, 2, 3]), numbers([3, 2], seed: 2)]) { $0[0].matmul($0[1]) }
  }

  @Test func unfittingMatricesAreAnError() {
    let error = #expect(throws: TorchError.self) {
      try Tensor.zeros([2, 3]).tryMatmul(.zeros([4, 5]))
    }
    #expect(error?.description.contains("2x3 and 4x5") == true)
  }

  @Test(arguments: [[2, 3], [4, 2, 3]]) func addmm(shape: [Int]) {
    let a = numbers(shape, seed: 1)
    let b = numbers(shape.dropLast(2) + [3, 5], seed: 2)
    let c = numbers(shape.dropLast(2) + [2, 5], seed: 3)
    let sum = c.addmm(a, b, beta: 0.5, alpha: -2)
    expectClose(sum, c * 0.5 + a.matmul(b) * -2, 1e-12)
    expectGradients(of: [a, b, c]) { $0[2].addmm($0[0], $0[1], beta: 0.5, alpha: -2) }
  }

  @Test func eigenvectorsOfASymmetricMatrix() {
    let m = numbers([5, 5])
    let symmetric = m + m.transpose(0, 1)
    let (values, vectors) = symmetric.eigh()
    #expect(values.doubles() == values.doubles().sorted())
    expectClose(symmetric.matmul(vectors), vectors * values, 1e-12)
    expectClose(
      vectors.transpose(0, 1).matmul(vectors),
      (Tensor.arange(5).unsqueeze(0) == Tensor.arange(5).unsqueeze(1)).to(.float64), 1e-12)
  }

  /// The sign of a vector is free, so its square is differentiated; values need no such care.
  @Test func eigenvalueGradients() {
    let m = numbers([4, 4])
    expectGradients(of: [m], tolerance: 1e-6) { ($0[0] + $0[0].transpose(0, 1)).eigh().values }
    expectGradients(of: [m], tolerance: 1e-5) {
      ($0[0] + $0[0].transpose(0, 1)).eigh().vectors.square()
    }
  }
}
