import Models
import Tensors

extension MemoryNeed {
  /// What a diffusion training will take by its configuration alone: for saying no before anything is made, and where
  /// nothing can be run. `MemoryNeed.measure` knows better.
  ///
  /// - Parameters:
  ///   - data: bytes of training data that are kept in memory.
  ///   - processes: how many share the batch.
  public init(
    _ training: DiffusionTraining, recomputes: Bool, data: Int, processes: Int = 1,
    on device: Device = .standard
  ) {
    self.init()
    let t = training.transformer
    let weights = Int(t.weightCount) * 4
    // Weights, average, gradients, and one moment (Muon) or two.
    state = weights * (training.optimizer == .muon ? 4 : 5)
    // From where processes send gradients.
    if processes > 1 { state += weights }
    // Floats of a token that a block keeps, counted in widths: inputs, projections, attention, MLP. With bfloat16 most of
    // them take half the room: 0.53 to 0.58 of the whole, measured for S, L and XL on an H100.
    let block = Double(14 + 2 * t.mlpRatio) * (training.precision == .bfloat16 ? 0.56 : 1)
    let widths = recomputes ? Double(2 * t.depth) + block : block * Double(t.depth)
    activationsPerExample =
      4 * t.tokens * (Int(widths * Double(t.width)) + 6 * t.tokenChannels)
    let piece = training.batch / processes / (training.accumulation ?? 1)
    let shards = device == .cpu && processes == 1 ? training.shards : 1
    examplesAtOnce = min(
      (piece + shards - 1) / shards * min(shards, device == .cpu ? Workers.limit : 1), piece)
    self.data = data
    program = MachineMemory.used.now
    missing = state + activations + data
    available = MachineMemory.available(on: device)
    knobs = Self.knobs(training, recomputes: recomputes)
    if data > state + activations { knobs.insert("data.feed=streamed or fewer data.videos", at: 0) }
  }

  /// Settings that would lower the need, the cheapest first.
  static func knobs(_ training: DiffusionTraining, recomputes: Bool) -> [String] {
    var knobs: [String] = []
    let pieces = training.accumulation ?? 1
    let piece = training.batch / pieces
    if piece > 1, let factor = (2...piece).first(where: { piece.isMultiple(of: $0) }) {
      knobs.append("optimization.accumulation=\(pieces * factor)")
    }
    if !recomputes { knobs.append("optimization.recompute=true") }
    if training.batch > 1 { knobs.append("optimization.batch=\(training.batch / 2)") }
    knobs.append("a smaller model.width or model.depth")
    return knobs
  }
}

extension VideoDiTConfiguration {
  /// The number of weights, without making them; those of a few small tables may be missing.
  var weightCount: Double {
    let (d, token) = (Double(width), Double(tokenChannels))
    let inputs = conditioning == .concatenated ? 2 * token + 1 : token + 1
    let block = (4 + 2 * Double(mlpRatio)) * d * d + (11 + Double(mlpRatio)) * d
    let time = Double(timestepChannels) * d + 6 * d * d + 2 * d * d
    return Double(depth) * block + time + (inputs + token) * d + 10 * d + token
  }
}
