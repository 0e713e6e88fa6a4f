import ArgumentParser
import Combinatorial
import Datasets
import Foundation
import Reports

struct DataListCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the named sets: training sets and evaluations of the paper, and their kin.",
    discussion: """
      Origin: official (the released scripts define it), inferred (they hint at it),
      ours (the paper describes it without numbers).

      Examples:
        phyworld data list
        phyworld data list collision/eval
        phyworld data list --json
      """)

  @Argument(help: "Only sets whose names begin with this path.")
  var path: String?

  @OptionGroup var global: GlobalOptions

  /// One set, as `--json` prints it.
  struct Entry: Codable {
    struct Part: Codable {
      var scenario: String
      var region: String
      var level: String?
    }
    var name: String
    var figure: String?
    var summary: String
    var origin: SceneSet.Origin
    var count: Int
    var gridCount: Int?
    var officialName: String?
    var hasOfficialStream: Bool
    var parts: [Part]

    init(_ split: CombinatorialSplit) {
      let set = CombinatorialSet.entry(split)
      name = CombinatorialSet.prefix + CombinatorialSet.name(of: split)
      figure = "table 1"
      summary = set.summary
      origin = set.isOurs ? .ours : .official
      count = split.selection.count
      hasOfficialStream = false
      let selection = split.selection
      parts = [
        Part(
          scenario: LabelledVideo.combinatorialScenario,
          region: "\(split.templates.count) templates, tasks \(selection.tasks.lowerBound) to "
            + "\(selection.tasks.upperBound - 1), trials \(selection.trials.lowerBound) to "
            + "\(selection.trials.upperBound - 1)",
          level: nil)
      ]
    }

    init(_ set: SceneSet) {
      name = set.name
      figure = set.figure
      summary = set.summary
      origin = set.origin
      count = set.count
      gridCount = set.gridCount
      officialName = set.officialName
      hasOfficialStream = set.layout != nil
      parts = set.recipe.parts.map {
        Part(scenario: $0.scenario.id, region: "\($0.parameters)", level: $0.level)
      }
    }
  }

  func execute() throws {
    let sets = path.map { SceneCatalogue.sets(under: $0) } ?? SceneCatalogue.sets
    let splits = CombinatorialSplit.allCases.filter { split in
      let name = CombinatorialSet.prefix + CombinatorialSet.name(of: split)
      return path.map { name == $0 || name.hasPrefix($0.hasSuffix("/") ? $0 : $0 + "/") } ?? true
    }
    if let path, sets.isEmpty, splits.isEmpty { _ = try SceneCatalogue.set(named: path) }
    let entries = sets.map { Entry($0) } + splits.map { Entry($0) }
    if global.json {
      return try Terminal.result(json: entries)
    }
    let table = ReportTable(
      columns: [
        .init("name", numeric: false), .init("figure", numeric: false),
        .init("scenario", numeric: false), .init("count"), .init("origin", numeric: false),
        .init("region", numeric: false),
      ],
      rows: entries.map { entry in
        let laws = entry.parts.map { String($0.scenario.prefix { $0 != "(" }) }
        return [
          .init(entry.name), .init(entry.figure ?? "–"),
          .init(Set(laws).sorted().joined(separator: " + ")), .init("\(entry.count)"),
          .init(entry.origin.rawValue), .init(Self.region(entry.parts)),
        ]
      })
    Terminal.result(Data(TextTable(table).description.dropLast().utf8))
  }

  /// The first part's region, cut to a line.
  private static func region(_ parts: [Entry.Part]) -> String {
    guard let first = parts.first else { return "–" }
    let text = first.region.count > 60 ? first.region.prefix(59) + "…" : first.region[...]
    return text + (parts.count > 1 ? " + \(parts.count - 1) more" : "")
  }
}
