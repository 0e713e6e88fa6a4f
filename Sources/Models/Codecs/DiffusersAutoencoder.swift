import Tensors

/// The autoencoder of Stable Diffusion and its kin, as diffusers' `AutoencoderKL` stores it.
///
/// Widths and depths follow from the tensors; groups, scaling and shift are diffusers' configuration. Latents are
/// the means, `(mean - shift) · scaling`. Attention in the middle has one head; its keys may be the old ones
/// (`query`, `proj_attn`) or the new (`to_q`, `to_out.0`).
struct DiffusersAutoencoder: ImageNetwork {
  private struct ResidualStep {
    let (norm1, norm2): (GroupNorm, GroupNorm)
    let (conv1, conv2): (StoredConvolution, StoredConvolution)
    let shortcut: StoredConvolution?

    init(_ stored: StoredWeights, _ name: String, _ inputs: Int, groups: Int) throws {
      conv1 = try stored.convolution("\(name).conv1", from: inputs, kernel: 3)
      let outputs = conv1.outputs
      norm1 = try GroupNorm(stored, "\(name).norm1", channels: inputs, groups: groups, eps: 1e-6)
      norm2 = try GroupNorm(stored, "\(name).norm2", channels: outputs, groups: groups, eps: 1e-6)
      conv2 = try stored.convolution("\(name).conv2", from: outputs, to: outputs, kernel: 3)
      shortcut =
        inputs == outputs
        ? nil
        : try stored.convolution("\(name).conv_shortcut", from: inputs, to: outputs, kernel: 1)
    }

    func callAsFunction(_ x: Tensor) -> Tensor {
      (shortcut?(x) ?? x) + conv2(norm2(conv1(norm1(x).silu())).silu())
    }
  }

  private struct Attention {
    let norm: GroupNorm
    let (q, k, v, out): (Projection, Projection, Projection, Projection)

    struct Projection {
      let weight: Tensor
      let bias: Tensor

      init(_ stored: StoredWeights, _ names: [String], _ width: Int) throws {
        let name = names.first { stored.has("\($0).weight") } ?? names[0]
        weight = try stored("\(name).weight", [width, width])
        bias = try stored("\(name).bias", [width])
      }

      func callAsFunction(_ x: Tensor) -> Tensor { x.linear(weight, bias) }
    }

    init(_ stored: StoredWeights, _ name: String, _ width: Int, groups: Int) throws {
      norm = try GroupNorm(
        stored, "\(name).group_norm", channels: width, groups: groups, eps: 1e-6)
      q = try Projection(stored, ["\(name).to_q", "\(name).query"], width)
      k = try Projection(stored, ["\(name).to_k", "\(name).key"], width)
      v = try Projection(stored, ["\(name).to_v", "\(name).value"], width)
      out = try Projection(stored, ["\(name).to_out.0", "\(name).proj_attn"], width)
    }

    func callAsFunction(_ x: Tensor) -> Tensor {
      let s = x.shape
      let tokens = norm(x).reshape([s[0], 1, s[1], s[2] * s[3]]).transpose(2, 3)
      let mixed = out(Tensor.attention(q(tokens), k(tokens), v(tokens)))
      return x + mixed.transpose(2, 3).reshape(s)
    }
  }

  private enum Step {
    case residual(ResidualStep)
    case attention(Attention)
    case down(StoredConvolution)
    case up(StoredConvolution)
  }

  /// What diffusers' configuration says beyond the tensors.
  struct Settings {
    var groups = 32
    var scaling = 0.18215
    var shift = 0.0
  }

  let latentChannels: Int
  let spatialFactor: Int
  private let settings: Settings
  private let (encoderIn, encoderOut): (StoredConvolution, StoredConvolution)
  private let (decoderIn, decoderOut): (StoredConvolution, StoredConvolution)
  private let (encoderNorm, decoderNorm): (GroupNorm, GroupNorm)
  private let (encoder, decoder): ([Step], [Step])
  private let (quantise, unquantise): (StoredConvolution?, StoredConvolution?)

  init(_ stored: StoredWeights, _ settings: Settings) throws {
    self.settings = settings
    let groups = settings.groups
    encoderIn = try stored.convolution("encoder.conv_in", from: 3, kernel: 3)
    var width = encoderIn.outputs
    var factor = 1
    func residual(_ name: String) throws -> Step {
      let step = try ResidualStep(stored, name, width, groups: groups)
      width = step.conv1.outputs
      return .residual(step)
    }
    func middle(_ side: String) throws -> [Step] {
      let name = "\(side).mid_block"
      let first = try residual("\(name).resnets.0")
      // Without attention in newer files; their keys tell.
      let hasAttention = stored.has("\(name).attentions.0.group_norm.weight")
      let attention =
        hasAttention
        ? [
          Step.attention(
            try Attention(stored, "\(name).attentions.0", width, groups: groups))
        ] : []
      return [first] + attention + [try residual("\(name).resnets.1")]
    }
    func level(_ name: String) throws -> [Step] {
      var steps: [Step] = []
      while stored.has("\(name).resnets.\(steps.count).conv1.weight") {
        steps.append(try residual("\(name).resnets.\(steps.count)"))
      }
      return steps
    }

    var steps: [Step] = []
    for number in 0..<16 where stored.has("encoder.down_blocks.\(number).resnets.0.conv1.weight") {
      let name = "encoder.down_blocks.\(number)"
      steps += try level(name)
      if stored.has("\(name).downsamplers.0.conv.weight") {
        steps.append(
          .down(
            try stored.convolution(
              "\(name).downsamplers.0.conv", from: width, to: width, kernel: 3)))
        factor *= 2
      }
    }
    encoder = try steps + middle("encoder")
    encoderNorm = try GroupNorm(
      stored, "encoder.conv_norm_out", channels: width, groups: groups, eps: 1e-6)
    encoderOut = try stored.convolution("encoder.conv_out", from: width, kernel: 3)
    let moments = encoderOut.outputs
    guard moments.isMultiple(of: 2) else {
      throw ModelError.configuration(
        field: "encoder.conv_out", value: "\(moments) channels",
        remedy: "means and log-variances are as many: use an AutoencoderKL")
    }
    latentChannels = moments / 2
    spatialFactor = factor
    quantise =
      stored.has("quant_conv.weight")
      ? try stored.convolution("quant_conv", from: moments, to: moments, kernel: 1) : nil
    unquantise =
      stored.has("post_quant_conv.weight")
      ? try stored.convolution(
        "post_quant_conv", from: moments / 2, to: moments / 2, kernel: 1) : nil

    decoderIn = try stored.convolution("decoder.conv_in", from: moments / 2, kernel: 3)
    width = decoderIn.outputs
    steps = try middle("decoder")
    for number in 0..<16 where stored.has("decoder.up_blocks.\(number).resnets.0.conv1.weight") {
      let name = "decoder.up_blocks.\(number)"
      steps += try level(name)
      if stored.has("\(name).upsamplers.0.conv.weight") {
        steps.append(
          .up(
            try stored.convolution("\(name).upsamplers.0.conv", from: width, to: width, kernel: 3)))
      }
    }
    decoder = steps
    decoderNorm = try GroupNorm(
      stored, "decoder.conv_norm_out", channels: width, groups: groups, eps: 1e-6)
    decoderOut = try stored.convolution("decoder.conv_out", from: width, to: 3, kernel: 3)
    try stored.expectAllUsed()
  }

  func encode(_ pictures: Tensor) -> Tensor {
    var x = encoderOut(
      encoderNorm(run(encoder, encoderIn(pictures * 2 - 1))).silu())
    if let quantise { x = quantise(x) }
    return (x.narrow(1, start: 0, length: latentChannels) - settings.shift) * settings.scaling
  }

  func decode(_ latents: Tensor) -> Tensor {
    var x = latents * (1 / settings.scaling) + settings.shift
    if let unquantise { x = unquantise(x) }
    return decoderOut(decoderNorm(run(decoder, decoderIn(x))).silu()) * 0.5 + 0.5
  }

  private func run(_ steps: [Step], _ input: Tensor) -> Tensor {
    steps.reduce(input) { x, step in
      switch step {
      case .residual(let step): step(x)
      case .attention(let attention): attention(x)
      // diffusers pads on the right and at the bottom only.
      case .down(let layer): layer(x.padded([0, 1, 0, 1]), stride: 2, padding: 0)
      case .up(let layer): layer(x.doubled())
      }
    }
  }
}
