import Foundation
import Tensors
import Testing

@Suite struct ElementwiseTests {
  typealias Case = (
    name: String, tensor: @Sendable (Tensor) -> Tensor, number: @Sendable (Double) -> Double
  )

  static let positive: [Case] = [
    ("sqrt", { $0.sqrt() }, { $0.squareRoot() }),
    ("rsqrt", { $0.rsqrt() }, { 1 / $0.squareRoot() }),
    ("log", { $0.log() }, { log($0) }),
  ]

  static let everywhere: [Case] = [
    ("abs", { $0.abs() }, { abs($0) }),
    ("square", { $0.square() }, { $0 * $0 }),
    ("exp", { $0.exp() }, { exp($0) }),
    ("sin", { $0.sin() }, { sin($0) }),
    ("cos", { $0.cos() }, { cos($0) }),
    ("tanh", { $0.tanh() }, { tanh($0) }),
    ("sigmoid", { $0.sigmoid() }, { 1 / (1 + exp(-$0)) }),
    ("silu", { $0.silu() }, { $0 / (1 + exp(-$0)) }),
    ("relu", { $0.relu() }, { max($0, 0) }),
    ("clamp", { $0.clamp(min: -1, max: 0.9) }, { min(max($0, -1), 0.9) }),
    ("clamp below", { $0.clamp(min: -1) }, { max($0, -1) }),
    ("clamp above", { $0.clamp(max: 0.9) }, { min($0, 0.9) }),
    ("gelu", { $0.gelu(tanh: false) }, { $0 / 2 * (1 + erf($0 / 2.0.squareRoot())) }),
    (
      "gelu with tanh", { $0.gelu(tanh: true) },
      { $0 / 2 * (1 + tanh((2 / Double.pi).squareRoot() * ($0 + 0.044715 * $0 * $0 * $0))) }
    ),
  ]

  @Test(arguments: (positive + everywhere).indices) func valuesAndGradients(index: Int) {
    let item = (Self.positive + Self.everywhere)[index]
    let input = numbers([11], from: index < Self.positive.count ? 0.2 : -3, to: 3)
    let expected = Tensor(doubles: input.doubles().map(item.number), [11])
    expectClose(item.tensor(input), expected, 1e-12)
    expectGradients(of: [input]) { item.tensor($0[0]) }
  }

  @Test func softmax() {
    let input = numbers([2, 4])
    expectClose(input.softmax(-1).sum([1]), .ones([2], dtype: .float64), 1e-12)
    let e = input.exp()
    expectClose(input.softmax(0), e / e.sum([0], keepDims: true), 1e-12)
    expectGradients(of: [input]) { $0[0].softmax(1) }
  }

  @Test func rounding() {
    let t = Tensor([0.5, 1.5, -0.4, 2.6] as [Float], [4])
    #expect(t.round().floats() == [0, 2, 0, 3])
    #expect(t.floor().floats() == [0, 1, -1, 2])
  }

  @Test func typesConvertWithTheGradient() {
    let t = Tensor([1, 2] as [Float], [2]).requiresGrad()
    t.to(.float64).square().sum().backward()
    #expect(t.grad?.floats() == [2, 4])
    #expect(t.grad?.dtype == .float32)
  }

  @Test func aMissingDeviceIsAnError() throws {
    #expect(try Tensor.zeros([1]).tryTo(.cpu).device == .cpu)
    let far = Device.cuda(100)
    let error = #expect(throws: TorchError.self) { try Tensor.zeros([1]).tryTo(far) }
    #expect(error?.description.isEmpty == false)
  }
}
