import Tensors

/// Attention and MLP, each behind a normalisation that the diffusion time shifts, scales and gates.
struct TransformerBlock {
  let qkv: Linear
  let projection: Linear
  let expand: Linear
  let contract: Linear
  /// [6, 1, 1, width]: this block's own part of the modulation. The gates begin at 1: the branches are
  /// silent through their zero last layers, and learn from the first step.
  let table: Tensor
  let heads: Int
  let norm: VideoDiTConfiguration.Norm
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
    norm = configuration.norm
    normaliseQueriesAndKeys = configuration.normaliseQueriesAndKeys
  }

  /// x [B, tokens, width]; modulation: shift, scale, gate of attention, then of the MLP, each [B, 1, width].
  func callAsFunction(_ x: Tensor, _ modulation: [Tensor], _ positions: RotaryPositions) -> Tensor {
    let attended = x.gateAdd(
      modulation[2], attention(modulated(x, modulation[0], modulation[1]), positions))
    let hidden = modulated(attended, modulation[3], modulation[4])
    return attended.gateAdd(modulation[5], contract(expand(hidden).geluFast()))
  }

  private func modulated(_ x: Tensor, _ shift: Tensor, _ scale: Tensor) -> Tensor {
    norm.modulate(x, shift: shift, scale: scale)
  }

  private func attention(_ x: Tensor, _ positions: RotaryPositions) -> Tensor {
    projection(
      positions.rotate(qkv(x), heads: heads, normalise: normaliseQueriesAndKeys)
        .attentionPacked(heads: heads))
  }

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
}
