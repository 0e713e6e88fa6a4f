/// The shape of a `VideoAutoencoder`; saved as `config.json` beside its weights.
public struct VideoAutoencoderConfiguration: Codable, Hashable, Sendable {
  /// What `config.json` must say to be taken for an autoencoder.
  public static let kind = "phyworld-video-autoencoder"

  /// The kind of model, always `VideoAutoencoderConfiguration.kind`.
  public var modelType = Self.kind
  /// Pixels along each side of a frame.
  public var resolution = 64
  /// Cells along each side of a frame's latent: 1 (one vector per frame) or the grid that the
  /// encoder's convolutions end at.
  public var grid = 1
  /// Channels of one frame's latent, per cell.
  public var frameLatentChannels = 32
  /// Channels of the encoder's convolutions: the first divides the size by 4, every other by 2.
  public var encoderWidths = [32, 64, 96]
  /// Channels of the decoder's convolutions, from the coarsest to the finest.
  public var decoderWidths = [96, 64, 48]
  /// Width of the fully connected layer between convolutions and latent; used when `grid` is 1.
  public var hiddenWidth = 256
  /// Consecutive frames that make one latent step.
  public var framesPerLatent = 3
  /// Channels of one latent step, per cell.
  public var latentChannels = 72
  /// How far the latent's components are brought to equal variance: 0 not at all, 1 fully.
  public var whitening = 0.75
  /// Whether red, blue and black are coded apart, each by the same network and each with a third of
  /// `frameLatentChannels`; see ``ColorLayers``. Left out where it says nothing, so that earlier files stay what
  /// they were.
  public var separatesColors: Bool?

  /// The laptop's autoencoder: 64 pixels, one vector per frame.
  public init() {}

  /// Cells along each side where the encoder's convolutions end.
  public var innermostGrid: Int { resolution / reduction }

  /// Pictures of one frame that the network sees: one, or one for each colour.
  public var layers: Int { separatesColors == true ? ColorLayers.count : 1 }

  private var reduction: Int { 4 << max(encoderWidths.count - 1, 0) }

  /// The shape of the latent of a video of so many frames: [time, grid, grid, channels].
  public func latentShape(frames: Int) throws -> [Int] {
    guard frames > 0, framesPerLatent > 0, frames % framesPerLatent == 0 else {
      throw ModelError.frameCount(
        found: frames, remedy: "use a positive multiple of \(framesPerLatent)")
    }
    return [frames / framesPerLatent, grid, grid, latentChannels]
  }

  /// Checks every value against the others.
  /// - Throws: `ModelError.configuration` naming the first impossible field.
  public func validate() throws {
    func require(_ holds: Bool, _ field: String, _ value: Any, _ remedy: String) throws {
      guard holds else {
        throw ModelError.configuration(field: field, value: "\(value)", remedy: remedy)
      }
    }
    try require(
      (1...8).contains(encoderWidths.count) && encoderWidths.allSatisfy { $0 > 0 },
      "encoderWidths", encoderWidths, "give one to eight positive widths")
    try require(
      decoderWidths.count == encoderWidths.count && decoderWidths.allSatisfy { $0 > 0 },
      "decoderWidths", decoderWidths,
      "give \(encoderWidths.count) positive widths, as many as the "
        + "encoder has")
    try require(
      resolution > 0 && resolution % reduction == 0, "resolution", resolution,
      "with \(encoderWidths.count) encoder widths it must be a positive multiple of \(reduction)")
    try require(
      grid == 1 || grid == innermostGrid, "grid", grid,
      "use 1, or \(innermostGrid) where \(encoderWidths.count) convolutions of \(resolution) pixels end"
    )
    try require(frameLatentChannels > 0, "frameLatentChannels", frameLatentChannels, "must be > 0")
    try require(
      frameLatentChannels % layers == 0, "frameLatentChannels", frameLatentChannels,
      "must be a multiple of \(layers) where colours are coded apart")
    try require(hiddenWidth > 0, "hiddenWidth", hiddenWidth, "must be > 0")
    try require(framesPerLatent > 0, "framesPerLatent", framesPerLatent, "must be > 0")
    try require(
      (1...framesPerLatent * frameLatentChannels).contains(latentChannels), "latentChannels",
      latentChannels,
      "must lie in 1...\(framesPerLatent * frameLatentChannels) (framesPerLatent times "
        + "frameLatentChannels)")
    try require((0...1).contains(whitening), "whitening", whitening, "must lie in 0...1")
  }
}

extension VideoAutoencoderConfiguration: LatentLayout {
  /// The least multiple of `framesPerLatent` that is not below `frames`.
  public func fittingFrames(_ frames: Int) -> Int {
    let per = max(framesPerLatent, 1)
    return max((frames + per - 1) / per, 1) * per
  }

  /// The frames that so many latent steps decode to.
  public func frames(ofSteps steps: Int) -> Int { max(steps, 0) * framesPerLatent }
}
