import Foundation
import TestSupport
import Testing

/// The whole loop at the smallest scale that has every part, run once and shared by the tests.
///
/// Its errors mean nothing: model and autoencoder take a handful of steps.
struct Miniature: Sendable {
  /// The run's folder; tests that change something change a copy.
  let run: URL
  /// How `demo --json` ended.
  let outcome: Program.Outcome

  /// Where everything that is shared lies, until the tests end.
  static let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("phyworld-miniature-\(UUID().uuidString)")

  private static let made = Result<Miniature, any Error> {
    atexit { try? FileManager.default.removeItem(at: Miniature.folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let run = folder.appendingPathComponent("run")
    let outcome = try Program.run(
      ["demo", "--output", run.path, "--json"] + settings(autoencoder: "none"),
      environment: ["PHYWORLD_ENVIRONMENT": nil])
    return Miniature(run: run, outcome: outcome)
  }

  /// The run, made when first asked for.
  static func shared() throws -> Miniature {
    let made = try made.get()
    try #require(made.outcome.code == 0, "\(made.outcome.messages)")
    return made
  }

  /// The command line's settings, with an autoencoder that is there already unless told otherwise.
  static func settings(_ own: [String] = [], autoencoder: String? = nil) throws -> [String] {
    let released = try autoencoder ?? shared().run.appendingPathComponent("autoencoder").path
    let values = [
      "autoencoder.released=\(released)", "autoencoder.steps=12", "autoencoder.training.batch=8",
      "autoencoder.training.projection.videos=4", "data.videos=16", "optimization.batch=4",
      "model.width=32", "model.depth=2", "loop.steps=6", "loop.checkpointEvery=3",
      "loop.probeEvery=3", "sampling.steps=2", "sampling.comparedSteps=[1, 2]",
      "evaluation.videosInside=4", "evaluation.videosOutside=2", "evaluation.comparedVideos=2",
      "evaluation.probeVideos=2",
    ]
    return ["--scale", "quick", "--threads", "1"] + (values + own).flatMap { ["--set", $0] }
  }

  /// Lets `body` use a copy of the run that it may spoil.
  static func withCopy<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let original = try shared().run
    return try withTemporaryFolder { folder in
      let copy = folder.appendingPathComponent("run")
      try FileManager.default.copyItem(at: original, to: copy)
      return try body(copy)
    }
  }
}
