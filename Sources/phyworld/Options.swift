import ArgumentParser
import Experiments
import Foundation
import Logging
import Tensors
import Training

/// Options of every subcommand.
struct GlobalOptions: ParsableArguments {
  @Flag(help: "Print results as JSON on stdout.")
  var json = false

  @Flag(name: .shortAndLong, help: "No progress, only errors and results.")
  var quiet = false

  @Option(
    name: .customLong("log-level"),
    help: "trace, debug, info, notice, warning, error or critical; debug names every checkpoint.")
  var logLevel: Logger.Level = .notice

  /// Shows progress; log lines go to stderr from here on.
  var observer: ProgressLine {
    TerminalLog.start(logLevel)
    return ProgressLine(quiet: quiet)
  }
}

/// What a run is made of.
struct RunOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How much of everything: \(Scale.allCases.map(\.rawValue).joined(separator: ", "))."))
  var scale: Scale?

  @Option(help: "Seed of data, weights and noise; evaluation scenes have their own.")
  var seed: UInt64?

  @Option(help: "Threads; 0 means all cores.")
  var threads: Int?

  @Option(
    help: "Device: cpu, cuda, cuda:1, … or auto; cpu unless the configuration says otherwise.")
  var device: DeviceChoice?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Override a setting, e.g. --set loop.steps=1000.", valueName: "key=value"))
  var overrides: [String] = []

  /// Whether any setting that makes a run what it is was given.
  var isExplicit: Bool { scale != nil || seed != nil || !overrides.isEmpty }

  func configuration(_ file: URL? = nil) throws -> RunConfiguration {
    var all = overrides
    if let seed { all.append("seed=\(seed)") }
    if let threads { all.append("threads=\(threads)") }
    if let device { all.append("device=\"\(device)\"") }
    return try RunConfiguration.load(file, scale: scale, overrides: all)
  }
}

extension Scale: ExpressibleByArgument {}
extension DeviceChoice: ExpressibleByArgument {
  /// Nil for a text that names no device.
  public init?(argument: String) {
    guard let choice = try? DeviceChoice(argument) else { return nil }
    self = choice
  }
}
extension Logger.Level: @retroactive ExpressibleByArgument {}

/// Sets the number of threads; 0 means all cores.
///
/// Up to two, the work is shared by pieces, and operators have one thread each; beyond, pieces get
/// threads for their operators. Processes on the same machine share its cores.
func useThreads(_ count: Int, processes: Int = 1) {
  let cores = max(ProcessInfo.processInfo.activeProcessorCount / processes, 1)
  let threads = count > 0 ? count : cores
  Workers.limit = threads
  Torch.setThreads(max(threads / 2, 1))
}

/// Makes all tensors on the device that a setting names.
/// - Throws: `DeviceError` where it cannot be used.
func useDevice(_ choice: DeviceChoice, among place: ProcessPlace? = nil) throws {
  try (place?.device(choice) ?? choice).resolved().use()
}
