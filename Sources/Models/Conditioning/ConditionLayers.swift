import Tensors

/// The weights of a `VideoDiT` that take in what it is told about the scene.
///
/// The state passes two layers once, and one silent-born layer per block whose answer is added to all video tokens
/// in front of the block. Encoded words pass one layer once; in every block video tokens attend to them between
/// self-attention and MLP, through a silent-born last layer (PixArt-α's place for cross-attention).
struct ConditionLayers {
  let heads: Int
  let width: Int
  let norm: VideoDiTConfiguration.Norm
  let state: (first: Linear, second: Linear, blocks: [Linear])?
  let text: (first: Linear, blocks: [CrossAttention])?

  struct CrossAttention {
    let query, keyValue, projection: Linear
  }

  /// Nil where the configuration tells nothing; draws nothing then.
  init?(_ configuration: VideoDiTConfiguration, from stream: RandomStream) {
    guard configuration.stateChannels != nil || configuration.textChannels != nil else {
      return nil
    }
    (heads, width, norm) = (configuration.heads, configuration.width, configuration.norm)
    let (width, depth) = (configuration.width, configuration.depth)
    state = configuration.stateChannels.map { channels in
      (
        Linear(channels, width, from: stream), Linear(width, width, from: stream),
        (0..<depth).map { _ in Linear(width, width, .zero, from: stream) }
      )
    }
    text = configuration.textChannels.map { channels in
      (
        Linear(channels, width, from: stream),
        (0..<depth).map { _ in
          CrossAttention(
            query: Linear(width, width, from: stream),
            keyValue: Linear(width, 2 * width, from: stream),
            projection: Linear(width, width, .zero, from: stream))
        }
      )
    }
  }

  var parameters: Parameters {
    var list = Parameters()
    if let state {
      list.append("state_embedder.mlp.0", state.first.parameters)
      list.append("state_embedder.mlp.2", state.second.parameters)
      for (index, layer) in state.blocks.enumerated() {
        list.append("blocks.\(index).state", layer.parameters)
      }
    }
    if let text {
      list.append("y_embedder", text.first.parameters)
      for (index, layer) in text.blocks.enumerated() {
        list.append("blocks.\(index).cross_attn.q_linear", layer.query.parameters)
        list.append("blocks.\(index).cross_attn.kv_linear", layer.keyValue.parameters)
        list.append("blocks.\(index).cross_attn.proj", layer.projection.parameters)
      }
    }
    return list
  }

  /// What the blocks take in; depends on neither noise nor time.
  func context(_ told: SceneCondition) -> VideoDiT.Context {
    var context = VideoDiT.Context()
    if let state, let numbers = told.state {
      let embedding = state.second(state.first(numbers).silu()).silu()
      context.states = state.blocks.map { $0(embedding).unsqueeze(1) }
    }
    if let text, let words = told.text, let mask = told.mask {
      let (batch, count) = (words.shape[0], words.shape[1])
      let memory = text.first(words)
      context.words = text.blocks.map { layer in
        let both = layer.keyValue(memory).view([batch, count, 2, heads, width / heads])
          .permute([2, 0, 3, 1, 4]).unbind(0)
        return (both[0], both[1])
      }
      context.bias = ((mask - 1) * 1e9).view([batch, 1, 1, count])
    }
    return context
  }

  /// x [B, tokens, width] with what the words of block `index` add to it.
  func attending(_ x: Tensor, block index: Int, keys: Tensor, values: Tensor, bias: Tensor)
    -> Tensor
  {
    guard let text else { return x }
    let (batch, tokens, size) = (x.shape[0], x.shape[1], width / heads)
    let layer = text.blocks[index]
    let normed = norm == .rms ? x.rmsNorm() : x.layerNorm()
    let query = layer.query(normed).view([batch, tokens, heads, size]).transpose(1, 2)
    let scores = query.matmul(keys.transpose(2, 3)) * (1 / Double(size).squareRoot()) + bias
    let found = scores.softmax(-1).matmul(values)
    return x + layer.projection(found.transpose(1, 2).reshape([batch, tokens, width]))
  }
}

extension VideoDiT {
  /// What the blocks take in of a `SceneCondition`, for all steps of sampling alike.
  public struct Context {
    /// Per block [B, 1, width], added to all tokens.
    var states: [Tensor]?
    /// Per block keys and values, each [B, heads, words, size].
    var words: [(keys: Tensor, values: Tensor)]?
    /// [B, 1, 1, words]: 0 for a word, hugely negative for what fills up.
    var bias: Tensor?

    /// Some scenes of the batch.
    func narrow(start: Int, length: Int) -> Context {
      func part(_ x: Tensor) -> Tensor { x.narrow(0, start: start, length: length) }
      return Context(
        states: states?.map(part), words: words?.map { (part($0.keys), part($0.values)) },
        bias: bias.map(part))
    }
  }

  /// What the blocks take in, for scenes described as the configuration asks for; nil where it asks for nothing.
  ///
  /// - Throws: `ModelError.condition` where what is told is not what the model was built for.
  public func context(_ told: SceneCondition?) throws -> Context? {
    func check(_ name: String, _ expected: Int?, _ found: Tensor?) throws {
      guard found?.shape.last == expected else {
        let has = found.map { "has \($0.shape.last ?? 0) channels" } ?? "is missing"
        let wants = expected.map { "\($0) channels" } ?? "none"
        throw ModelError.condition(
          "the \(name) of the scenes \(has), the model needs \(wants): use the arm and the encoder "
            + "that the model was trained with")
      }
    }
    try check("state", configuration.stateChannels, told?.state)
    try check("text", configuration.textChannels, told?.text)
    return told.flatMap { told in layers?.context(told) }
  }
}
