/// An experiment of the paper: which models are trained, what they are asked, and what is claimed.
///
/// One file each under `Paper/`. Everything that decides a verdict is in that file, fixed before a run.
public protocol Experiment: Sendable {
  /// The name on the command line, such as `figure-7`.
  var name: String { get }
  /// What it is about.
  var title: String { get }
  /// What the paper says, in its words or nearly.
  var paper: String { get }
  /// How it is asked here.
  var method: String { get }
  /// The models, with what each is asked.
  func arms(at scale: ExperimentScale) -> [Arm]
  /// The sentences that are weighed.
  var claims: [Claim] { get }
  /// The paper's figure and what else is worth drawing.
  func figures(_ evidence: Evidence) -> [FigureContent]
  /// Tables besides that of the errors.
  func tables(_ evidence: Evidence) -> [FindingTable]
  /// What a reader must know to trust the numbers.
  var notes: [String] { get }
}

extension Experiment {
  /// None besides that of the errors.
  public func tables(_ evidence: Evidence) -> [FindingTable] { [] }
  /// None.
  public var notes: [String] { [] }
}

/// What can be wrong with an experiment that is asked for.
public enum ExperimentError: Error, Equatable, CustomStringConvertible {
  /// No experiment of that name.
  case unknown(String, known: [String])
  /// Results of another version or of something else are in the way.
  case otherResult(String, reason: String)
  /// The folder of an arm holds another configuration than its address says.
  case changedArm(String)
  /// A process that trained an arm failed.
  case failedArm(String, status: Int32)
  /// A process that should train an arm could not be started.
  case cannotStart(String, reason: String)

  /// The offending value and the remedy, in one line.
  public var description: String {
    switch self {
    case .unknown(let name, let known):
      "there is no experiment '\(name)': choose of \(known.joined(separator: ", ")), or all"
    case .otherResult(let path, let reason):
      "\(path) is not a result of this build (\(reason)): choose another --output, or remove it"
    case .changedArm(let path):
      "\(path) holds another configuration than its name says: restore its config.yaml, or remove the folder to "
        + "train the arm again"
    case .failedArm(let arm, let status):
      "the process that trained \(arm) ended with \(status): its message is above; what is finished is kept, run the "
        + "same command again"
    case .cannotStart(let arm, let reason):
      "no process could be started to train \(arm) (\(reason)): what is finished is kept, run the same command again, or "
        + "with --jobs 1"
    }
  }
}
