import Experiments
import Foundation
import Models

/// Opens a run: makes its folder, or finds the one to resume.
enum RunPreparation {
  /// The run's configuration: as wanted for a new run, as saved for a resumed one.
  ///
  /// - Parameter explicit: whether the user chose any setting; then a resumed run must have them.
  static func open(
    _ run: RunFolder, _ wanted: RunConfiguration, explicit: Bool, resume: Bool
  ) throws -> RunConfiguration {
    if resume, run.exists {
      let saved = try run.configuration()
      var comparable = wanted
      comparable.threads = saved.threads
      comparable.device = saved.device
      // Changes no bit of the result, and is what a run that ran out of memory is resumed with.
      comparable.optimization.recompute = saved.optimization.recompute
      guard !explicit || comparable == saved else { throw RunError.otherSettings(run.url.path) }
      var resumed = saved
      if explicit { resumed.optimization.recompute = wanted.optimization.recompute }
      return resumed
    }
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
