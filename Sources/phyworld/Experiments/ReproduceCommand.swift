import ArgumentParser
import Experiments
import Findings
import Foundation
import Measures
import Reports

struct ReproduceCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Run an experiment of the paper and say whether its claims hold.",
    discussion: """
      Trains the arms that are not trained yet, lets them continue the probes,
      measures, weighs the claims and writes a page with the verdict. Trained arms
      are kept under the address of what made them: the same command goes on where
      it was interrupted, and other experiments use them too.

      Examples:
        phyworld reproduce figure-7 --scale quick      minutes, to see it work
        phyworld reproduce figure-7 --seeds 2          laptop scale, two seeds
        phyworld reproduce all --jobs 2                two arms at a time
        phyworld reproduce figure-9 --output results/laptop/figure-9

      'phyworld experiments' lists what there is.
      """)

  @Argument(help: "An experiment of 'phyworld experiments', or all.")
  var name: String

  @Option(
    help: ArgumentHelp(
      "How much of everything: \(ExperimentScale.allCases.map(\.rawValue).joined(separator: ", "))."
    ))
  var scale: ExperimentScale = .laptop

  @Option(help: "Training seeds: 0 to this less one; unless given 1 at quick scale, else 2.")
  var seeds: Int?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The result's folder (of all: the folder of folders); unless given "
        + "runs/experiments/SCALE/NAME.", valueName: "folder"))
  var output: String?

  @Option(help: ArgumentHelp("The folder of trained arms.", valueName: "folder"))
  var arms = "runs/arms"

  @Option(help: "Arms that are trained at the same time, each in a process and on one thread.")
  var jobs = 1

  @Option(help: "Threads; 0 means all cores.")
  var threads = 0

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Override a setting of every arm, e.g. --set loop.steps=1000.", valueName: "key=value"))
  var overrides: [String] = []

  @Option(help: "Scenes of every probe instead of the scale's.")
  var scenes: Int?

  @Option(help: .hidden)
  var only: String?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    for (name, value, range) in [
      ("seeds", seeds ?? 1, 1...100), ("jobs", jobs, 1...64), ("threads", threads, 0...1024),
      ("scenes", scenes ?? 1, 1...100_000),
    ] where !range.contains(value) {
      throw ValidationError(
        "--\(name) \(value): give \(range.lowerBound) to \(range.upperBound)")
    }
  }

  private var experiments: [any Experiment] {
    get throws {
      name == "all" ? ExperimentCatalogue.all : [try ExperimentCatalogue.named(name)]
    }
  }

  private func folder(_ experiment: any Experiment) -> URL {
    guard let output else {
      return URL(fileURLWithPath: "runs/experiments/\(scale.rawValue)/\(experiment.name)")
    }
    let given = URL(fileURLWithPath: output)
    return name == "all" ? given.appendingPathComponent(experiment.name) : given
  }

  /// Whether a page over all findings lies above their folders.
  private var hasIndex: Bool { name == "all" || output == nil }

  func execute() throws {
    Interruption.listen()
    useThreads(threads)
    let wanted = try experiments
    // Said before hours are spent.
    for experiment in wanted { try FindingFiles.checkPlace(folder(experiment)) }
    if let only { return try trainOne(only, of: wanted) }
    var findings: [Finding] = []
    for experiment in wanted {
      let finding = try run(experiment)
      findings.append(finding)
      if !global.json, !global.quiet { show(finding, in: folder(experiment)) }
    }
    if hasIndex {
      let parent = folder(wanted[0]).deletingLastPathComponent()
      _ = try FindingIndex.write(to: parent)
    }
    if global.json {
      if findings.count == 1 {
        try Terminal.result(json: findings[0])
      } else {
        try Terminal.result(json: findings)
      }
    }
  }

  private func reproduction(_ experiment: any Experiment) throws -> Reproduction {
    let count = seeds ?? (scale == .quick ? 1 : 2)
    var run = Reproduction(
      experiment, scale: scale, seeds: (0..<count).map(UInt64.init),
      arms: URL(fileURLWithPath: arms), observer: global.observer
    ) { Interruption.isRequested }
    run.threads = threads
    run.overrides = overrides
    run.scenes = scenes
    return run
  }

  private func run(_ experiment: any Experiment) throws -> Finding {
    var reproduction = try reproduction(experiment)
    if jobs > 1 {
      let processes = ArmProcesses(
        arguments: [
          "reproduce", experiment.name, "--scale", scale.rawValue, "--seeds",
          "\(reproduction.seeds.count)", "--arms", arms, "--threads", "1", "--quiet",
        ] + overrides.flatMap { ["--set", $0] }, jobs: jobs, observer: global.observer)
      reproduction.trainApart = { try processes.train($0) }
    }
    let (finding, clips) = try reproduction()
    try FindingFiles.write(
      finding, clips: clips, to: folder(experiment), index: hasIndex ? "../index.html" : nil)
    return finding
  }

  /// What a process of `--jobs` does: one arm.
  private func trainOne(_ address: String, of wanted: [any Experiment]) throws {
    for experiment in wanted {
      let run = try reproduction(experiment)
      guard let training = try run.trainings().first(where: { $0.address == address }) else {
        continue
      }
      return try run.train(training)
    }
    throw ValidationError("--only \(address): no arm of \(name) has this address")
  }

  private func show(_ finding: Finding, in folder: URL) {
    Terminal.line("\(finding.experiment): \(finding.title)")
    for claim in finding.claims {
      Terminal.line("  \(claim.verdict.rawValue.uppercased()): \(claim.sentence)")
      Terminal.line("    \(claim.effect): \(number(claim.estimate.value)). \(claim.reason)")
    }
    Terminal.line(
      "time: training \(Terminal.duration(finding.time.training)), sampling "
        + "\(Terminal.duration(finding.time.sampling)), measuring "
        + "\(Terminal.duration(finding.time.measuring)), "
        + "\(number(100 * finding.time.overhead)) % besides")
    Terminal.line("page: \(folder.appendingPathComponent("index.html").path)")
  }

  private func number(_ value: Double) -> String {
    value.isFinite ? Terminal.number(value, 3) : "–"
  }
}

extension ExperimentScale: ExpressibleByArgument {}
