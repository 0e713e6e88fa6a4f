import Tensors

/// Every operator that has a one-pass form on the device, in value and in every gradient, against its plain
/// expression in float64 on the CPU: relative errors ‖found − expected‖ / ‖expected‖.
enum SelfCheck {
  typealias Function = ([Tensor]) -> [Tensor]

  static func run(_ device: Device) -> [String: String] {
    var worst: [String: String] = [:]
    for (name, inputs, function, plain) in cases {
      for half in [false, true] where !(half && device == .cpu) {
        let errors = compare(inputs(device), half: half, device, function, plain)
        worst["\(name)\(half ? " bfloat16" : "")"] = errors.map { text($0) }.joined(separator: " ")
      }
    }
    let inputs = [random([2, 70, 256], 1), random([1024, 256], 2) * 0.06, random([1024], 3)]
    let expected = inputs[0].linear(inputs[1], inputs[2]).gelu()
    let found = Torch.noGrad {
      Torch.autocast(.bfloat16, on: device) {
        let here = inputs.map { $0.to(device) }
        return here[0].linearGelu(here[1], here[2]).to(.cpu).to(.float32)
      }
    }
    worst["linear, GELU without gradients"] = text(
      (found - expected).norm([]).item() / expected.norm([]).item())
    return worst
  }

  private static func text(_ value: Double) -> String {
    value == 0 ? "0" : String(Float(value))
  }

  /// The functions in the device's types, and in doubles.
  private static var cases: [(String, (Device) -> [Tensor], Function, Function)] {
    [
      (
        "layer norm",
        { _ in [random([3, 150, 384], 1), random([3, 1, 384], 2), random([3, 1, 384], 3)] },
        { [$0[0].layerNormModulate(shift: $0[1], scale: $0[2])] },
        { [$0[0].layerNorm() * ($0[2] + 1) + $0[1]] }
      ),
      (
        "rms norm",
        { _ in [random([2, 70, 1152], 1), random([2, 1, 1152], 2), random([2, 1, 1152], 3)] },
        { [$0[0].rmsNormModulate(shift: $0[1], scale: $0[2])] },
        { [$0[0].rmsNorm() * ($0[2] + 1) + $0[1]] }
      ),
      (
        "linear, GELU",
        { _ in [random([2, 70, 256], 1), random([1024, 256], 2) * 0.06, random([1024], 3)] },
        { [$0[0].linearGelu($0[1], $0[2])] },
        { [$0[0].linear($0[1], $0[2]).gelu()] }
      ),
      (
        "gate, add, norm",
        { _ in
          [
            random([2, 150, 1024], 1), random([2, 1, 1024], 2), random([2, 150, 256], 3),
            random([1024, 256], 6) * 0.06, random([1024], 7), random([2, 1, 1024], 4),
            random([2, 1, 1024], 5),
          ]
        },
        {
          let (sum, modulated) = $0[0].gateAddNorm(
            $0[1], $0[2], weight: $0[3], bias: $0[4], shift: $0[5], scale: $0[6], centred: true)
          return [sum, modulated]
        },
        {
          let sum = $0[0] + $0[1] * $0[2].linear($0[3], $0[4])
          return [sum, sum.layerNorm() * ($0[6] + 1) + $0[5]]
        }
      ),
      (
        "rotary attention",
        { _ in [random([2, 130, 256], 1), random([3 * 384, 256], 2) * 0.06, random([3 * 384], 3)] },
        { rotary($0, heads: 6, plain: false) }, { rotary($0, heads: 6, plain: true) }
      ),
      (
        "rotary attention 72",
        { _ in [random([2, 130, 256], 1), random([3 * 144, 256], 2) * 0.06, random([3 * 144], 3)] },
        { rotary($0, heads: 2, plain: false) }, { rotary($0, heads: 2, plain: true) }
      ),
    ]
  }

  private static func random(_ shape: [Int], _ seed: UInt64) -> Tensor {
    RandomStream(seed: seed).normal(shape, device: .cpu)
  }

  private static func rotary(_ inputs: [Tensor], heads: Int, plain: Bool) -> [Tensor] {
    let (x, weight, bias) = (inputs[0], inputs[1], inputs[2])
    let (batch, tokens) = (x.size(0), x.size(1))
    let size = weight.size(0) / 3 / heads
    let angles = (random([tokens, size / 2], 8) * 3).to(x.device)
    let (cosines, sines) = (angles.cos(), angles.sin())
    if !plain {
      return [
        x.rotaryAttention(
          weight, bias, heads: heads, cosines: cosines, sines: sines, normalise: true)
      ]
    }
    let qkv = x.linear(weight, bias)
    let (c, s) = (cosines.to(.float64), sines.to(.float64))
    let parts = qkv.view([batch, tokens, 3, heads, size]).permute([2, 0, 3, 1, 4]).unbind(0)
    func turned(_ x: Tensor) -> Tensor {
      let halves = x.rmsNorm().chunk(2, -1)
      return .cat([halves[0] * c - halves[1] * s, halves[0] * s + halves[1] * c], -1)
    }
    let weights =
      turned(parts[0]).matmul(turned(parts[1]).transpose(2, 3)) * (1 / Double(size).squareRoot())
    return [
      weights.softmax(-1).matmul(parts[2]).transpose(1, 2).reshape([batch, tokens, heads * size])
    ]
  }

  private static func compare(
    _ inputs: [Tensor], half: Bool, _ device: Device, _ function: Function, _ plain: Function
  ) -> [Double] {
    func results(_ dtype: DType, on device: Device, half: Bool, _ body: Function) -> [Tensor] {
      let leaves = inputs.map { $0.to(dtype).to(device).detached().requiresGrad() }
      let outputs = half ? Torch.autocast(.bfloat16, on: device) { body(leaves) } : body(leaves)
      var sum = Tensor.zeros([], dtype: dtype, device: device)
      for (index, output) in outputs.enumerated() {
        let weight = random(output.shape, UInt64(20 + index)).to(.bfloat16).to(dtype).to(device)
        sum = sum + (output.to(dtype) * weight).sum()
      }
      sum.backward()
      return (outputs + leaves.compactMap(\.grad)).map { $0.detached().to(.cpu).to(.float64) }
    }
    let found = results(.float32, on: device, half: half, function)
    let expected = results(.float64, on: .cpu, half: false, plain)
    return zip(found, expected).map { a, b in
      let difference = (a - b).norm([]).item() / b.norm([]).item()
      return difference.isFinite ? difference : 999
    }
  }
}
