import Tensors

/// A network of the TAESD family: TAESD (4 latent channels), TAESD3 and TAEF1 (16), TAEF2 (32).
///
/// Keys are places in a sequence, `encoder.1.conv.0.weight`; those of diffusers' `AutoencoderTiny`,
/// `encoder.layers.1.conv.0.weight`, are taken too. Pictures are 0...1 on both sides. Source: the layout of the
/// published files (madebyollin/taesd).
struct TinyImageAutoencoder: ImageNetwork {
  private struct Block {
    let convolutions: [StoredConvolution]
    let pool: (first: StoredConvolution, norm: GroupNorm, last: StoredConvolution)?

    init(_ stored: StoredWeights, _ name: String, _ width: Int) throws {
      convolutions = try [0, 2, 4].map {
        try stored.convolution("\(name).conv.\($0)", from: width, to: width, kernel: 3)
      }
      guard stored.has("\(name).pool.0.weight") else {
        pool = nil
        return
      }
      let first = try stored.convolution("\(name).pool.0", from: width, kernel: 1)
      pool = (
        first,
        try GroupNorm(stored, "\(name).pool.1", channels: first.outputs, groups: 4, eps: 1e-5),
        try stored.convolution("\(name).pool.3", from: first.outputs, to: width, kernel: 1)
      )
    }

    func callAsFunction(_ input: Tensor) -> Tensor {
      var x = input
      if let pool { x = x + pool.last(pool.norm(pool.first(x)).relu()) }
      var y = x
      for (index, convolution) in convolutions.enumerated() {
        y = convolution(y)
        if index < convolutions.count - 1 { y = y.relu() }
      }
      return (y + x).relu()
    }
  }

  private enum Step {
    case convolution(StoredConvolution, stride: Int)
    case block(Block)
    case relu, double
  }

  let latentChannels: Int
  private let encoder: [Step]
  private let decoder: [Step]

  init(_ stored: StoredWeights) throws {
    // diffusers keeps the decoder's first step, which has no weights, out of the sequence.
    let isTiny = stored.has("encoder.layers.0.weight")
    let (e, d) = isTiny ? ("encoder.layers.", "decoder.layers.") : ("encoder.", "decoder.")
    let shift = isTiny ? 1 : 0
    let first = try stored.convolution("\(e)0", from: 3, kernel: 3)
    let width = first.outputs
    func blocks(_ prefix: String, _ places: ClosedRange<Int>, _ shift: Int = 0) throws -> [Step] {
      try places.map { .block(try Block(stored, "\(prefix)\($0 - shift)", width)) }
    }
    func plain(_ name: String, stride: Int = 1) throws -> Step {
      .convolution(try stored.convolution(name, from: width, to: width, kernel: 3), stride: stride)
    }
    let toLatent = try stored.convolution("\(e)14", from: width, kernel: 3)
    latentChannels = toLatent.outputs
    encoder =
      try [.convolution(first, stride: 1)] + blocks(e, 1...1)
      + [plain("\(e)2", stride: 2)] + blocks(e, 3...5)
      + [plain("\(e)6", stride: 2)] + blocks(e, 7...9)
      + [plain("\(e)10", stride: 2)] + blocks(e, 11...13)
      + [.convolution(toLatent, stride: 1)]
    let fromLatent = try stored.convolution(
      "\(d)\(1 - shift)", from: latentChannels, to: width, kernel: 3)
    decoder =
      try [.convolution(fromLatent, stride: 1), .relu] + blocks(d, 3...5, shift)
      + [.double, plain("\(d)\(7 - shift)")] + blocks(d, 8...10, shift)
      + [.double, plain("\(d)\(12 - shift)")] + blocks(d, 13...15, shift)
      + [.double, plain("\(d)\(17 - shift)")] + blocks(d, 18...18, shift)
      + [
        .convolution(
          try stored.convolution("\(d)\(19 - shift)", from: width, to: 3, kernel: 3), stride: 1)
      ]
    try stored.expectAllUsed()
  }

  var spatialFactor: Int { 8 }

  func encode(_ pictures: Tensor) -> Tensor { run(encoder, pictures) }

  func decode(_ latents: Tensor) -> Tensor { run(decoder, (latents * (1.0 / 3)).tanh() * 3) }

  private func run(_ steps: [Step], _ input: Tensor) -> Tensor {
    steps.reduce(input) { x, step in
      switch step {
      case .convolution(let layer, let stride): layer(x, stride: stride)
      case .block(let block): block(x)
      case .relu: x.relu()
      case .double: x.doubled()
      }
    }
  }
}
