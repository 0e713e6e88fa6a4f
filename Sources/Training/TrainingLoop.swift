import Foundation
import Models
import Tensors

/// Runs a `Trainable` step by step, with records, probes, checkpoints and a graceful stop.
///
/// The run folder gets `metrics.jsonl`, TensorBoard's events and `checkpoints/step-00001000/…`.
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
  /// A digest of the data on disk, kept with every checkpoint and compared when the run is resumed.
  public var dataContent: String?
  /// Those that train together, if this process is not alone: process 0 reads and writes the folder.
  public var processes: Processes?

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
    let isFirst = processes?.isFirst ?? true
    if isFirst { store.removeUnfinished() }
    func restored() throws -> TrainingState {
      guard resume else { return TrainingState() }
      return try store.restoreLatest(
        subject, content: dataContent, warning: observer?.warning)
    }
    var state = try processes?.begin(subject, restored) ?? restored()
    let records = try isFirst ? RunRecords(folder, resumingAt: state.step) : nil
    subject.weights.requireGradients(true)
    defer { subject.weights.requireGradients(false) }
    let others = processes.map { SharedStep(subject.weights.tensors, $0) }

    var window = Window(seconds: state.seconds)
    var written: URL? = resume ? store.url(state.step) : nil
    var reason = TrainingOutcome.Reason.finished
    while state.step < options.steps {
      var isAsked = shouldStop()
      if let processes { (isAsked, state.seconds) = try processes.agree(isAsked, state.seconds) }
      if isAsked {
        reason = .interrupted
        break
      }
      if let limit = options.maximumSeconds, state.seconds >= limit {
        reason = .outOfTime
        break
      }
      let clock = ContinuousClock.now
      let factor = options.learningRate.factor(
        step: state.step, fraction: fraction(state.step, state.seconds))
      window.add(
        try TrainingStep.take(
          subject, step: state.step, of: options.steps, factor: factor, with: others))
      state.step += 1
      state.data = subject.dataIdentity.map {
        DataCursor(
          identity: $0, videos: state.step * subject.batch, content: dataContent)
      }
      let isLast = state.step == options.steps
      let isProbed =
        probe != nil && options.probeEvery > 0 && (isLast || state.step % options.probeEvery == 0)
      // A probe's record holds the loss too, so one is due with every probe.
      let isRecorded = isLast || isProbed || state.step % options.recordEvery == 0
      let isSaved = options.checkpointEvery > 0 && state.step % options.checkpointEvery == 0
      if !window.isDeferred || isRecorded || isSaved {
        let isLeftAlone = !window.isDeferred
        do {
          try window.settle(before: state.step)
        } catch {
          // The step that failed changed nothing, unless the program ran ahead of a GPU.
          state.step -= 1
          state.data?.videos -= subject.batch
          if isLeftAlone, state.step > 0, written != store.url(state.step) {
            written = try write(subject, state, store)
          }
          throw error.after(written)
        }
      }
      state.seconds += clock.duration(to: .now).inSeconds

      if isRecorded {
        let record = window.flush(state, batch: subject.batch)
        try records?.append(record)
        if isFirst { observer?.progress(record, of: options.steps) }
      }
      if isSaved { written = try write(subject, state, store) }
      if isProbed, let records { try runProbe(state, window.last, records) }
    }
    do { try window.settle(before: state.step) } catch { throw error.after(written) }
    let isWritten = written == store.url(state.step)
    let checkpoint = isWritten ? store.url(state.step) : try write(subject, state, store)
    return TrainingOutcome(
      reason: reason, steps: state.step, seconds: state.seconds, checkpoint: checkpoint)
  }

  private func fraction(_ step: Int, _ seconds: Double) -> Double {
    let byStep = Double(step + 1) / Double(options.steps)
    guard options.annealWithinSeconds, let limit = options.maximumSeconds else { return byStep }
    return max(byStep, seconds / limit)
  }

  private func write(
    _ subject: some Trainable, _ state: TrainingState, _ store: CheckpointStore
  ) throws -> URL {
    guard processes?.isFirst ?? true else { return store.url(state.step) }
    let url = try store.write(subject, state)
    observer?.wroteCheckpoint(step: state.step, path: url.path)
    return url
  }

  private func runProbe(
    _ state: TrainingState, _ last: TrainingProgress?, _ records: RunRecords
  ) throws {
    guard let probe, var record = last else { return }
    // A ball that is lost everywhere has no error, and JSON has no NaN.
    record.probe = try probe(state.step, state.seconds).filter(\.value.isFinite)
    try records.append(record)
    observer?.probed(record)
  }
}

/// Where a run's records go: `metrics.jsonl` and TensorBoard's events.
private struct RunRecords {
  private let metrics: MetricsFile
  private let events: EventFile

  init(_ folder: URL, resumingAt step: Int) throws {
    metrics = try MetricsFile(folder: folder, keepingUpTo: step)
    events = try EventFile(folder: folder, resumingAt: step)
  }

  func append(_ record: TrainingProgress) throws {
    try metrics.append(record)
    try events.append(record)
  }
}

/// A step whose loss or gradient is no number.
private struct Divergence: Error {
  let step: Int
  let quantity: String
  let value: Double

  func after(_ lastGood: URL?) -> TrainingError {
    .diverged(step: step, quantity: quantity, value: "\(value)", lastGood: lastGood?.path)
  }
}

/// Collects the steps between two records.
private struct Window {
  private var losses: [Double] = []
  private var latest: StepResult?
  private var waiting: [StepResult] = []
  private var start: Double
  private(set) var last: TrainingProgress?

  init(seconds: Double) { start = seconds }

  /// Whether the values of the last step are still being computed.
  var isDeferred: Bool { waiting.last?.isDeferred ?? false }

  mutating func add(_ result: StepResult) { waiting.append(result) }

  /// Reads the values of all steps since the last time.
  ///
  /// - Parameter step: the number of the step after them.
  /// - Throws: `Divergence` for the first that is not finite.
  mutating func settle(before step: Int) throws(Divergence) {
    let first = step - waiting.count
    for (offset, (result, values)) in zip(waiting, StepResult.values(waiting)).enumerated() {
      for (quantity, value) in [("loss", values.loss), ("gradient norm", values.norm)]
      where !value.isFinite {
        throw Divergence(step: first + offset, quantity: quantity, value: value)
      }
      losses.append(values.loss)
      latest = StepResult(
        loss: .known(values.loss), norm: .known(values.norm), factor: result.factor)
    }
    waiting.removeAll(keepingCapacity: true)
  }

  mutating func flush(_ state: TrainingState, batch: Int) -> TrainingProgress {
    let elapsed = max(state.seconds - start, 1e-9)
    let record = TrainingProgress(
      step: state.step, loss: losses.reduce(0, +) / Double(max(losses.count, 1)),
      gradientNorm: latest?.norm.known ?? .nan, learningRate: latest?.factor ?? 0,
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
