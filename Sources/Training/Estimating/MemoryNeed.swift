import Tensors

/// What a run will take, part by part, and what would make it less.
public struct MemoryNeed: Codable, Hashable, Sendable, CustomStringConvertible {
  /// Weights, their average, gradients and the optimisers' state, in bytes.
  public var state: Int
  /// What the network keeps for the way back for one example, in bytes.
  public var activationsPerExample: Int
  /// Examples whose activations are in memory at the same time.
  public var examplesAtOnce: Int
  /// Training data kept in memory, in bytes.
  public var data: Int
  /// The program itself, in bytes; on a GPU the room that its libraries take.
  public var program: Int
  /// What of all this has not been taken yet, in bytes.
  public var missing: Int
  /// What this machine, or its GPU, can still give, in bytes; nil where it does not tell.
  public var available: Int?
  /// Settings that would lower it, such as `optimization.accumulation=4`.
  public var knobs: [String]

  /// A need of nothing.
  public init() {
    (state, activationsPerExample, examplesAtOnce, data, program, missing) = (0, 0, 0, 0, 0, 0)
    available = nil
    knobs = []
  }

  /// All activations that are there at the same time, in bytes.
  public var activations: Int { activationsPerExample * examplesAtOnce }
  /// Everything, in bytes.
  public var bytes: Int { state + activations + data + program }
  /// Whether the machine is known to have less than what is missing.
  public var isTooMuch: Bool { available.map { $0 < missing } ?? false }

  /// The parts with their sum, what there is, and the knobs.
  public var description: String {
    let parts = [
      ("weights and optimisers", state), ("activations of \(examplesAtOnce) examples", activations),
      ("data", data), ("program and libraries", program),
    ].filter { $0.1 > 0 }.map { "\($0.0) \(Megabytes($0.1))" }.joined(separator: ", ")
    let there = available.map { ", available \(Megabytes($0))" } ?? ""
    let remedy = knobs.isEmpty ? "" : "; lower it with \(knobs.joined(separator: ", "))"
    return "the run is estimated to need \(Megabytes(bytes)) (\(parts))\(there)\(remedy)"
  }
}
