import ArgumentParser
import Experiments
import Foundation
import Reports

struct VerifyCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Compare this build with a folder of reference data.",
    discussion: """
      Simulates the reference's scenes, renders its positions and scores its videos. Tolerances:
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
    var table = TextTable(
      header: [
        "scenario", "scenes", "positions", "starts", "frames", "pixels", "evaluator", "measures",
        "verdict",
      ])
    for row in verification.rows {
      let verdict =
        row.built
        ? (row.failures.isEmpty ? "agrees" : "\(row.failures.count) beyond tolerance") : "not built"
      let evaluations =
        "\(row.evaluations)"
        + (row.evaluationsNotBuilt > 0 ? " (+\(row.evaluationsNotBuilt) not built)" : "")
      table.add([
        row.scenario, row.built ? "\(row.scenes)" : "–", row.built ? "\(row.position)" : "–",
        row.built ? "\(row.start)" : "–", row.built ? "\(row.frames)" : "–",
        row.built ? "\(row.pixel)" : "–", evaluations, "\(row.measure)", verdict,
      ])
    }
    return table.text
  }
}
