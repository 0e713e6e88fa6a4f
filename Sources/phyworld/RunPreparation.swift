import Experiments
import Foundation
import Models

/// Opens a run: makes its folder, or finds the one to resume.
enum RunPreparation {
  /// The run's configuration: as wanted for a new run, as saved for a resumed one.
  static func open(
    _ run: RunFolder, _ wanted: RunConfiguration, resume: Bool
  ) throws -> RunConfiguration {
    if resume, run.exists { return try run.configuration() }
    // Asked before anything is written: a run without its weights would only be in the way.
    if wanted.autoencoder.released != "none" {
      _ = try ReleasedWeights.folder(wanted.autoencoder.released)
    }
    try run.create(wanted)
    let threads = wanted.threads > 0 ? wanted.threads : ProcessInfo.processInfo.activeProcessorCount
    try AtomicFolder.write(json: RunEnvironment(threads: threads), to: run.environmentFile)
    return wanted
  }
}
