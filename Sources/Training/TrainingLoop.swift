import Foundation
import Models
import Tensors

/// Runs a `Trainable` step by step, with records, probes, checkpoints and a graceful stop.
///
/// The run folder gets `metrics.jsonl` and `checkpoints/step-00001000/…`.
public struct TrainingLoop {
  /// The run's folder.
  public let folder: URL
  /// How the run is cut.
  public let options: LoopOptions
  /// Hears how it goes.
  public var observer: (any TrainingObserver)?
  /// Asked before every step; true writes a checkpoint and ends the run.
  public var shouldStop: () -> Bool = { false }
  /// Values worth recording, such as the law error of a few continuations; its time is not counted.
  public var probe: ((_ step: Int, _ seconds: Double) throws -> [String: Double])?

  /// A loop over `options.steps` steps in `folder`, which is made where it is missing.
  /// - Throws: `TrainingError.option`.
  public init(folder: URL, options: LoopOptions) throws {
    try options.validate()
    self.folder = folder
    self.options = options
  }

  /// Trains to the end, from the newest sound checkpoint when `resume` is set.
  ///
  /// - Throws: `TrainingError`; a diverged run leaves its last good checkpoint in place.
  public func run(_ subject: some Trainable, resume: Bool = false) throws -> TrainingOutcome {
    let store = CheckpointStore(folder: folder, keep: options.keepCheckpoints)
    var state = TrainingState()
    if resume { state = try store.restoreLatest(subject, warning: observer?.warning) }
    let metrics = try MetricsFile(folder: folder, keepingUpTo: state.step)
    subject.weights.requireGradients(true)
    defer { subject.weights.requireGradients(false) }

    var window = Window(seconds: state.seconds)
    var written: URL? = resume ? store.url(state.step) : nil
    var reason = TrainingOutcome.Reason.finished
    while state.step < options.steps {
      if shouldStop() {
        reason = .interrupted
        break
      }
      if let limit = options.maximumSeconds, state.seconds >= limit {
        reason = .outOfTime
        break
      }
      let clock = ContinuousClock.now
      try window.add(take(subject, step: state.step, state: state, lastGood: written))
      state.step += 1
      state.data = subject.dataIdentity.map {
        DataCursor(identity: $0, videos: state.step * subject.batch)
      }
      state.seconds += clock.duration(to: .now).inSeconds

      let isLast = state.step == options.steps
      let isProbed =
        probe != nil && options.probeEvery > 0 && (isLast || state.step % options.probeEvery == 0)
      // A probe's record holds the loss too, so one is due with every probe.
      if isLast || isProbed || state.step % options.recordEvery == 0 {
        let record = window.flush(state, batch: subject.batch)
        try metrics.append(record)
        observer?.progress(record, of: options.steps)
      }
      if options.checkpointEvery > 0, state.step % options.checkpointEvery == 0 {
        written = try write(subject, state, store)
      }
      if isProbed { try runProbe(state, window.last, metrics) }
    }
    let isWritten = written == store.url(state.step)
    let checkpoint = isWritten ? store.url(state.step) : try write(subject, state, store)
    return TrainingOutcome(
      reason: reason, steps: state.step, seconds: state.seconds, checkpoint: checkpoint)
  }

  private func take(
    _ subject: some Trainable, step: Int, state: TrainingState, lastGood: URL?
  ) throws -> StepResult {
    func require(_ value: Double, _ quantity: String) throws {
      guard value.isFinite else {
        throw TrainingError.diverged(
          step: step, quantity: quantity, value: "\(value)", lastGood: lastGood?.path)
      }
    }
    let factor = options.learningRate.factor(step: step, fraction: fraction(step, state.seconds))
    for (_, optimizer, _) in subject.optimizers { optimizer.zeroGrad() }
    let parts = try subject.lossParts(step: step, of: options.steps)
    let values = try Workers.map(parts.count) { index in
      let loss = try parts[index]()
      let value = loss.item()
      if value.isFinite { loss.backward() }
      return value
    }
    let value = values.reduce(0, +)
    try require(value, "loss")
    let norm = Tensor.clipGradNorm_(subject.weights.tensors, maxNorm: subject.maximumGradientNorm)
    try require(norm, "gradient norm")
    for (_, optimizer, rate) in subject.optimizers {
      optimizer.lr = rate * factor
      optimizer.step()
    }
    subject.average.update(towards: subject.weights, step: step)
    return StepResult(loss: value, gradientNorm: norm, factor: factor)
  }

  private func fraction(_ step: Int, _ seconds: Double) -> Double {
    let byStep = Double(step + 1) / Double(options.steps)
    guard options.annealWithinSeconds, let limit = options.maximumSeconds else { return byStep }
    return max(byStep, seconds / limit)
  }

  private func write(
    _ subject: some Trainable, _ state: TrainingState, _ store: CheckpointStore
  ) throws -> URL {
    let url = try store.write(subject, state)
    observer?.wroteCheckpoint(step: state.step, path: url.path)
    return url
  }

  private func runProbe(_ state: TrainingState, _ last: TrainingProgress?, _ metrics: MetricsFile)
    throws
  {
    guard let probe, var record = last else { return }
    // A ball that is lost everywhere has no error, and JSON has no NaN.
    record.probe = try probe(state.step, state.seconds).filter(\.value.isFinite)
    try metrics.append(record)
    observer?.probed(record)
  }
}

struct StepResult {
  let loss: Double
  let gradientNorm: Double
  let factor: Double
}

/// Collects the steps between two records.
private struct Window {
  private var losses: [Double] = []
  private var latest: StepResult?
  private var start: Double
  private(set) var last: TrainingProgress?

  init(seconds: Double) { start = seconds }

  mutating func add(_ result: StepResult) {
    losses.append(result.loss)
    latest = result
  }

  mutating func flush(_ state: TrainingState, batch: Int) -> TrainingProgress {
    let elapsed = max(state.seconds - start, 1e-9)
    let record = TrainingProgress(
      step: state.step, loss: losses.reduce(0, +) / Double(max(losses.count, 1)),
      gradientNorm: latest?.gradientNorm ?? .nan, learningRate: latest?.factor ?? 0,
      videosPerSecond: Double(losses.count * batch) / elapsed, seconds: state.seconds)
    losses.removeAll(keepingCapacity: true)
    start = state.seconds
    last = record
    return record
  }
}

extension Duration {
  /// The duration as a number.
  package var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
