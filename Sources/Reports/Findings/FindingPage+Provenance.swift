import Findings

extension FindingPage {
  var arms: String? {
    guard !finding.arms.isEmpty else { return nil }
    let table = ReportTable(
      caption: "What was trained; an address is the start of a digest of everything that decides "
        + "an arm, one for each seed",
      columns: [
        .init("Arm", numeric: false), .init("Training set", numeric: false), .init("Videos"),
        .init("Weights"), .init("Steps"), .init("Training time"), .init("Address", numeric: false),
      ],
      rows: finding.arms.map { arm in
        let total = arm.seconds.filter(\.isFinite).reduce(0, +)
        let each = arm.seconds.map(Format.duration).joined(separator: ", ")
        return [
          .init(arm.title, detail: arm.name), .init(arm.set), .init(FindingText.whole(arm.videos)),
          .init(FindingText.whole(arm.parameters)), .init(FindingText.whole(arm.steps)),
          .init(Format.duration(total), detail: arm.seconds.count > 1 ? each : ""),
          .init(arm.addresses.joined(separator: ", ")),
        ]
      })
    return PageParts.section("arms", "Arms", [table.html])
  }

  var notes: String? {
    guard !finding.notes.isEmpty else { return nil }
    let items = finding.notes.map { "<li>\(escaped($0))</li>" }
    return PageParts.section(
      "notes", "What a reader must know", ["<ul>\(items.joined(separator: "\n"))</ul>"])
  }

  var time: String {
    let time = finding.time
    let other = max(time.total - time.training - time.sampling - time.measuring, 0)
    return PageParts.section(
      "time", "Time spent",
      [
        PageParts.list([
          .init("Training, with its data", Format.duration(time.training)),
          .init("Sampling", Format.duration(time.sampling)),
          .init("Measuring", Format.duration(time.measuring)),
          .init(
            "Everything else",
            "\(Format.duration(other)), \(Format.fixed(time.overhead * 100, 1)) % of all"),
          .init("All", Format.duration(time.total)),
        ])
      ])
  }

  var provenance: String {
    let seeds = finding.seeds.map { "\($0)" }.joined(separator: ", ")
    let entries =
      [
        ReportContent.Entry("Experiment", finding.experiment),
        ReportContent.Entry("Scale", finding.scale), ReportContent.Entry("Training seeds", seeds),
      ]
      + finding.provenance.sorted { $0.key < $1.key }.map {
        ReportContent.Entry($0.key, $0.value)
      }
    return PageParts.section("provenance", "Provenance", [PageParts.list(entries)])
  }
}
