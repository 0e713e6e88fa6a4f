/// What can stop a training run.
public enum TrainingError: Error, Equatable, CustomStringConvertible {
  /// An option is impossible; `remedy` says what would do.
  case option(field: String, value: String, remedy: String)
  /// The loss or the gradient became NaN or infinite.
  case diverged(step: Int, quantity: String, value: String, lastGood: String?)
  /// There is nothing to resume from.
  case noCheckpoint(folder: String)
  /// A checkpoint belongs to a run with another configuration.
  case otherConfiguration(checkpoint: String, difference: String)
  /// A checkpoint belongs to a run on other data.
  case otherData(checkpoint: String, saved: String, now: String)
  /// A checkpoint was written by a newer program.
  case otherVersion(checkpoint: String, found: Int, known: Int)
  /// A run needs more memory than there is, by its estimate or because an operator found none.
  case outOfMemory(MemoryNeed, reason: String)
  /// A checkpoint is incomplete or damaged, and no earlier one is sound.
  case damagedCheckpoint(checkpoint: String, reason: String)
  /// A checkpoint or a line of telemetry cannot be written.
  case cannotWrite(path: String, reason: String)

  /// The offending value and the remedy, in one line.
  public var description: String {
    switch self {
    case .option(let field, let value, let remedy): "\(field) is \(value): \(remedy)"
    case .diverged(let step, let quantity, let value, let lastGood):
      "training diverged: the \(quantity) of step \(step) is \(value); "
        + (lastGood.map {
          "the last good state is \($0): start a new run from it (optimization.initial) with a"
        } ?? "no checkpoint had been written yet: start again with a")
        + " lower learning rate or a smaller maximumGradientNorm"
    case .noCheckpoint(let folder):
      "there is no checkpoint in \(folder): start without resuming, or point to the right run"
    case .otherConfiguration(let checkpoint, let difference):
      "\(checkpoint) was written with another configuration (\(difference)): resume with the "
        + "configuration saved in the run, or start a new run"
    case .otherData(let checkpoint, let saved, let now):
      "\(checkpoint) was trained on other data (then: \(saved); now: \(now)): resume with the data "
        + "of the run, or start a new run"
    case .otherVersion(let checkpoint, let found, let known):
      "\(checkpoint) has layout version \(found), this build reads up to \(known): resume with the "
        + "program that wrote it, or a newer one"
    case .outOfMemory(let need, let reason): "out of memory: \(reason); \(need.description)"
    case .damagedCheckpoint(let checkpoint, let reason):
      "\(checkpoint) cannot be resumed from: \(reason); delete it, or start a new run"
    case .cannotWrite(let path, let reason):
      "\(path) cannot be written: \(reason); free some space or choose another folder"
    }
  }
}
