import Foundation
import Tensors

/// The latent video diffusion transformer: full attention over the tokens of all frames, 3D rotary
/// positions, and one timestep network that modulates every block (adaLN-single).
public struct VideoDiT {
  /// What it was built from.
  public let configuration: VideoDiTConfiguration
  let input: Linear
  let timeIn: Linear
  let timeOut: Linear?
  let timeModulation: Linear
  let finalModulation: Linear?
  let blocks: [TransformerBlock]
  let finalTable: Tensor
  let output: Linear
  let learnedPositions: Tensor?
  let positions: RotaryPositions
  let frequencies: Tensor
  /// [1, tokens, 1]: one where a token is given.
  let tokenMask: Tensor
  /// What takes in the scene's state in numbers or words.
  let layers: ConditionLayers?
  /// Whether the insides of blocks are computed again on the way back instead of being kept: a third more time, a
  /// fraction of the memory, the same bits.
  public var recomputesBlocks = false

  /// Untrained weights drawn from the seed.
  /// - Throws: `ModelError.configuration`.
  public init(_ configuration: VideoDiTConfiguration, seed: UInt64) throws {
    try configuration.validate()
    self.configuration = configuration
    let stream = RandomStream(seed: seed)
    let width = configuration.width
    let token = configuration.tokenChannels
    let inputs = configuration.conditioning == .concatenated ? 2 * token + 1 : token + 1
    input = Linear(inputs, width, from: stream)
    timeIn = Linear(configuration.timestepChannels, width, from: stream)
    let isCompact = configuration.timestepNetwork ?? .compact == .compact
    timeOut = isCompact ? nil : Linear(width, width, from: stream)
    timeModulation = Linear(width, 6 * width, .zero, from: stream)
    finalModulation = isCompact ? Linear(width, 2 * width, .zero, from: stream) : nil
    blocks = (0..<configuration.depth).map { _ in TransformerBlock(configuration, from: stream) }
    finalTable = .zeros([2, 1, 1, width])
    output = Linear(width, token, .zero, from: stream)
    learnedPositions =
      configuration.learnedPositions
      ? stream.normal([1, configuration.tokens, width]) * 0.02 : nil
    let (rows, columns) = (
      configuration.height / configuration.patch, configuration.breadth / configuration.patch
    )
    positions = RotaryPositions(
      time: configuration.time, height: rows, width: columns,
      headDimension: width / configuration.heads,
      timePeriod: configuration.rotaryTimePeriod, spacePeriod: configuration.rotarySpacePeriod)
    let half = configuration.timestepChannels / 2
    frequencies = Tensor(
      (0..<half).map { Float(1000 * pow(1000, -Double($0) / Double(half))) }, [1, half])
    let given = configuration.conditionSteps * rows * columns
    let mask: [Float] = (0..<configuration.tokens).map { $0 < given ? 1 : 0 }
    tokenMask = Tensor(mask, [1, configuration.tokens, 1])
    layers = ConditionLayers(configuration, from: stream)
  }

  /// All weights, named as PyTorch would: `blocks.0.attn.qkv.weight`, …
  public var parameters: Parameters {
    var list = Parameters()
    list.append("x_embedder", input.parameters)
    list.append("t_embedder.mlp.0", timeIn.parameters)
    if let timeOut { list.append("t_embedder.mlp.2", timeOut.parameters) }
    list.append("t_block.1", timeModulation.parameters)
    if let learnedPositions { list.append("pos_embed", learnedPositions) }
    for (index, block) in blocks.enumerated() { list.append("blocks.\(index)", block.parameters) }
    if let finalModulation { list.append("final_layer.adaLN", finalModulation.parameters) }
    list.append("final_layer.modulation", finalTable)
    list.append("final_layer.linear", output.parameters)
    if let layers {
      for (name, tensor) in zip(layers.parameters.names, layers.parameters.tensors) {
        list.append(name, tensor)
      }
    }
    return list
  }

  /// The number of weights.
  public var parameterCount: Int { parameters.elementCount }

  /// Shifts, scales and gates of every block and of the output; depends on the diffusion time alone.
  public struct Modulation {
    /// Per block: shift, scale, gate of attention, then of the MLP, each [B, 1, width].
    let blocks: [[Tensor]]
    /// Shift and scale before the output, each [B, 1, width].
    let final: [Tensor]
  }

  /// The modulation for diffusion times [B], 0 (clean) ... 1 (noise).
  public func modulation(_ time: Tensor) -> Modulation {
    let batch = time.shape[0]
    let angles = time.view([batch, 1]) * frequencies
    let waves = Tensor.cat([angles.cos(), angles.sin()], 1)
    var embedding = timeIn(waves)
    if let timeOut { embedding = timeOut(embedding.silu()) }
    let hidden = embedding.silu()
    func rows(_ x: Tensor, _ count: Int) -> Tensor {
      x.view([batch, count, 1, configuration.width]).transpose(0, 1).contiguous()
    }
    let shared = rows(timeModulation(hidden), 6)
    let last =
      finalModulation.map { rows($0(hidden), 2) }
      ?? embedding.view([1, batch, 1, configuration.width])
    return Modulation(
      blocks: blocks.map { (shared + $0.table).unbind(0) }, final: (last + finalTable).unbind(0))
  }

  /// The prediction for noisy latents.
  ///
  /// - Parameters:
  ///   - noisy: [B, time, height, breadth, channels].
  ///   - condition: latents whose first `conditionSteps` steps are given; the others are never read.
  ///   - modulation: from `modulation(_:)` for a batch of the same size, or of size 1.
  ///   - context: from `context(_:)`, for models that are told more than frames.
  /// - Returns: a tensor of the shape of `noisy`.
  public func callAsFunction(
    _ noisy: Tensor, condition: Tensor, modulation: Modulation, context: Context? = nil
  ) -> Tensor {
    precondition((context == nil) == (layers == nil), "the model is told what its arm asks for")
    let batch = noisy.shape[0]
    let clean = tokens(condition)
    let mask = tokenMask.expand([batch, configuration.tokens, 1])
    let given = clean * tokenMask
    let inputs: [Tensor]
    switch configuration.conditioning {
    case .concatenated: inputs = [tokens(noisy), given, mask]
    case .replaced: inputs = [tokens(noisy) * (tokenMask * -1 + 1) + given, mask]
    }
    var x = input(.cat(inputs, 2))
    if let learnedPositions { x = x + learnedPositions }
    // Each branch ends with the norm in front of the next one, the last with that of the output.
    let norm = configuration.norm
    let rows = (modulation.blocks + [modulation.final]).map { $0.map { widened($0, batch) } }
    var hidden = norm.modulate(x, shift: rows[0][0], scale: rows[0][1])
    for index in blocks.indices {
      if let state = context?.states?[index] {
        x = x + state
        hidden = norm.modulate(x, shift: rows[index][0], scale: rows[index][1])
      }
      var inputs = [x, hidden] + rows[index][2...5] + rows[index + 1][...1]
      if let words = context?.words?[index], let bias = context?.bias {
        inputs += [words.keys, words.values, bias]
      }
      let both = recomputed(inputs) { through(index, $0) }
      (x, hidden) = (both[0], both[1])
    }
    return grid(output(hidden))
  }

  /// One block: the sum and its norm, then the block's own gate, shift, scale and gate, and the next one's shift and
  /// scale, then keys, values and bias of the words where there are any, to the next sum and its norm.
  private func through(_ index: Int, _ inputs: [Tensor]) -> [Tensor] {
    let (block, norm) = (blocks[index], configuration.norm)
    var (sum, hidden) = norm.addModulate(
      inputs[0], gate: inputs[2], block.projection, block.attention(inputs[1], positions),
      shift: inputs[3], scale: inputs[4])
    if let layers, inputs.count > 8 {
      sum = layers.attending(
        sum, block: index, keys: inputs[8], values: inputs[9], bias: inputs[10])
      hidden = norm.modulate(sum, shift: inputs[3], scale: inputs[4])
    }
    let both = norm.addModulate(
      sum, gate: inputs[5], block.contract, block.hidden(hidden), shift: inputs[6],
      scale: inputs[7])
    return [both.sum, both.modulated]
  }

  private func recomputed(_ inputs: [Tensor], _ body: @escaping ([Tensor]) -> [Tensor]) -> [Tensor]
  {
    recomputesBlocks && Torch.recordsGradients
      ? Tensor.recomputed(inputs, results: 2, body) : body(inputs)
  }

  /// The prediction at diffusion times [B].
  public func callAsFunction(
    _ noisy: Tensor, condition: Tensor, time: Tensor, context: Context? = nil
  ) -> Tensor {
    self(noisy, condition: condition, modulation: modulation(time), context: context)
  }

  private func widened(_ x: Tensor, _ batch: Int) -> Tensor {
    x.shape[0] == batch ? x : x.expand([batch, 1, configuration.width]).contiguous()
  }

  /// [B, time, height, breadth, channels] → [B, tokens, tokenChannels].
  func tokens(_ x: Tensor) -> Tensor {
    let c = configuration
    let batch = x.shape[0]
    guard c.patch > 1 else { return x.reshape([batch, c.tokens, c.channels]) }
    let (rows, columns) = (c.height / c.patch, c.breadth / c.patch)
    return x.reshape([batch, c.time, rows, c.patch, columns, c.patch, c.channels])
      .permute([0, 1, 2, 4, 3, 5, 6]).reshape([batch, c.tokens, c.tokenChannels])
  }

  /// [B, tokens, tokenChannels] → [B, time, height, breadth, channels].
  func grid(_ x: Tensor) -> Tensor {
    let c = configuration
    let batch = x.shape[0]
    let shape = [batch] + c.latentShape
    guard c.patch > 1 else { return x.reshape(shape) }
    let (rows, columns) = (c.height / c.patch, c.breadth / c.patch)
    return x.reshape([batch, c.time, rows, columns, c.patch, c.patch, c.channels])
      .permute([0, 1, 2, 4, 3, 5, 6]).reshape(shape)
  }
}
