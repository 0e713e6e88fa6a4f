import Datasets
import Foundation
import Models
import Tensors
import Training
import Worlds

/// Everything that determines a run of the loop; saved as `config.yaml` of its folder.
///
/// Same configuration, same build and same thread count give the same numbers.
public struct RunConfiguration: Codable, Hashable, Sendable {
  /// The format's version.
  public var version = 1
  /// The preset that the other values started from.
  public var scale = Scale.laptop
  /// The law: only uniform motion so far.
  public var scenario = UniformMotion.name
  /// Seed of training data, weights, batch order, noise and sampling; never of evaluation scenes.
  public var seed: UInt64 = 0
  /// Threads for libtorch and rendering; 0 means all cores.
  public var threads = 0
  /// Where tensors are made: `cpu`, `cuda`, `cuda:1`, … or `auto` (CUDA where there is one).
  public var device = DeviceChoice.cpu
  /// The training set.
  public var data = DataOptions()
  /// Where the frozen autoencoder comes from.
  public var autoencoder = AutoencoderOptions()
  /// The transformer's size.
  public var model = ModelOptions()
  /// What the transformer learns to do.
  public var diffusion = Diffusion()
  /// Optimisers and batch.
  public var optimization = OptimizationOptions()
  /// Steps, checkpoints and probes.
  public var loop = RunConfiguration.laptopLoop
  /// How continuations are drawn.
  public var sampling = SamplingOptions()
  /// What is measured.
  public var evaluation = EvaluationOptions()

  /// The laptop's run.
  public init() {}

  private static var laptopLoop: LoopOptions {
    var loop = LoopOptions()
    loop.steps = 7000
    loop.checkpointEvery = 500
    loop.probeEvery = 700
    return loop
  }

  /// Training videos: a region of parameters, a named set, or files, and a count.
  public struct DataOptions: Codable, Hashable, Sendable {
    /// A set of the catalogue (`phyworld data list`), rendered; "none" renders radius and speed.
    public var set = TrainingData.none
    /// A set on disk (HDF5, tar, npz, or a folder); "none" renders.
    public var path = TrainingData.none
    /// Whether videos are encoded once, or taken while training.
    public var feed = TrainingData.Feed.cached
    /// Whether half of the videos are mirrored (the second training set of Figure 9).
    public var flips = false
    /// Videos used; all where there are fewer, and with 0. Of a named set they are spread over it, of files and
    /// regions they are the first.
    public var videos = 20_000
    /// Radii, world units; with a set or files, the range that counts as trained on.
    public var radius = EvaluationLevel.radius
    /// Speeds, world units per second; likewise.
    public var speed = EvaluationLevel.speed
    /// Frames of a training video; the measures look at the first 32.
    public var frames = 33

    /// The official training range.
    public init() {}

    /// The recipe of radius and speed.
    public var recipe: SceneRecipe {
      SceneRecipe(
        scenario: UniformMotion(frames: frames), region: Region(boxes: [["r": radius, "v": speed]]))
    }
  }

  /// A released autoencoder by name, or how to train one.
  public struct AutoencoderOptions: Codable, Hashable, Sendable {
    /// Name of a folder under `Weights/`, or a path; with "none" one is trained first.
    public var released = "autoencoder-64"
    /// Steps of training where none is released.
    public var steps = 7000
    /// The share of shapes, colours and pairs that must survive where one is trained; 0 never fails.
    public var minimumKept = 0.0
    /// How it is trained, and how the released one was.
    public var training = AutoencoderTraining()

    /// The released 64-pixel autoencoder.
    public init() {}
  }

  /// The free choices of a `VideoDiT`; the latent's shape follows from the autoencoder.
  public struct ModelOptions: Codable, Hashable, Sendable {
    /// A named size, which then decides on width, depth and heads: `nano`, `micro`, `mini`, `tiny`, `S`, `B`, `L` or
    /// `XL`; as the three say where there is none.
    public var size: ModelSize?
    /// Channels of a token.
    public var width = 128
    /// Blocks.
    public var depth = 4
    /// Attention heads.
    public var heads = 4
    /// Width of the MLP over `width`.
    public var mlpRatio = 4
    /// Latent cells along each side of a token.
    public var patch = 1
    /// How the given frames reach the model.
    public var conditioning = VideoDiTConfiguration.Conditioning.concatenated
    /// What the model is told besides: `frames` alone, `state` (the scene's start in numbers) or `text` (in words).
    public var arm = ConditionArm.frames
    /// Bodies that the state has room for.
    public var stateBodies = 2
    /// The encoder of words: `all-minilm-l6-v2`, or the folder of a T5 (config.json, model.safetensors, spiece.model).
    public var textEncoder = "all-minilm-l6-v2"

    /// The laptop's transformer.
    public init() {}
  }

  /// Optimisers and batch of the transformer.
  public struct OptimizationOptions: Codable, Hashable, Sendable {
    /// Videos per step.
    public var batch = 64
    /// Pieces of a batch that are computed one after another: less memory, the same gradient but for rounding.
    public var accumulation = 1
    /// Whether the insides of blocks are computed again on the way back: less memory, more time, the same bits.
    public var recompute = false
    /// The gradient's norm is cut to this.
    public var maximumGradientNorm = 1.0
    /// Which optimiser takes the blocks' matrices.
    public var optimizer = DiffusionTraining.MatrixOptimizer.muon
    /// Muon's learning rate.
    public var matrixRate = 0.02
    /// AdamW's learning rate.
    public var otherRate = 1e-3
    /// Memory of the averaged weights.
    public var averageDecay = 0.995
    /// The folder of a model or checkpoint whose weights the run starts from; "none" draws them.
    public var initial = TrainingData.none
    /// The network's arithmetic, in training and sampling.
    public var precision = Precision.float32

    /// The laptop's optimisers.
    public init() {}
  }

  /// How continuations are drawn.
  public struct SamplingOptions: Codable, Hashable, Sendable {
    /// Steps from noise to video in the main result.
    public var steps = 8
    /// How a step is taken: `ddim`, `euler`, `heun` or `dpmSolver`.
    public var solver = Solver.ddim
    /// Other numbers of steps whose error is shown beside it.
    public var comparedSteps = [1, 4, 8, 32]

    /// Eight steps, compared with 1, 4 and 32.
    public init() {}
  }

  /// Counts and seeds of what is measured.
  public struct EvaluationOptions: Codable, Hashable, Sendable {
    /// Videos of the in-distribution level.
    public var videosInside = 192
    /// Videos of every other level.
    public var videosOutside = 64
    /// Videos per level in the comparison of sampling steps.
    public var comparedVideos = 64
    /// Videos per probed level while training.
    public var probeVideos = 32
    /// Videos per probed level in the picture of a probe, `probes/step-….png`; 0 paints none.
    public var picturedVideos = 3
    /// Seed of the evaluation scenes; no training or probe uses it.
    public var seed: UInt64 = 20_411
    /// Frames of a measured video.
    public var frames = 32
    /// Frames that are given.
    public var conditionFrames = 3

    /// A few hundred videos over eight levels.
    public init() {}

    /// The seed of the scenes that probes look at while training.
    public var probeSeed: UInt64 { seed &+ 1_000_003 }

    /// How many videos a level has.
    public func count(_ level: EvaluationLevel) -> Int {
      level == .idLevel ? videosInside : videosOutside
    }
  }
}

extension RunConfiguration {
  /// The seed of the training scenes: far from those of evaluation and probes.
  public var trainingSeed: UInt64 { 0x7261_696E &+ seed &* 0x9E37_79B9 }

  /// The scenes of a level. The level `id` is the range this run trains on; the others are the
  /// official ones.
  public func evaluationStream(_ level: EvaluationLevel, probe: Bool = false) -> SceneStream {
    let region =
      level == .idLevel ? Region(boxes: [["r": data.radius, "v": data.speed]]) : level.region
    return SceneStream(
      recipe: SceneRecipe(scenario: UniformMotion(frames: evaluation.frames), region: region),
      seed: probe ? evaluation.probeSeed : evaluation.seed)
  }

  /// The layout of the latents: that of the released codec, or the one that `autoencoder.training` describes.
  ///
  /// - Throws: `ModelError` for a released codec that cannot be read.
  public var latentLayout: any LatentLayout {
    get throws {
      let own = autoencoder.training.architecture
      guard autoencoder.released != "none",
        let folder = try? ReleasedWeights.folder(autoencoder.released)
      else { return own }
      return try LatentCodecs.layout(folder)
    }
  }

  /// What the trainer of the transformer is given, for a codec's latents.
  public func training(on codec: any LatentLayout) throws -> DiffusionTraining {
    var transformer = try VideoDiTConfiguration(latentsOf: codec, frames: data.frames)
    transformer.width = model.width
    transformer.depth = model.depth
    transformer.heads = model.heads
    if let size = model.size { transformer.resize(to: size) }
    transformer.mlpRatio = model.mlpRatio
    transformer.patch = model.patch
    transformer.conditioning = model.conditioning
    transformer.conditionSteps = try codec.conditionSteps(given: evaluation.conditionFrames)
    transformer.stateChannels =
      model.arm == .state ? SceneState(bodies: model.stateBodies).channels : nil
    transformer.textChannels = model.arm == .text ? try textChannels() : nil
    var training = DiffusionTraining()
    training.transformer = transformer
    training.diffusion = diffusion
    training.seed = seed
    training.batch = optimization.batch
    training.optimizer = optimization.optimizer
    training.matrixRate = optimization.matrixRate
    training.otherRate = optimization.otherRate
    training.averageDecay = optimization.averageDecay
    training.maximumGradientNorm = optimization.maximumGradientNorm
    // Left out where they say nothing, so that earlier checkpoints stay what they were.
    training.accumulation = optimization.accumulation == 1 ? nil : optimization.accumulation
    training.precision = optimization.precision == .float32 ? nil : optimization.precision
    return training
  }
}

extension RunConfiguration {
  /// Reads a file over the preset of `scale`, or of the scale that the file names, or the laptop's.
  /// - Throws: `ConfigurationError`.
  public static func load(
    _ file: URL? = nil, scale: Scale? = nil, overrides: [String] = []
  ) throws -> RunConfiguration {
    let named = try file.flatMap { try ConfigurationFile.text(of: "scale", in: $0) }
      .flatMap(Scale.init(rawValue:))
    let preset = (scale ?? named ?? .laptop).configuration
    let configuration = try ConfigurationFile.load(preset, file: file, overrides: overrides)
    guard configuration.scale == preset.scale else {
      throw ConfigurationError.value(
        field: "scale", value: configuration.scale.rawValue,
        remedy: "the preset is \(preset.scale.rawValue); choose one with --scale alone")
    }
    try configuration.validate()
    return configuration
  }
}
