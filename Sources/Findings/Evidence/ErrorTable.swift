import Measures
import Tables

/// The table that every experiment has: errors with intervals beside floors, references and memory.
enum ErrorTable {
  static let columns = [
    "arm", "asked", "scenes", "error", "95 %", "balls kept", "error of kept", "as truth",
    "lawful", "wrong", "truth", "codec", "constant velocity", "nearest case", "case score",
  ]

  static func make(_ arms: [Arm], _ evidence: Evidence) -> FindingTable {
    var rows: [[String]] = []
    for arm in arms {
      for probe in arm.probes {
        let all = evidence.scenes(arm: arm.name, probe: probe.name)
        let levels = Array(Set(all.map(\.score.level))).sorted { ($0 ?? "") < ($1 ?? "") }
        for level in levels {
          let scenes = all.filter { $0.score.level == level }
          let name = levels.count > 1 ? "\(probe.title), \(level ?? "other")" : probe.title
          rows.append([arm.title, name] + cells(scenes))
        }
      }
    }
    return FindingTable(
      name: "errors", title: "Velocity error, floors, references and memory", columns: columns,
      rows: rows)
  }

  private static func cells(_ scenes: [SceneEvidence]) -> [String] {
    let error = Bootstrap().mean(scenes.compactMap(\.error))
    func mean(_ value: (SceneEvidence) -> Double?) -> String {
      let values = scenes.compactMap(value)
      return values.isEmpty
        ? "–" : Format.significant(values.reduce(0, +) / Double(values.count), 3)
    }
    func share(_ holds: (SceneEvidence) -> Bool?) -> String {
      let values = scenes.compactMap(holds)
      guard !values.isEmpty else { return "–" }
      return "\(Int((100 * Double(values.count { $0 }) / Double(values.count)).rounded())) %"
    }
    func verdict(_ wanted: Verdict) -> String { share { $0.verdict.map { $0 == wanted } } }
    return [
      "\(scenes.count)", Format.significant(error.mean, 3),
      "\(Format.significant(error.low, 3))–\(Format.significant(error.high, 3))",
      share { $0.isKept },
      mean(\.keptError), verdict(.asTruth), verdict(.lawful), verdict(.wrong),
      mean { $0.referenceError("ground_truth") }, mean { $0.referenceError("reconstruction") },
      mean { $0.referenceError("constant_velocity") }, mean { $0.referenceError("nearest_case") },
      mean(\.caseScore),
    ]
  }
}
