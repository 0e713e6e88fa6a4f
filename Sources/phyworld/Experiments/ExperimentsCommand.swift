import ArgumentParser
import Experiments
import Findings
import Foundation
import Tables

struct ExperimentsCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "experiments",
    abstract: "The paper's figures and tables as experiments: claims, arms, cost.",
    discussion: """
      Times are those of training alone on this machine, from a probe of a second;
      for workstation and paper, of one GPU at 160 teraflops. What is trained once
      is not trained again, by this experiment or another.

      Examples:
        phyworld experiments
        phyworld experiments figure-7        its claims, arms and thresholds
        phyworld experiments --seeds 3 --json
      """)

  @Argument(help: "One experiment in full.")
  var name: String?

  @Option(help: "Training seeds.")
  var seeds = 2

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard (1...100).contains(seeds) else {
      throw ValidationError("--seeds \(seeds): give 1 to 100")
    }
  }

  private struct Listed: Encodable {
    var name, title, paper, method: String
    var claims: [ListedClaim]
    var arms: [String]
    var cost: [String: ExperimentCost]
    var trainingSeconds: [String: Double]
  }

  private struct ListedClaim: Encodable {
    var name, sentence, effect, threshold: String
  }

  /// Operations per second that a GPU is assumed to reach: 40 % of an H100's 400 in bfloat16.
  private static let gpuRate = 160e12

  func execute() throws {
    let wanted = try name.map { [try ExperimentCatalogue.named($0)] } ?? ExperimentCatalogue.all
    useThreads(0)
    let rate = try ExperimentCost.rate(observer: SilentObserver())
    let listed = try wanted.map { experiment -> Listed in
      var cost: [String: ExperimentCost] = [:]
      var seconds: [String: Double] = [:]
      for scale in ExperimentScale.allCases {
        let found = try ExperimentCost(experiment, scale: scale, seeds: seeds)
        cost[scale.rawValue] = found
        seconds[scale.rawValue] =
          found.operations / (scale.usesGrid ? Self.gpuRate : rate)
      }
      return Listed(
        name: experiment.name, title: experiment.title, paper: experiment.paper,
        method: experiment.method,
        claims: experiment.claims.map {
          ListedClaim(
            name: $0.name, sentence: $0.sentence, effect: $0.effect, threshold: $0.threshold.text)
        }, arms: experiment.arms(at: .laptop).map(\.title), cost: cost, trainingSeconds: seconds)
    }
    if global.json { return try Terminal.result(json: listed) }
    if name == nil { show(listed) } else { listed.forEach(showWhole) }
  }

  private func show(_ listed: [Listed]) {
    let table = ReportTable(
      columns: [
        .init("experiment", numeric: false), .init("about", numeric: false), .init("claims"),
        .init("models"),
      ] + ExperimentScale.allCases.map { .init($0.rawValue) },
      rows: listed.map { entry in
        [
          .init(entry.name), .init(entry.title), .init("\(entry.claims.count)"),
          .init("\(entry.cost["laptop"]?.models ?? 0)"),
        ]
          + ExperimentScale.allCases.map {
            .init(Terminal.duration(entry.trainingSeconds[$0.rawValue] ?? .nan))
          }
      })
    Terminal.result(Data(TextTable(table).description.dropLast().utf8))
  }

  private func showWhole(_ entry: Listed) {
    var lines = [
      "\(entry.name): \(entry.title)", "", "The paper: \(entry.paper)", "",
      "Here: \(entry.method)", "", "Claims:",
    ]
    for claim in entry.claims {
      lines.append("  \(claim.name): \(claim.sentence)")
      lines.append("    holds where \(claim.effect) \(claim.threshold)")
    }
    lines.append("")
    lines.append(
      "Models at laptop scale (\(seeds) seeds each): " + entry.arms.joined(separator: "; "))
    for scale in ExperimentScale.allCases {
      let videos = entry.cost[scale.rawValue]?.videos ?? 0
      let time = Terminal.duration(entry.trainingSeconds[scale.rawValue] ?? .nan)
      lines.append(
        "  \(scale.rawValue): training \(time), \(videos) videos measured (\(scale.summary))")
    }
    Terminal.result(Data(lines.joined(separator: "\n").utf8))
  }
}
