import ArgumentParser
import Datasets
import Foundation
import Reports
import Submissions

/// Options of `phyworld evaluate` for somebody's videos.
struct SubmissionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Score these videos instead of a run: a folder, or one .npz, .npy or .hdf5 file.",
      valueName: "folder"))
  var videos: String?

  @Option(
    help: ArgumentHelp(
      """
      Run a model on the split first: {input} or {frames} stand for the given frames of a scene, \
      {output} for the mp4 to write; {inputs} and {outputs} for folders of many scenes.
      """, valueName: "program"))
  var command: String?

  @OptionGroup var split: SplitOptions

  @Option(
    help: ArgumentHelp("The key of an exported challenge, in place of --split.", valueName: "file"))
  var key: String?

  @Option(help: "Frames that the model was given; they are never scored.")
  var conditionFrames: Int?

  @Option(help: "Frames a second that the videos really have, where files do not say.")
  var fps: Double?

  @Option(help: "Score at so many pixels: 32, 64, 128 or 256; the nearest to each video's own.")
  var size: Int?

  @Option(help: "Pictures that are not square: automatic, stretch or crop.")
  var fit: MappingOptions.Fit = .automatic

  @Flag(
    name: .customLong("floors"), inversion: .prefixedNo,
    help: "Measure the truth (and the autoencoder's panel) by the same rulers.")
  var floors = true

  @Option(help: "The folder for results (default: beside the videos, NAME-evaluation).")
  var output: String?

  @Option(help: "The model's name in tables.")
  var model: String?

  @Option(help: "What exactly was run, such as a commit; for leaderboards.")
  var commit: String?

  @Option(help: "A note for leaderboards, such as the training set.")
  var note: String?

  @Option(help: ArgumentHelp("Also write a leaderboard entry.", valueName: "leaderboard-folder"))
  var entry: String?

  @OptionGroup var program: ProgramOptions

  @Option(help: "Threads for scoring; 0 means all cores.")
  var threads = 0

  /// Whether somebody's videos are asked for, rather than a run.
  var isWanted: Bool { videos != nil || command != nil }

  func validate() throws {
    guard isWanted else {
      if split.split != nil || key != nil {
        throw ValidationError("say which videos with --videos, or which program with --command")
      }
      return
    }
    if (split.split == nil) == (key == nil) {
      throw ValidationError(
        "say which scenes, by --split NAME (see phyworld data list) or --key FILE")
    }
    if key != nil, split.isExplicit {
      throw ValidationError("--key fixes the scenes; leave --seed, --count and --compatible out")
    }
    if command != nil, output == nil, videos == nil {
      throw ValidationError("--command needs --output, or --videos for the program's videos")
    }
    if entry != nil, model == nil { throw ValidationError("--entry needs --model NAME") }
  }
}

/// Which scenes.
struct SplitOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The scenes: a named set.", valueName: "name"))
  var split: String?

  @Option(help: "Seed of the scenes (default: 0).")
  var seed: UInt64?

  @Option(help: "Only so many scenes, spread over the set.")
  var count: Int?

  @Option(help: "Score only so many frames of every video.")
  var frames: Int?

  @Flag(help: "The scenes of the released files instead of seeded ones.")
  var compatible = false

  var isExplicit: Bool { seed != nil || count != nil || compatible || frames != nil }

  func scenes(_ name: String) throws -> SceneSplit {
    try SceneSplit(
      named: name, seed: seed ?? 0, count: count, frames: frames, compatible: compatible)
  }
}

/// How a program is run.
struct ProgramOptions: ParsableArguments {
  @Option(help: "Longest time of one run of --command, in seconds.")
  var timeOut = 600.0

  @Option(help: "Scenes of one run, where the command takes {inputs}.")
  var batch = 32

  @Option(help: "Runs of the command at the same time.")
  var jobs = 1

  @Option(help: "Stop after so many first runs without an answer.")
  var patience = 10
}

extension MappingOptions.Fit: ExpressibleByArgument {}

/// Scores somebody's videos, or those that somebody's program makes.
struct EvaluateVideos {
  let options: SubmissionOptions
  let global: GlobalOptions

  /// - Parameters:
  ///   - ruler: Makes the ruler for a number of given frames.
  ///   - measureSet: Adds what belongs to the whole set, once all videos are scored.
  func callAsFunction(
    ruler: (_ conditionFrames: Int) throws -> any SceneRuler, provenance: [String: String],
    measureSet: (SubmissionEvaluation, inout EvaluationDocument) throws -> Void
  ) throws {
    Interruption.listen()
    let (split, mapping) = try scenes()
    let ruler = try ruler(mapping.conditionFrames)
    let (videos, output) = places
    let observer = global.observer
    var failures: [SubmissionProblem] = []
    if let command = options.command {
      var run = ExternalModel.Options()
      run.size = options.size ?? 256
      run.timeOut = options.program.timeOut
      run.batch = options.program.batch
      run.jobs = options.program.jobs
      run.patience = options.program.patience
      let model = try ExternalModel(command: command, options: run)
      observer.began("running the model", "\(split.count) scenes of \(split.identity.name)")
      failures = try model.run(
        on: split, mapping: mapping, to: videos,
        progress: { observer.advanced($0, of: $1, "scenes") },
        isCancelled: { Interruption.isRequested })
    }
    var evaluation = try SubmissionEvaluation(
      of: videos, on: split, ruler: ruler, to: output, mapping: mapping, floors: options.floors)
    evaluation.model = options.model.map { PrintableText.line($0, limit: 100) }
    evaluation.threads =
      options.threads > 0 ? options.threads : ProcessInfo.processInfo.activeProcessorCount
    evaluation.provenance = provenance
    observer.began("scoring", "\(videos.path) against \(split.identity.name)")
    var document = try evaluation.run(
      failures: failures, progress: { observer.advanced($0, of: $1, "videos") },
      isCancelled: { Interruption.isRequested })
    try measureSet(evaluation, &document)
    let page = EvaluationPage(document, clips: EvaluationClips.clips(of: document, evaluation)).page
    try page.write(to: output.appendingPathComponent("report.html"))
    try report(document, to: output)
  }

  private func scenes() throws -> (SceneSplit, MappingOptions) {
    var mapping = MappingOptions()
    mapping.framesPerSecond = options.fps
    mapping.size = options.size
    mapping.fit = options.fit
    if let key = options.key {
      let key = try ChallengeFolder.Key(contentsOf: URL(fileURLWithPath: key))
      mapping.conditionFrames = options.conditionFrames ?? key.conditionFrames
      return (try key.scenes(), mapping)
    }
    if let given = options.conditionFrames { mapping.conditionFrames = given }
    return (try options.split.scenes(options.split.split ?? ""), mapping)
  }

  /// The videos and the results.
  private var places: (videos: URL, output: URL) {
    let videos = options.videos.map { URL(fileURLWithPath: $0) }
    let output =
      options.output.map { URL(fileURLWithPath: $0) }
      ?? videos.map {
        $0.deletingLastPathComponent().appendingPathComponent(
          "\($0.deletingPathExtension().lastPathComponent)-evaluation")
      } ?? URL(fileURLWithPath: "evaluation")
    return (videos ?? output.appendingPathComponent("videos"), output)
  }

  private func report(_ document: EvaluationDocument, to output: URL) throws {
    if global.json { try Terminal.result(json: document) }
    if !global.quiet {
      Terminal.line("")
      Terminal.write(EvaluationTables(document).overview.text)
      let counts = document.counts
      Terminal.line(
        "\(counts.scored) of \(counts.scenes) scenes scored, \(counts.failed) could not be, "
          + "\(counts.missing) missing, \(counts.surplus) surplus")
      for warning in document.warnings { Terminal.line("note: \(warning)") }
      for problem in document.problems.prefix(10) { Terminal.line("  \(problem)") }
      if document.problems.count > 10 { Terminal.line("  … all in problems.jsonl") }
      Terminal.line("results: \(output.path)")
    }
    if let folder = options.entry, let model = options.model {
      let entry = LeaderboardEntry(
        document, model: model, commit: options.commit, note: options.note)
      let file = try entry.write(to: URL(fileURLWithPath: folder))
      if !global.quiet { Terminal.line("entry: \(file.path)") }
    }
    if !document.isComplete { throw Exit.partial }
  }
}
