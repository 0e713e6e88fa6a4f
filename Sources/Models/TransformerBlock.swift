import Tensors

/// The weights of attention and MLP, each behind a normalisation that the diffusion time shifts, scales and
/// gates. `VideoDiT` normalises: the sum at the end of one branch and the norm before the next are one operator.
struct TransformerBlock {
  let qkv: Linear
  let projection: Linear
  let expand: Linear
  let contract: Linear
  /// [6, 1, 1, width]: this block's own part of the modulation. The gates begin at 1: the branches are
  /// silent through their zero last layers, and learn from the first step.
  let table: Tensor
  let heads: Int
  let normaliseQueriesAndKeys: Bool

  init(_ configuration: VideoDiTConfiguration, from stream: RandomStream) {
    let width = configuration.width
    let inner = width * configuration.mlpRatio
    qkv = Linear(width, 3 * width, from: stream)
    projection = Linear(width, width, .zero, from: stream)
    expand = Linear(width, inner, from: stream)
    contract = Linear(inner, width, .zero, from: stream)
    var gates = [Float](repeating: 0, count: 6 * width)
    for row in [2, 5] { for i in 0..<width { gates[row * width + i] = 1 } }
    table = Tensor(gates, [6, 1, 1, width])
    heads = configuration.heads
    normaliseQueriesAndKeys = configuration.normaliseQueriesAndKeys
  }

  /// Tokens mixed, x [B, tokens, width] normalised and modulated; `projection` is yet to come.
  func attention(_ x: Tensor, _ positions: RotaryPositions) -> Tensor {
    positions.attention(x, qkv, heads: heads, normalise: normaliseQueriesAndKeys)
  }

  /// The wide layer of the MLP, x [B, tokens, width] normalised and modulated; `contract` is yet to come.
  func hidden(_ x: Tensor) -> Tensor { x.linearGelu(expand.weight, expand.bias) }

  var parameters: Parameters {
    var list = Parameters()
    list.append("attn.qkv", qkv.parameters)
    list.append("attn.proj", projection.parameters)
    list.append("mlp.fc1", expand.parameters)
    list.append("mlp.fc2", contract.parameters)
    list.append("modulation", table)
    return list
  }
}

extension VideoDiTConfiguration.Norm {
  /// `norm(x) · (1 + scale) + shift`; x [B, N, D], shift and scale [B, 1, D].
  func modulate(_ x: Tensor, shift: Tensor, scale: Tensor) -> Tensor {
    switch self {
    case .rms: x.rmsNormModulate(shift: shift, scale: scale)
    case .layer: x.layerNormModulate(shift: shift, scale: scale)
    }
  }

  /// `sum = x + gate · last(branch)`, and `norm(sum) · (1 + scale) + shift`; gate [B, 1, D] too.
  func addModulate(
    _ x: Tensor, gate: Tensor, _ last: Linear, _ branch: Tensor, shift: Tensor, scale: Tensor
  ) -> (sum: Tensor, modulated: Tensor) {
    x.gateAddNorm(
      gate, branch, weight: last.weight, bias: last.bias, shift: shift, scale: scale,
      centred: self == .layer)
  }
}
