import Foundation
import Tensors

/// Which of the processes of a job this one is, and where they meet.
public struct ProcessPlace: Hashable, Sendable {
  /// This process among all, from 0.
  public var rank: Int
  /// How many processes there are.
  public var size: Int
  /// This process among those of its machine, from 0: its GPU.
  public var localRank: Int
  /// How many processes its machine has: they share its cores.
  public var localSize: Int
  /// The machine where they meet.
  public var host: String
  /// The port there.
  public var port: Int
  /// Whether whoever started the processes keeps the store at that port, instead of process 0.
  public var isStoreKept = false
  /// Put before every name in the store: a job that was started again must not read its former self.
  public var prefix = ""

  /// Says everything that matters on one machine.
  public init(rank: Int, size: Int, host: String = "127.0.0.1", port: Int) {
    (self.rank, self.size, self.host, self.port) = (rank, size, host, port)
    (localRank, localSize) = (rank, size)
  }

  /// What torchrun's or Slurm's variables say; nil where neither started this process.
  ///
  /// - Throws: `ProcessError.variable` where some are missing or contradict each other.
  public init?(environment: [String: String]) throws(ProcessError) {
    let read = EnvironmentReader(environment)
    if read.has("WORLD_SIZE") {
      try self.init(torchrun: read)
    } else if read.has("SLURM_PROCID"),
      read.has("SLURM_NTASKS") || read.has("SLURM_STEP_NUM_TASKS"),
      // A batch script has both too, but is no step: it has SLURM_STEP_ID only below srun.
      read.has("SLURM_STEP_ID") || read.has("SLURM_STEPID") || read.has("MASTER_ADDR")
    {
      try self.init(slurm: read)
    } else {
      return nil
    }
  }

  private init(torchrun read: EnvironmentReader) throws(ProcessError) {
    size = try read.number("WORLD_SIZE", in: 1...1 << 20)
    rank = try read.number("RANK", in: 0...size - 1)
    localRank = try read.number("LOCAL_RANK", in: 0...size - 1, otherwise: rank)
    localSize = try read.number("LOCAL_WORLD_SIZE", in: 1...size, otherwise: 1)
    host = try read.text("MASTER_ADDR", otherwise: size == 1 ? "127.0.0.1" : nil)
    port = try read.number("MASTER_PORT", in: 0...65535, otherwise: size == 1 ? 0 : nil)
    isStoreKept = read.has("TORCHELASTIC_USE_AGENT_STORE", saying: "True")
    prefix = try
      "phyworld/\(read.number("TORCHELASTIC_RESTART_COUNT", in: 0...1 << 30, otherwise: 0))/"
  }

  private init(slurm read: EnvironmentReader) throws(ProcessError) {
    let count = read.has("SLURM_STEP_NUM_TASKS") ? "SLURM_STEP_NUM_TASKS" : "SLURM_NTASKS"
    size = try read.number(count, in: 1...1 << 20)
    rank = try read.number("SLURM_PROCID", in: 0...size - 1)
    localRank = try read.number("SLURM_LOCALID", in: 0...size - 1, otherwise: rank)
    // "2(x4)": all machines have as many; where they differ, the first one's number does for all.
    let perNode = read.value("SLURM_STEP_TASKS_PER_NODE") ?? ""
    localSize = Int(SlurmList.first(perNode).prefix(while: \.isNumber)) ?? 1
    let nodes = read.value("SLURM_STEP_NODELIST") ?? read.value("SLURM_JOB_NODELIST")
    host = try read.text(
      "MASTER_ADDR", otherwise: nodes.map(SlurmList.first) ?? (size == 1 ? "127.0.0.1" : nil))
    // The same for all processes of a job, and another one for the next.
    let job = try read.number("SLURM_JOB_ID", in: 0...Int.max, otherwise: 0)
    let step = try read.number("SLURM_STEP_ID", in: 0...Int.max, otherwise: 0)
    port = try read.number("MASTER_PORT", in: 0...65535, otherwise: 15_000 + (job + step) % 20_000)
    prefix = "phyworld/\(job).\(step)/"
  }
}

extension ProcessPlace {
  /// The device of this process, where several on a machine are told to use “cuda” or “auto”: a GPU each.
  ///
  /// - Parameter gpus: how many this process sees; a single one is its own, as Slurm may have it.
  public func device(_ choice: DeviceChoice, gpus: Int = Torch.cudaDevices) -> DeviceChoice {
    switch choice {
    case .cpu, .cuda(1...): choice
    case .auto where gpus == 0: .cpu
    case .auto, .cuda: gpus == 1 ? .cuda(0) : .cuda(localRank)
    }
  }
}

/// Slurm's short form of host names and task counts.
enum SlurmList {
  /// The first entry of a list such as `gpu[01-03,07],login` (gpu01) or `4(x2),3` (4(x2)).
  static func first(_ list: String) -> String {
    guard let bracket = list.firstIndex(of: "["),
      list[..<bracket].contains(",") == false, let end = list[bracket...].firstIndex(of: "]")
    else { return String(list.prefix { $0 != "," }) }
    let number = list[list.index(after: bracket)..<end].prefix { $0 != "-" && $0 != "," }
    let rest = list[list.index(after: end)...].prefix { $0 != "," }
    return String(list[..<bracket] + number + rest)
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}

/// Variables with a complaint for each way in which they can be wrong.
struct EnvironmentReader {
  private let environment: [String: String]

  init(_ environment: [String: String]) { self.environment = environment }

  func value(_ name: String) -> String? { environment[name].flatMap(\.nonEmpty) }

  func has(_ name: String) -> Bool { value(name) != nil }

  func has(_ name: String, saying text: String) -> Bool { value(name) == text }

  func text(_ name: String, otherwise: String?) throws(ProcessError) -> String {
    guard let found = value(name) ?? otherwise else {
      throw .variable(name, value: nil, remedy: "the one who starts the processes sets it")
    }
    return found
  }

  func number(
    _ name: String, in range: ClosedRange<Int>, otherwise: Int? = nil
  ) throws(ProcessError) -> Int {
    if !has(name), let otherwise { return otherwise }
    let text = try text(name, otherwise: nil)
    guard let number = Int(text), range.contains(number) else {
      throw .variable(
        name, value: text, remedy: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }
}
