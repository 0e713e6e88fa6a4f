import ArgumentParser
import Experiments
import Foundation

struct VerifyCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Compare this build with a folder of reference data.",
    discussion: """
      Simulates the reference's scenes, renders its positions and scores its
      videos. Tolerances:
      positions 1e-5 world units, pixels 1 grey level, measured numbers 1e-9 relative.
      Exit code 1 when anything that is built lies beyond them.

      Example:
        phyworld verify golden/id_ood --json
      """)

  @Argument(help: "A folder with scenes.json, frames.npz, evaluator.json and eval_frames.npz.")
  var folder: String

  @OptionGroup var global: GlobalOptions

  func execute() throws {
    let verification = try Verification(folder: URL(fileURLWithPath: folder))
    if global.json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      encoder.nonConformingFloatEncodingStrategy = .convertToString(
        positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
      Terminal.result(try encoder.encode(verification))
    } else {
      Terminal.result(Data(Self.table(verification).utf8))
    }
    for row in verification.rows {
      for failure in row.failures { Terminal.line("\(row.scenario): \(failure)") }
    }
    if !verification.passed { throw Exit.checkFailed }
  }

  private static func table(_ verification: Verification) -> String {
    var lines = [
      [
        "scenario", "scenes", "positions", "starts", "decisions", "frames", "pixels", "evaluator",
        "measures", "verdict",
      ]
    ]
    for row in verification.rows {
      let verdict =
        row.built
        ? (row.failures.isEmpty ? "agrees" : "\(row.failures.count) beyond tolerance") : "not built"
      let simulated = [
        "\(row.scenes)", "\(row.position)", "\(row.start)", "\(row.decisions)", "\(row.frames)",
        "\(row.pixel)",
      ]
      lines.append(
        [row.scenario] + (row.built ? simulated : simulated.map { _ in "–" })
          + ["\(row.evaluations)", "\(row.measure)", verdict])
    }
    let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { line in
      zip(line, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        .joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
