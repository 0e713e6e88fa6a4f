import Tensors
import Testing

/// Each fused operator against the plain expression that defines it, in value and in every gradient.
@Suite struct FusedTests {
  typealias Function = ([Tensor]) -> Tensor

  /// 150 tokens make three blocks of rows, 41 columns leave a rest after groups of 8.
  static let shapes = [[3, 150, 41], [2, 5, 48], [1, 1, 1], [64, 11, 16]]

  func random(_ shape: [Int], _ seed: UInt64) -> Tensor { RandomStream(seed: seed).normal(shape) }

  /// Values and gradients of a weighted sum of the outputs.
  func results(_ inputs: [Tensor], _ function: Function) -> [Tensor?] {
    let leaves = inputs.map { ($0 + 0).detached().requiresGrad() }
    let output = function(leaves)
    (output * random(output.shape, 9)).sum().backward()
    return [output] + leaves.map(\.grad)
  }

  func compare(
    _ inputs: [Tensor], _ tolerance: Double, plain: Function, fused: Function,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let pairs = zip(results(inputs, plain), results(inputs, fused))
    for (a, b) in pairs { expectClose(a, b, tolerance, sourceLocation: sourceLocation) }
  }

  @Test(arguments: shapes) func layerNormModulate(shape: [Int]) {
    let row = [shape[0], 1, shape[2]]
    compare([random(shape, 1), random(row, 2), random(row, 3)], 2e-4) {
      $0[0].layerNorm(eps: 1e-3) * ($0[2] + 1) + $0[1]
    } fused: {
      $0[0].layerNormModulate(shift: $0[1], scale: $0[2], eps: 1e-3)
    }
  }

  @Test(arguments: shapes) func rmsNormModulate(shape: [Int]) {
    let row = [shape[0], 1, shape[2]]
    compare([random(shape, 1), random(row, 2), random(row, 3)], 2e-4) {
      $0[0].rmsNorm(eps: 1e-3) * ($0[2] + 1) + $0[1]
    } fused: {
      $0[0].rmsNormModulate(shift: $0[1], scale: $0[2], eps: 1e-3)
    }
  }

  @Test(arguments: shapes) func gateAdd(shape: [Int]) {
    compare([random(shape, 1), random([shape[0], 1, shape[2]], 2), random(shape, 3)], 2e-4) {
      $0[0] + $0[1] * $0[2]
    } fused: {
      $0[0].gateAdd($0[1], $0[2])
    }
  }

  /// Against the plain form in float64: libtorch's own float32 form is no more exact than this one.
  @Test(arguments: shapes) func gelu(shape: [Int]) {
    let x = (random(shape, 1) * 3).requiresGrad()
    let exact = x.detached().to(.float64).requiresGrad()
    let (y, expected) = (x.geluFast(), exact.gelu())
    expectClose(y, expected, 2e-6)
    y.sum().backward()
    expected.sum().backward()
    expectClose(x.grad, exact.grad, 2e-6)
  }

  @Test func geluFarFromZero() {
    let x = Tensor([-1e30, -100, -10, 0, 10, 100, 1e18] as [Float], [7]).requiresGrad()
    let y = x.geluFast()
    expectClose(
      y.narrow(0, start: 0, length: 6), Tensor([0, 0, 0, 0, 10, 100] as [Float], [6]), 1e-8)
    #expect(y.floats()[6] == 1e18)
    y.sum().backward()
    expectClose(x.grad, Tensor([0, 0, 0, 0.5, 1, 1, 1] as [Float], [7]), 1e-8)
  }

  @Test func geluOfNaNIsNaN() {
    let x = Tensor([.nan, 0] as [Float], [2]).requiresGrad()
    let y = x.geluFast()
    #expect(y.floats()[0].isNaN)
    y.sum().backward()
    #expect(x.grad?.floats()[0].isNaN == true)
  }

  @Test(arguments: [[2, 33, 48], [3, 5, 12], [1, 1, 12], [2, 700, 24]]) func attention(shape: [Int])
  {
    let (batch, tokens, width, heads) = (shape[0], shape[1], shape[2] / 3, 4)
    compare([random(shape, 1)], 1e-5) {
      let parts = $0[0].view([batch, tokens, 3, heads, width / heads]).permute([2, 0, 3, 1, 4])
      let (q, k, v) = (parts.select(0, 0), parts.select(0, 1), parts.select(0, 2))
      let scores = q.matmul(k.transpose(2, 3)) / Double(width / heads).squareRoot()
      return scores.softmax(-1).matmul(v).transpose(1, 2).reshape([batch, tokens, width])
    } fused: {
      $0[0].attentionPacked(heads: heads)
    }
  }

  /// The fused kernels work in float32, so steps and tolerances are coarse; float64 takes the plain way.
  @Test(arguments: [DType.float32, .float64]) func differenceQuotients(dtype: DType) {
    let (step, tolerance) = dtype == .float32 ? (1e-2, 1e-2) : (1e-5, 1e-7)
    func input(_ shape: [Int], _ seed: UInt64) -> Tensor { numbers(shape, seed: seed).to(dtype) }
    func check(_ inputs: [Tensor], _ function: Function) {
      expectGradients(of: inputs, step: step, tolerance: tolerance, function)
    }
    let (x, y) = (input([2, 3, 8], 1), input([2, 3, 8], 2))
    let (shift, scale) = (input([2, 1, 8], 3), input([2, 1, 8], 4))
    check([x, shift, scale]) { $0[0].layerNormModulate(shift: $0[1], scale: $0[2], eps: 0.1) }
    check([x, shift, scale]) { $0[0].rmsNormModulate(shift: $0[1], scale: $0[2], eps: 0.1) }
    check([x, shift, y]) { $0[0].gateAdd($0[1], $0[2]) }
    check([x]) { $0[0].geluFast() }
    check([input([2, 3, 12], 5)]) { $0[0].attentionPacked(heads: 2) }
  }

  /// Rows cut from one modulation tensor have gaps; transposed inputs and other shapes take the plain way.
  @Test func slicesAndOddShapes() {
    let rows = random([2, 6, 8], 1).chunk(6, 1)
    let x = random([2, 5, 8], 2)
    let plain = x.layerNorm() * (rows[1] + 1) + rows[0]
    expectClose(x.layerNormModulate(shift: rows[0], scale: rows[1]), plain, 1e-5)
    let turned = random([2, 8, 5], 3).transpose(1, 2)
    expectClose(turned.gateAdd(rows[2], x), turned + rows[2] * x, 1e-6)
    expectClose(turned.geluFast(), turned.gelu(), 0)
    let flat = random([7, 8], 4)
    expectClose(
      flat.rmsNormModulate(shift: flat, scale: flat), flat.rmsNorm() * (flat + 1) + flat, 1e-5)
    #expect(Tensor.zeros([2, 0, 8]).geluFast().shape == [2, 0, 8])
  }

  /// In its own process, because the threads of one process are everybody's.
  @Test func theNumberOfThreadsChangesNothing() async {
    await #expect(processExitsWith: .success) {
      func bytes(threads: Int) -> [[UInt8]] {
        Torch.setThreads(threads)
        let stream = RandomStream(seed: 1)
        let x = stream.normal([3, 700, 40]).requiresGrad()
        let rows = stream.normal([3, 3, 40]).requiresGrad()
        let (shift, scale, gate) = (rows.chunk(3, 1)[0], rows.chunk(3, 1)[1], rows.chunk(3, 1)[2])
        let y = x.layerNormModulate(shift: shift, scale: scale)
        let z = x.gateAdd(gate, y.geluFast()).rmsNormModulate(shift: shift, scale: scale)
        z.square().sum().backward()
        return [z, x.grad, rows.grad].compactMap { $0?.rawBytes() }
      }
      let one = bytes(threads: 1)
      try #require(one.count == 3)
      try #require(bytes(threads: 3) == one)
    }
  }

  @Test func halfPrecisionTakesThePlainWay() {
    let x = random([2, 3, 8], 1).to(.bfloat16)
    let row = random([2, 1, 8], 2).to(.bfloat16)
    #expect(x.geluFast().dtype == .bfloat16)
    #expect(x.gateAdd(row, x).dtype == .bfloat16)
    #expect(x.layerNormModulate(shift: row, scale: row).dtype == .bfloat16)
  }

  @Test(arguments: shapes) func linearGelu(shape: [Int]) {
    let weight = random([24, shape[2]], 2) * 0.1
    compare([random(shape, 1), weight, random([24], 3)], 1e-4) {
      $0[0].linear($0[1], $0[2]).geluFast()
    } fused: {
      $0[0].linearGelu($0[1], $0[2])
    }
  }

  /// Large enough for the product that a processor is best at, whichever that is.
  @Test func largeProducts() {
    let inputs = [random([2, 300, 160], 1), random([192, 160], 2) * 0.1, random([192], 3)]
    compare(inputs, 1e-3) {
      $0[0].to(.float64).linear($0[1].to(.float64), $0[2].to(.float64)).gelu().to(.float32)
    } fused: {
      $0[0].linearGelu($0[1], $0[2])
    }
  }

  @Test(arguments: shapes, [false, true]) func gateAddNorm(shape: [Int], centred: Bool) {
    let row = [shape[0], 1, shape[2]]
    let inputs = [
      random(shape, 1), random(row, 2), random([shape[0], shape[1], 8], 3),
      random([shape[2], 8], 4), random([shape[2]], 5), random(row, 6), random(row, 7),
    ]
    compare(inputs, 2e-4) {
      let sum = $0[0].gateAdd($0[1], $0[2].linear($0[3], $0[4]))
      let modulated =
        centred
        ? sum.layerNormModulate(shift: $0[5], scale: $0[6])
        : sum.rmsNormModulate(shift: $0[5], scale: $0[6])
      return .cat([sum, modulated], 0)
    } fused: {
      let (sum, modulated) = $0[0].gateAddNorm(
        $0[1], $0[2], weight: $0[3], bias: $0[4], shift: $0[5], scale: $0[6], centred: centred)
      return .cat([sum, modulated], 0)
    }
  }

  @Test(arguments: [false, true]) func rotaryAttention(normalise: Bool) {
    let angles = random([7, 4], 9)
    let (cosines, sines) = (angles.cos(), angles.sin())
    func turned(_ x: Tensor) -> Tensor {
      let halves = (normalise ? x.rmsNorm() : x).chunk(2, -1)
      return .cat(
        [
          halves[0] * cosines - halves[1] * sines, halves[0] * sines + halves[1] * cosines,
        ], -1)
    }
    compare([random([3, 7, 16], 1), random([48, 16], 2), random([48], 3)], 1e-4) {
      let parts = $0[0].linear($0[1], $0[2]).view([3, 7, 3, 2, 8]).permute([2, 0, 3, 1, 4])
        .unbind(0)
      return Tensor.attention(turned(parts[0]), turned(parts[1]), parts[2]).transpose(1, 2)
        .reshape([3, 7, 16])
    } fused: {
      $0[0].rotaryAttention(
        $0[1], $0[2], heads: 2, cosines: cosines, sines: sines, normalise: normalise)
    }
  }

  @Test func autocastRoundsProductsAndNothingElse() {
    let stream = RandomStream(seed: 1)
    let (x, weight) = (stream.normal([4, 8]), stream.normal([8, 8]).requiresGrad())
    let exact = x.linear(weight)
    let rounded = Torch.autocast(.bfloat16, on: .cpu) { x.linear(weight) }
    #expect(rounded.dtype == .bfloat16)
    #expect(Torch.autocast(.bfloat16, on: .cpu) { (x + x).dtype } == .float32)
    // The scope is over.
    #expect(x.linear(weight).dtype == .float32)
    expectClose(rounded.to(.float32), exact, 5e-2)
    rounded.to(.float32).sum().backward()
    #expect(weight.grad?.dtype == .float32)
  }

  @Test func theDeferredClipIsTheClip() {
    func gradients(_ clip: ([Tensor]) -> Double) -> (Double, [Float]) {
      let x = random([5], 1).requiresGrad()
      (x * x * 3).sum().backward()
      return (clip([x]), x.grad?.floats() ?? [])
    }
    for limit in [0.5, 1000] {
      let now = gradients { Tensor.clipGradNorm_($0, maxNorm: limit) }
      let later = gradients { Tensor.deferredClipGradNorm_($0, maxNorm: limit).item() }
      #expect(abs(now.0 - later.0) < 1e-5)
      for (a, b) in zip(now.1, later.1) { #expect(abs(a - b) < 1e-6) }
    }
  }
}
