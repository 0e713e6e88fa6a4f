import ArgumentParser
import Combinatorial
import Datasets
import Experiments
import Foundation
import Perception
import Rating
import Reports
import Submissions
import Tensors
import Training
import Videos

/// Exit codes in the manner of sysexits.
enum Exit {
  static let checkFailed = ExitCode(1)
  /// Done, but not everything could be: what could not is listed.
  static let partial = ExitCode(2)
  static let badData = ExitCode(65)
  /// One of several processes has ended, or was never met.
  static let lostProcess = ExitCode(ProcessLauncher.lost)
  static let cannotWrite = ExitCode(73)
  static let interrupted = ExitCode(130)
}

/// A subcommand whose typed errors become one line on stderr and an exit code.
protocol LabCommand: ParsableCommand {
  func execute() throws
}

extension LabCommand {
  func run() throws {
    do {
      // Whatever a subcommand makes of tensors may not fit.
      try MemoryScope.run { try execute() }
    } catch let code as ExitCode {
      throw code
    } catch let error as ValidationError {
      throw error
    } catch {
      if let code = TrainingProcesses.silentCode(error) { throw code }
      Terminal.write("phyworld: \(TrainingProcesses.speaker)error: \(error)\n")
      throw Self.code(error)
    }
  }

  private static func code(_ error: any Error) -> ExitCode {
    switch error {
    case RunError.interrupted, SubmissionError.interrupted: Exit.interrupted
    case ProcessError.lost, ProcessError.notMet, ProcessError.firstFailed, LaunchError.killed,
      LaunchError.lost:
      Exit.lostProcess
    case RunError.cannotWrite, TrainingError.cannotWrite, VideoError.cannotWrite,
      VideoFolderError.cannotWrite, CombinatorialError.cannotWrite, DatasetError.cannotWrite,
      NetworkError.cannotWrite, RatingError.cannotWrite, ReportError.cannotWrite,
      SubmissionError.cannotWrite, SafetensorsError.unwritable:
      Exit.cannotWrite
    default: Exit.badData
    }
  }
}
