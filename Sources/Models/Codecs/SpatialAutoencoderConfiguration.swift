/// The shape of a `SpatialAutoencoder`; saved as `config.json` beside its weights.
public struct SpatialAutoencoderConfiguration: Codable, Hashable, Sendable {
  /// What `config.json` must say to be taken for a spatial autoencoder.
  public static let kind = "phyworld-spatial-autoencoder"

  /// The kind of model, always `SpatialAutoencoderConfiguration.kind`.
  public var modelType = Self.kind
  /// Pixels along each side of a frame; the weights fit every multiple of `spatialFactor`.
  public var resolution = 128
  /// Pixels along each side of a latent cell.
  public var spatialFactor = 8
  /// Frames that make one latent step: 1, or 2, where the first frame stands alone.
  public var temporalFactor = 1
  /// Frames that a causal layer over time looks at, its own included; 0: frames are on their own.
  public var temporalTaps = 0
  /// Channels of the residual blocks on the latent's grid.
  public var width = 128
  /// Residual blocks of the encoder.
  public var encoderBlocks = 3
  /// Residual blocks of the decoder.
  public var decoderBlocks = 5
  /// Hidden channels of the decoder's last layers, which draw the pixels of a cell.
  public var headWidth = 384
  /// Channels of a latent cell.
  public var latentChannels = 16

  /// 128 pixels, 16 × 16 cells of 16 channels, frame by frame.
  public init() {}

  /// Cells along each side.
  public var grid: Int { resolution / spatialFactor }

  /// Channels of a cell's pixels.
  var cellChannels: Int { 3 * spatialFactor * spatialFactor }

  /// Whether anything in it looks over time.
  public var isTemporal: Bool { temporalTaps > 0 || temporalFactor > 1 }

  /// Checks every value against the others.
  /// - Throws: `ModelError.configuration` naming the first impossible field.
  public func validate() throws {
    func require(_ holds: Bool, _ field: String, _ value: Int, _ remedy: String) throws {
      guard holds else {
        throw ModelError.configuration(field: field, value: "\(value)", remedy: remedy)
      }
    }
    for (field, value) in [
      ("width", width), ("headWidth", headWidth), ("latentChannels", latentChannels),
    ] {
      try require(value > 0, field, value, "must be > 0")
    }
    for (field, value) in [("encoderBlocks", encoderBlocks), ("decoderBlocks", decoderBlocks)] {
      try require((0...64).contains(value), field, value, "must lie in 0...64")
    }
    try require(
      (2...32).contains(spatialFactor), "spatialFactor", spatialFactor, "must lie in 2...32")
    try require(
      resolution > 0 && resolution.isMultiple(of: spatialFactor), "resolution", resolution,
      "must be a positive multiple of spatialFactor (\(spatialFactor))")
    try require((1...2).contains(temporalFactor), "temporalFactor", temporalFactor, "use 1 or 2")
    try require(
      (0...9).contains(temporalTaps), "temporalTaps", temporalTaps, "must lie in 0...9")
    try require(
      temporalFactor == 1 || temporalTaps > 0, "temporalTaps", temporalTaps,
      "a temporalFactor of 2 needs layers over time: use 3")
  }
}
