import ArgumentParser
import Experiments
import Foundation
import Reports
import Submissions

struct EvaluateCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure a run, or anybody's videos, against the law, beside floors.",
    discussion: """
      Of a run: writes RUN/metrics.json, scores.jsonl and floors/.
      Of videos: mp4, gif, folders of PNGs, npy, npz or HDF5, named for their scenes
      (00012.mp4), of any size and frame rate that can be mapped. Writes
      metrics.json, .csv, .md and .tex, report.html, scores.jsonl, problems.jsonl and
      missing.txt, and goes on where it was interrupted. Exit code 2: done, but some
      scenes could not be scored.

      Examples:
        phyworld evaluate runs/a
        phyworld evaluate runs/a --json | python3 -m json.tool
        phyworld evaluate --videos answers --split uniform/eval
        phyworld evaluate --videos answers --split uniform/eval --appearance all
        phyworld evaluate --videos answers --key c.key.json --model a --entry board
        phyworld evaluate --command "python my_model.py {input} {output}" \\
          --split collision/eval --count 200 --output runs/mine
      """)

  @Argument(help: "The folder of a run with samples.")
  var run: String?

  @OptionGroup var submission: SubmissionOptions
  @OptionGroup var appearance: AppearanceOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if (run == nil) != submission.isWanted {
      throw ValidationError("name the folder of a run, or give --videos or --command; one of them")
    }
  }

  func execute() throws {
    guard let run else {
      return try AppearanceOfVideos(options: appearance, observer: global.observer).evaluate(
        EvaluateVideos(options: submission, global: global))
    }
    let folder = RunFolder(URL(fileURLWithPath: run))
    let configuration = try folder.configuration()
    useThreads(configuration.threads)
    let metrics = try EvaluateStage(folder, configuration, observer: global.observer)()
    if global.json { Terminal.result(try metrics.json()) }
    if !global.quiet { Terminal.line(MetricsTables(metrics).errors.text) }
  }
}
