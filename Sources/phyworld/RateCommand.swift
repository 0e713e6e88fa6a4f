import ArgumentParser
import Foundation
import Rating

struct RateCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "rate",
    abstract: "Let people say which clips obey physics, on a page of this machine.",
    discussion: """
      Serves a page on 127.0.0.1 that shows the clips of FOLDER and below (mp4, gif,
      mkv, avi, or folders of png frames) one by one: shuffled for each rater, without
      names. Whoever has the printed link can take part; raters elsewhere come through
      a tunnel (ssh -L). Answers go to the study file at once. Stop with Ctrl-C, start
      again to go on.

      Results are grouped by the first folder of a clip's path: put the clips of each
      model, and true ones, into folders of their own.

      Examples:
        phyworld rate clips
        phyworld rate clips --raters Ada Emmy --port 8000
        phyworld rate clips --truth truth            three types, beside the truth
        phyworld rate clips --results --judge verdicts.json
        phyworld rate clips --export ratings.csv --export ratings.json
      """)

  @Argument(help: "The folder of clips.")
  var folder: String

  @Option(help: "The study file; FOLDER/ratings.sqlite unless given.")
  var study: String?

  @Option(help: "Port of the page; 0 takes a free one.")
  var port = 0

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Who may take part; anyone unless given.", valueName: "names"))
  var raters: [String] = []

  @Option(help: "Decides each rater's order of clips; 0 for a new study.")
  var seed: UInt64?

  @Option(help: "Folder of true clips of the same names, shown beside: ask for the three types.")
  var truth: String?

  @Option(help: "Play all clips at this many frames per second; each at its own unless given.")
  var fps: Int?

  @Flag(help: "Print what the study has found, and end.")
  var results = false

  @Option(
    help: ArgumentHelp(
      "Write answers to a csv or json file, and end; may be given again.", valueName: "file"))
  var export: [String] = []

  @Option(help: "Verdicts of an automatic judge, JSON from clip to verdict, for the results.")
  var judge: String?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if !(0...65_535).contains(port) { throw ValidationError("--port \(port): must be 0 to 65535") }
    if let fps, !(1...120).contains(fps) {
      throw ValidationError("--fps \(fps): must be 1 to 120")
    }
    for file in export {
      let format = RatingExport.Format(
        rawValue: URL(fileURLWithPath: file).pathExtension.lowercased())
      if format == nil { throw ValidationError("--export \(file): must end in .csv or .json") }
    }
  }

  func execute() throws {
    let folder = URL(fileURLWithPath: folder)
    let file = study.map { URL(fileURLWithPath: $0) } ?? folder.appending(path: "ratings.sqlite")
    if results || !export.isEmpty || judge != nil || global.json {
      try report(try Study(existing: file))
    } else {
      try serve(file, folder)
    }
  }

  private func report(_ study: Study) throws {
    let verdicts = try judge.map { try JudgeVerdicts(contentsOf: URL(fileURLWithPath: $0)) }
    let table = try study.table()
    let results = StudyResults(table, judge: verdicts)
    for file in export {
      try RatingExport.write(table, results, to: URL(fileURLWithPath: file))
    }
    if global.json {
      Terminal.result(try RatingExport.json(results))
    } else if !global.quiet {
      Terminal.line("\(results)")
    }
  }

  private func serve(_ file: URL, _ folder: URL) throws {
    let names = try raters.map { try RaterName($0) }
    let files = try ClipFolder.clips(in: folder)
    guard !files.isEmpty else { throw RatingError.noClips(folder: folder.path, problems: 0) }
    let truths = try truth.map { try ClipFolder.clips(in: URL(fileURLWithPath: $0)) }
    let study = try Study(file, question: truth == nil ? .obeys : .types, seed: seed)
    let observer = global.observer
    observer.began("looking at clips", "\(files.count) in \(folder.path)")
    let selection = try study.register(files, truths: truths ?? []) {
      observer.advanced($0, of: files.count, "clips")
    }
    for problem in selection.problems { Terminal.line("left out: \(problem)") }
    guard !selection.clips.isEmpty else {
      throw RatingError.noClips(folder: folder.path, problems: selection.problems.count)
    }
    let server = RatingServer(
      study: study, clips: selection.clips, raters: names.isEmpty ? nil : names, port: port,
      framesPerSecond: fps)
    let count = selection.clips.count
    try server.runBlocking { link in
      Terminal.line(
        """

        \(count) clips, study \(file.path)
        open \(link.absoluteString)
        Ctrl-C stops; answers are stored as they come
        """)
    }
  }
}
