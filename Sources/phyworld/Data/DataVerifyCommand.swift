import ArgumentParser
import Datasets
import Foundation

struct DataVerifyCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check a set against its manifest, its recipe and the law.",
    discussion: """
      Compares digests and counts, decodes every video, simulates every scene again
      and, where recipe and seed are known, makes every scene again; lossless pixels
      are compared with a fresh rendering. All problems are listed; exit code 1 when
      there are any.

      Examples:
        phyworld data verify sets/u30k
        phyworld data verify released.hdf5 --sample 200 --json
      """)

  @Argument(help: "A folder, or a .hdf5, .tar or .npz file.")
  var path: String

  @Option(help: "Check only so many videos, evenly spaced; digests and counts are always checked.")
  var sample: Int?

  @Option(help: "Threads; 0 means all cores.")
  var threads = 0

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if let sample, sample < 1 { throw ValidationError("--sample \(sample): must be at least 1") }
    if threads < 0 { throw ValidationError("--threads \(threads): must not be negative") }
  }

  func execute() throws {
    let workers = threads > 0 ? threads : ProcessInfo.processInfo.activeProcessorCount
    let observer = global.observer
    observer.began("verifying", path)
    let found = try DatasetVerification(
      of: URL(fileURLWithPath: path), samples: sample, threads: workers)
    if global.json {
      try Terminal.result(json: found)
    } else {
      Terminal.result(
        Data(
          """
          \(found.file): \(found.isWhole ? "whole" : "\(found.faults.count) problems")
          videos: \(found.count), checked \(found.checked), scenes made again \(found.remade), \
          pixels identical \(found.identical), digests compared \(found.digests)
          """.utf8))
    }
    DataFaults.list(found.faults)
    if !found.isWhole { throw Exit.checkFailed }
  }
}
