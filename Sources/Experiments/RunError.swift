import Worlds

/// What can be wrong with a run's folder or the order of its stages.
public enum RunError: Error, Equatable, CustomStringConvertible {
  /// The folder to be made exists.
  case alreadyThere(String)
  /// A run is resumed with settings that are not its own.
  case otherSettings(String)
  /// The folder is not a run's.
  case notARun(String)
  /// A stage's result is needed that is not there.
  case missing(String, remedy: String)
  /// A file of the folder is not what it should be.
  case unreadable(String, reason: String)
  /// The place cannot be written to.
  case cannotWrite(String, reason: String)
  /// No released weights of that name.
  case noWeights(String, searched: [String])
  /// Released weights that do not fit the configuration.
  case otherAutoencoder(String, field: String, expected: String, found: String)
  /// A trained autoencoder does not keep what videos show.
  case shapesLost(String, kept: Double, needed: Double)
  /// A trained autoencoder moves what it reconstructs by more than is allowed.
  case reconstructionTooDear(String, cost: Double, allowed: Double)
  /// A folder of samples was made by another run, of another set, or by something else.
  case otherSamples(String)
  /// It was asked to stop.
  case interrupted(stage: String, remedy: String)
  /// The run's laws have no levels and no measures in this build.
  case notMeasured(laws: [String])

  /// The offending value and the remedy, in one line.
  public var description: String {
    switch self {
    case .alreadyThere(let path):
      "\(path) exists already: go on with --resume, or choose another --output"
    case .otherSettings(let path):
      "\(path) was made with other settings than those given: drop them to go on with what its "
        + "config.yaml says, or start a new run with another --output"
    case .notARun(let path): "\(path) is not the folder of a run (no config.yaml in it)"
    case .missing(let path, let remedy): "there is no \(path): run '\(remedy)' first"
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
    case .cannotWrite(let path, let reason):
      "\(path) cannot be written: \(reason); free some space or choose another --output"
    case .noWeights(let name, let searched):
      "there are no released weights '\(name)' (looked in \(searched.joined(separator: ", "))): "
        + "check the file out again, set PHYWORLD_WEIGHTS, or train one with "
        + "'phyworld train Configurations/autoencoder-64.yaml'"
    case .otherAutoencoder(let path, let field, let expected, let found):
      "\(path): \(field) is \(found) where the run needs \(expected): set the run's value to the "
        + "autoencoder's, or choose another autoencoder"
    case .shapesLost(let path, let kept, let needed):
      "the autoencoder in \(path) keeps only \(kept) of the shapes, colours or pairs where \(needed) "
        + "is asked for: train longer (its checkpoints are kept), or lower minimumKept"
    case .reconstructionTooDear(let path, let cost, let allowed):
      "reconstruction by the autoencoder in \(path) adds \(cost) to the official velocity error where "
        + "\(allowed) is allowed: train longer (its checkpoints are kept), or raise maximumCost"
    case .notMeasured(let laws):
      "the run trains on \(laws.joined(separator: ", ")); this build samples and measures runs on "
        + "\(UniformMotion.name) only: name a set with 'phyworld sample --split', and measure the "
        + "folder with 'phyworld evaluate --videos'"
    case .otherSamples(let path):
      "\(path) holds something else than this run's samples of this set: choose another --output"
    case .interrupted(let stage, let remedy): "interrupted while \(stage); \(remedy)"
    }
  }
}
