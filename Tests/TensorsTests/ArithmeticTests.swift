import Tensors
import Testing

@Suite struct ArithmeticTests {
  let a = numbers([2, 3], seed: 1)
  let b = numbers([3], seed: 2, from: 0.5, to: 2)
  let c = numbers([2, 3], seed: 3)

  @Test func binaryGradientsWithBroadcasting() {
    expectGradients(of: [a, b]) { $0[0] + $0[1] }
    expectGradients(of: [a, b]) { $0[0] - $0[1] }
    expectGradients(of: [a, b]) { $0[0] * $0[1] }
    expectGradients(of: [a, b]) { $0[0] / $0[1] }
    expectGradients(of: [a]) { -$0[0] }
  }

  @Test func scalarGradients() {
    expectGradients(of: [a]) { 3 + $0[0] }
    expectGradients(of: [a]) { $0[0] - 3 }
    expectGradients(of: [a]) { 3 - $0[0] }
    expectGradients(of: [a]) { 3 * $0[0] }
    expectGradients(of: [a]) { $0[0] / 3 }
    expectGradients(of: [b]) { 3 / $0[0] }
    expectGradients(of: [b]) { $0[0].pow(2.5) }
  }

  @Test func ternaryGradients() {
    expectGradients(of: [a, b, c]) { $0[0].addcmul($0[1], $0[2], value: 0.7) }
    expectGradients(of: [a, c]) { $0[0].lerp($0[1], 0.3) }
    expectGradients(of: [a, c]) { $0[0].maximum($0[1]) }
    expectGradients(of: [a, c]) { $0[0].minimum($0[1]) }
    expectGradients(of: [a, c]) { Tensor.where($0[0] > 0, $0[0].square(), $0[1]) }
  }

  @Test func valuesOnBothSidesOfANumber() {
    let t = Tensor([1, 2, 4] as [Float], [3])
    #expect((10 - t).floats() == [9, 8, 6])
    #expect((t - 10).floats() == [-9, -8, -6])
    #expect((4 / t).floats() == [4, 2, 1])
    #expect((t / 4).floats() == [0.25, 0.5, 1])
    #expect(t.addcmul(t, t, value: -1).floats() == [0, -2, -12])
  }

  @Test func wholeNumbersKeepIntegers() {
    let indices = Tensor([1, 2] as [Int64], [2])
    #expect((indices * 3 + 1).dtype == .int64)
    #expect((indices * 3 + 1).int64s() == [4, 7])
    #expect((indices * 0.5).dtype == .float32)
    #expect((indices / 2).floats() == [0.5, 1])
    #expect((Tensor.ones([1], dtype: .float16) * 3).dtype == .float16)
  }
}
