import ArgumentParser
import Experiments
import Foundation
import Tensors
import Training

/// Several processes of this program that train together.
enum TrainingProcesses {
  /// Which of them this one is, once it has met the others.
  nonisolated(unsafe) private static var place: ProcessPlace?

  private static let launcher = ProcessInfo.processInfo.environment[ProcessLauncher.mark]
    .flatMap(pid_t.init)

  /// Whether whoever started this process has ended without ending it.
  static var launcherIsGone: Bool { launcher.map { getppid() != $0 } ?? false }

  /// Meets the others where torchrun, Slurm or this program started several; nil for one alone.
  static func join() throws -> Processes? {
    place = try ProcessPlace(environment: ProcessInfo.processInfo.environment)
    guard let place, place.size > 1 else { return nil }
    return try Processes(place)
  }

  /// Where this program is; where its file has been replaced or removed since it started, as a new build does, the
  /// program as it runs.
  static var program: String {
    let own = "/proc/self/exe"
    guard let path = try? FileManager.default.destinationOfSymbolicLink(atPath: own),
      FileManager.default.isExecutableFile(atPath: path)
    else { return own }
    return path
  }

  /// Starts this program again, so many times, without the option that asks for it; ends as they end.
  static func launch(_ count: Int) throws {
    if let other = try ProcessPlace(environment: ProcessInfo.processInfo.environment),
      other.size > 1
    {
      throw ValidationError(
        "--processes is for one machine; torchrun or Slurm has already started \(other.size)")
    }
    var arguments: [String] = []
    var isValue = false
    for argument in CommandLine.arguments.dropFirst() {
      if !isValue, argument != "--processes", !argument.hasPrefix("--processes=") {
        arguments.append(argument)
      }
      isValue = argument == "--processes"
    }
    let launcher = ProcessLauncher(program, arguments, count: count) { Interruption.isRequested }
    let code = try launcher.run()
    if code != 0 { throw ExitCode(code) }
  }

  /// The exit code of a failure that another process reports better.
  static func silentCode(_ error: any Error) -> ExitCode? {
    switch error {
    // Whoever is gone has said why; where nobody is, this one has something to say.
    case ProcessError.lost(let ranks, _, _) where launcher != nil && !ranks.isEmpty:
      Exit.lostProcess
    case ProcessError.firstFailed: Exit.lostProcess
    case let error as ProcessError where error.isEverywhere && place.map { $0.rank > 0 } ?? false:
      Exit.badData
    case RunError.interrupted where place.map { $0.rank > 0 } ?? false: Exit.interrupted
    default: nil
    }
  }

  /// Who speaks, before a message; empty for a process alone.
  static var speaker: String {
    guard let place, place.size > 1 else { return "" }
    return "process \(place.rank): "
  }
}
