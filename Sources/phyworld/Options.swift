import ArgumentParser
import Experiments
import Foundation
import Tensors

/// Options of every subcommand.
struct GlobalOptions: ParsableArguments {
  @Flag(help: "Print results as JSON on stdout.")
  var json = false

  @Flag(name: .shortAndLong, help: "No progress, only errors and results.")
  var quiet = false

  var observer: ProgressLine { ProgressLine(quiet: quiet) }
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
    name: .customLong("set"),
    help: ArgumentHelp("Override a setting, e.g. --set loop.steps=1000.", valueName: "key=value"))
  var overrides: [String] = []

  func configuration(_ file: URL? = nil) throws -> RunConfiguration {
    var all = overrides
    if let seed { all.append("seed=\(seed)") }
    if let threads { all.append("threads=\(threads)") }
    return try RunConfiguration.load(file, scale: scale, overrides: all)
  }
}

extension Scale: ExpressibleByArgument {}

/// Sets libtorch's threads; 0 means all cores. Returns the number used.
@discardableResult func useThreads(_ count: Int) -> Int {
  let threads = count > 0 ? count : ProcessInfo.processInfo.activeProcessorCount
  Torch.setThreads(threads)
  return threads
}
