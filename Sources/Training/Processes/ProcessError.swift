/// What can go wrong between processes that train together.
public enum ProcessError: Error, Hashable, CustomStringConvertible {
  /// A variable of the environment is missing or impossible.
  case variable(String, value: String?, remedy: String)
  /// The processes do not find each other.
  case notMet(rank: Int, size: Int, place: String, reason: String)
  /// Processes have ended, or do not answer any more; empty where nobody can tell which.
  case lost(ranks: [Int], size: Int, reason: String)
  /// Process 0 has failed, and says why itself.
  case firstFailed
  /// A batch that cannot be divided among the processes.
  case undivided(batch: Int, pieces: Int, processes: Int)
  /// Processes that would have to share a GPU.
  case crowded(processes: Int, gpus: Int)
  /// A kind of training that one process does alone.
  case alone(what: String)

  /// Whether every process finds the same, so that one need say it.
  public var isEverywhere: Bool {
    switch self {
    case .undivided, .crowded, .alone: true
    case .variable, .notMet, .lost, .firstFailed: false
    }
  }

  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .variable(let name, let value, let remedy):
      (value.map { "\(name) is “\($0)”" } ?? "\(name) is not set")
        + ", but other variables say that this is one of several processes: \(remedy)"
    case .notMet(let rank, let size, let place, let reason):
      "process \(rank) of \(size) did not meet the others at \(place): \(reason); check that all "
        + "were started and that the address can be reached from every machine"
    case .lost(let ranks, let size, let reason):
      (ranks.isEmpty
        ? "the \(size) processes cannot exchange what they compute, or one of them does not answer"
        : "process\(ranks.count == 1 ? "" : "es") \(ranks.map(String.init).joined(separator: ", ")) "
          + "of \(size) \(ranks.count == 1 ? "has" : "have") ended")
        + " (\(reason)); go on from the last checkpoint with --resume"
    case .firstFailed: "process 0 has failed; its own message says why"
    case .undivided(let batch, let pieces, let processes):
      "a batch of \(batch) cannot be shared by \(processes) processes"
        + (pieces > 1 ? " in \(pieces) pieces each" : "")
        + ": use a batch that is a multiple of \(processes * pieces), or another number of processes"
    case .crowded(let processes, let gpus):
      "\(processes) processes cannot share \(gpus == 1 ? "one GPU" : "\(gpus) GPUs"): NCCL wants one for each; "
        + "use \(gpus == 1 ? "one process" : "--processes \(gpus)"), or --device cpu"
    case .alone(let what): "\(what) is trained by one process: leave out --processes"
    }
  }
}
