import Foundation
import Models
import Tensors
import Training

/// Lines in, lines out, so that another program can take turns with this one on the same processor or GPU:
/// `check`, `model SIZE BATCH`, `weights FILE`, `batches COUNT FILE`, `steps COUNT`, `losses COUNT`,
/// `sample VIDEOS STEPS`, `end`. Every answer is one line of JSON.
@main struct Bench {
  static func main() throws {
    let arguments = CommandLine.arguments
    let device = try DeviceChoice(arguments.count > 1 ? arguments[1] : "auto").resolved()
    try device.use()
    var bench: Bench?
    print(
      json([
        "device": "\(device)", "name": device.name ?? "", "libtorch": Torch.version,
        "kernels": "\(Torch.hasKernels(on: device))",
      ]))
    fflush(nil)
    while let line = readLine() {
      let words = line.split(separator: " ").map(String.init)
      guard let command = words.first else { continue }
      func number(_ index: Int) -> Int { index < words.count ? Int(words[index]) ?? 0 : 0 }
      switch command {
      case "end": return
      case "check": print(json(SelfCheck.run(device)))
      case "model":
        bench = nil
        let made = try Bench(size: words.count > 1 ? words[1] : "tiny", batch: number(2), device)
        bench = made
        print(json(made.facts))
      case "weights":
        guard let bench else { continue }
        try Safetensors.write(
          bench.trainer.weights.byName, to: URL(fileURLWithPath: words[1]))
        print("{}")
      case "batches":
        guard let bench else { continue }
        try bench.writeBatches(number(1), to: URL(fileURLWithPath: words[2]))
        print("{}")
      case "steps":
        print(json(try bench?.timed { _ = try bench?.losses(number(1)) } ?? [:]))
      case "losses":
        let losses = try bench?.losses(number(1)) ?? []
        print("{\"losses\": [" + losses.map { "\($0)" }.joined(separator: ", ") + "]}")
      case "sample":
        print(json(bench?.timed { bench?.sample(number(1), steps: number(2)) } ?? [:]))
      default: print(json(["error": "unknown command \(command)"]))
      }
      fflush(nil)
    }
  }

  private let trainer: DiffusionTrainer
  private let device: Device
  private let latents: CachedLatents
  private var step = 0

  /// A model, its trainer, and synthetic latents: soft blobs that drift.
  init(size: String, batch: Int, _ device: Device) throws {
    let transformer = Subject.transformer(size)
    var training = DiffusionTraining.paper(transformer)
    training.batch = max(batch, 1)
    training.precision = device == .cpu ? .float32 : .bfloat16
    // The twin takes its batch in one piece, and one thread has no use for two.
    training.shards = 1
    latents = CachedLatents(Self.blobs(256, transformer.latentShape), seed: training.seed)
    trainer = try DiffusionTrainer(training, latents: latents)
    trainer.weights.requireGradients(true)
    self.device = device
  }

  /// What the twin needs to build the same model.
  private var facts: [String: String] {
    let t = trainer.configuration.transformer
    return [
      "parameters": "\(trainer.model.parameterCount)", "operations": "\(operations)",
      "forward": "\(t.trainingOperations / 3)", "depth": "\(t.depth)", "width": "\(t.width)",
      "heads": "\(t.heads)", "time": "\(t.time)", "height": "\(t.height)",
      "breadth": "\(t.breadth)", "channels": "\(t.channels)", "patch": "\(t.patch)",
      "given": "\(t.conditionSteps)",
    ]
  }

  /// Operations of one step.
  var operations: Double {
    trainer.configuration.transformer.trainingOperations * Double(trainer.batch)
  }

  /// Wall and processor seconds of `body`, all work of the device included.
  private func timed(_ body: () throws -> Void) rethrows -> [String: String] {
    Torch.synchronize()
    let (wall, processor) = (ContinuousClock.now, clock())
    try body()
    Torch.synchronize()
    let used = Double(clock() - processor) / Double(CLOCKS_PER_SEC)
    return ["seconds": "\(Self.number(wall.duration(to: .now)))", "processor": "\(used)"]
  }

  /// The losses of the next `count` steps.
  mutating func losses(_ count: Int) throws -> [Double] {
    var results: [StepResult] = []
    for _ in 0..<count { results.append(try take()) }
    return StepResult.values(results).map(\.loss)
  }

  private mutating func take() throws -> StepResult {
    defer { step += 1 }
    return try TrainingStep.take(trainer, step: step, of: 100_000, factor: 1)
  }

  /// Samples so many videos' latents.
  private func sample(_ videos: Int, steps: Int) {
    var sampler = Sampler()
    sampler.steps = steps
    sampler.shift = 1
    sampler.batch = videos
    sampler.precision = trainer.configuration.precision
    let condition = latents.latents.narrow(0, start: 0, length: videos)
    let made = sampler.sample(trainer.model, trainer.configuration.diffusion, condition: condition)
    _ = made.mean().item()
  }

  /// The batches, times and noise of the first steps, as the trainer will draw them.
  func writeBatches(_ count: Int, to url: URL) throws {
    var clean: [Tensor] = []
    var noise: [Tensor] = []
    var times: [Float] = []
    let configuration = trainer.configuration
    for step in 0..<count {
      let batch = latents.batch(step: step, size: trainer.batch)
      let stream = RandomStream(seed: configuration.seed &+ 0xD1F, index: UInt64(step))
      times += configuration.diffusion.drawTimes(trainer.batch, from: stream).map(Float.init)
      noise.append(stream.normal(batch.shape, device: .cpu))
      clean.append(batch.to(.cpu))
    }
    let levels = times.map { configuration.diffusion.coefficients(Double($0)) }
    let shape = [count, trainer.batch]
    try Safetensors.write(
      [
        "clean": .stack(clean), "noise": .stack(noise),
        "times": Tensor(times, shape, device: .cpu),
        "alpha": Tensor(levels.map { Float($0.alpha) }, shape, device: .cpu),
        "sigma": Tensor(levels.map { Float($0.sigma) }, shape, device: .cpu),
      ], to: url)
  }

  private static func blobs(_ count: Int, _ shape: [Int]) -> Tensor {
    let (time, height, breadth, channels) = (shape[0], shape[1], shape[2], shape[3])
    let uniform = RandomStream(seed: 7).uniform([count, 4], device: .cpu).doubles()
    var values: [Float] = []
    values.reserveCapacity(count * time * height * breadth * channels)
    for index in 0..<count {
      let draw = uniform[index * 4..<index * 4 + 4].map { $0 }
      let row = draw[0] * Double(height)
      let speed = (draw[1] - 0.5) * 2
      let radius = 1 + 2 * draw[2]
      let start = draw[3] * Double(breadth)
      for t in 0..<time {
        let centre = start + speed * Double(t)
        for y in 0..<height {
          for x in 0..<breadth {
            let (dy, dx) = (Double(y) - row, Double(x) - centre)
            let level = exp(-(dy * dy + dx * dx) / (2 * radius * radius))
            for channel in 0..<channels {
              values.append(Float(level * 3 - 0.5) * [1, -1][channel % 2])
            }
          }
        }
      }
    }
    return Tensor(values, [count] + shape)
  }

  private static func number(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }
}

/// An object whose values are text.
func json(_ values: [String: String]) -> String {
  "{"
    + values.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \"\($0.value)\"" }
    .joined(separator: ", ") + "}"
}
