/// The shape of a `VideoDiT`; saved in `config.json` beside its weights.
public struct VideoDiTConfiguration: Codable, Hashable, Sendable {
  /// How the given frames reach the model.
  public enum Conditioning: String, Codable, CaseIterable, Sendable {
    /// Noise latents, masked condition latents and mask side by side on channels (the paper).
    case concatenated
    /// Condition tokens carry the clean latent instead of noise; the mask says which they are.
    case replaced
  }

  /// The normalisation before attention and MLP, without learned scale.
  public enum Norm: String, Codable, CaseIterable, Sendable {
    /// Root mean square.
    case rms
    /// Mean and variance (DiT).
    case layer
  }

  /// How the diffusion time becomes the modulation.
  public enum TimestepNetwork: String, Codable, CaseIterable, Sendable {
    /// One layer, then a modulation layer each for the blocks and for the output.
    case compact
    /// PixArt-α's adaLN-single: two layers, then a modulation layer for the blocks; the output is shifted and
    /// scaled by the two layers' answer itself.
    case paper
  }

  /// Latent steps of a video.
  public var time = 11
  /// Latent rows.
  public var height = 1
  /// Latent columns.
  public var breadth = 1
  /// Latent channels.
  public var channels = 72
  /// Latent cells along each side of a token.
  public var patch = 1
  /// Channels of a token inside the model.
  public var width = 128
  /// Transformer blocks.
  public var depth = 4
  /// Attention heads; `width / heads` must be a multiple of 4.
  public var heads = 4
  /// Width of the MLP over `width`.
  public var mlpRatio = 4
  /// Whether queries and keys are normalised (RMS per head).
  public var normaliseQueriesAndKeys = true
  /// The normalisation in front of attention and MLP.
  public var norm = Norm.rms
  /// Whether learned positions are added besides the rotary ones.
  public var learnedPositions = false
  /// How the given frames reach the model.
  public var conditioning = Conditioning.concatenated
  /// Latent steps that are given at the start.
  public var conditionSteps = 1
  /// Sines and cosines that describe the diffusion time.
  public var timestepChannels = 64
  /// How the diffusion time becomes the modulation; `compact` when nil.
  public var timestepNetwork: TimestepNetwork?
  /// The slowest time pair of the rotary positions turns by one radian in about so many steps.
  public var rotaryTimePeriod = 30.0
  /// The same for rows and columns.
  public var rotarySpacePeriod = 10.0

  /// Channels of the scene's state in numbers, where the model is told it (`ConditionArm.state`).
  public var stateChannels: Int?
  /// Channels of an encoded word, where the model is told the state in words (`ConditionArm.text`).
  public var textChannels: Int?

  /// The laptop's model: 11 tokens, width 128, depth 4.
  public init() {}

  /// Fits the latent of a codec for videos of so many frames.
  /// - Throws: `ModelError.frameCount`.
  public init(latentsOf codec: any LatentLayout, frames: Int) throws {
    let shape = try codec.latentShape(frames: frames)
    (time, height, breadth, channels) = (shape[0], shape[1], shape[2], shape[3])
  }

  /// Tokens of one video.
  public var tokens: Int { time * (height / patch) * (breadth / patch) }

  /// Channels of one token before and after the model.
  public var tokenChannels: Int { channels * patch * patch }

  /// [time, height, breadth, channels].
  public var latentShape: [Int] { [time, height, breadth, channels] }

  /// Layers, width and heads of a size; everything else unchanged.
  public mutating func resize(to size: ModelSize) { (depth, width, heads) = size.shape }

  /// One of the paper's transformers, on the latents that the paper's 128-pixel videos have with a causal
  /// autoencoder of spatial factor 8 and temporal factor 2: 16 × 16 × 16 cells of 4 channels (31 frames, 3 of them
  /// given), 2 × 2 cells a token, 1024 tokens.
  ///
  /// Latent and patch are not stated in the paper; with these, and PixArt-α's adaLN-single, the numbers of weights
  /// are the tabled 22.5, 89.5, 310.0 and 456.0 million.
  public static func paper(_ size: PaperSize) -> VideoDiTConfiguration {
    var configuration = VideoDiTConfiguration()
    (configuration.time, configuration.height, configuration.breadth) = (16, 16, 16)
    configuration.channels = 4
    configuration.patch = 2
    configuration.conditionSteps = 2
    configuration.norm = .layer
    configuration.timestepNetwork = .paper
    configuration.timestepChannels = 256
    (configuration.depth, configuration.width, configuration.heads) = size.shape
    return configuration
  }

  /// Floating-point operations of the matrix products of one training step on one video: forward, and twice as
  /// many backward. Norms, activations and anything computed twice are not counted.
  public var trainingOperations: Double {
    let (n, d, l) = (Double(tokens), Double(width), Double(depth))
    let inputs = Double(conditioning == .concatenated ? 2 * tokenChannels + 1 : tokenChannels + 1)
    let layers = (4 + 2 * Double(mlpRatio)) * d * d * l
    let ends = d * (inputs + Double(tokenChannels))
    // The words themselves, a few dozen, are left out; what every token does to attend to them is not.
    let words = textChannels == nil ? 0 : 2 * d * d * l
    return 3 * (2 * n * (layers + ends + words) + 4 * n * n * d * l)
  }

  /// Checks every value against the others.
  /// - Throws: `ModelError.configuration` naming the first impossible field.
  public func validate() throws {
    func require(_ holds: Bool, _ field: String, _ value: Any, _ remedy: String) throws {
      guard holds else {
        throw ModelError.configuration(field: field, value: "\(value)", remedy: remedy)
      }
    }
    for (field, value) in [
      ("time", time), ("height", height), ("breadth", breadth), ("channels", channels),
      ("patch", patch), ("width", width), ("depth", depth), ("heads", heads),
      ("mlpRatio", mlpRatio),
    ] {
      try require(value > 0, field, value, "must be > 0")
    }
    try require(
      height % patch == 0 && breadth % patch == 0, "patch", patch,
      "must divide the latent grid of \(height)x\(breadth)")
    try require(
      width % heads == 0 && width / heads % 4 == 0, "heads", heads,
      "width / heads must be a whole multiple of 4, and the width is \(width)")
    try require(
      (0..<time).contains(conditionSteps), "conditionSteps", conditionSteps,
      "must lie in 0..<\(time), the latent steps of a video")
    try require(
      timestepChannels > 0 && timestepChannels % 2 == 0, "timestepChannels", timestepChannels,
      "must be even and > 0")
    for (field, value) in [("stateChannels", stateChannels), ("textChannels", textChannels)] {
      if let value { try require(value > 0, field, value, "must be > 0") }
    }
    try require(rotaryTimePeriod > 1, "rotaryTimePeriod", rotaryTimePeriod, "must be > 1")
    try require(rotarySpacePeriod > 1, "rotarySpacePeriod", rotarySpacePeriod, "must be > 1")
  }
}
