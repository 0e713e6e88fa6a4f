import Foundation
import Measures

extension StudyResults: CustomStringConvertible {
  /// Tables for a terminal.
  public var description: String {
    guard ratings > 0 else { return "\(clips) clips, no answers yet" }
    var parts = ["\(question.title)\nanswers \(ratings), clips \(clips)", groupTable]
    parts.append(raterTable)
    parts.append(agreementText)
    if let judge { parts.append(Self.text(judge, pairwise: agreement.pairwise)) }
    return parts.joined(separator: "\n\n")
  }

  private var groupTable: String {
    Self.table(
      ["clips in", "rated", "answers", "abnormal (mean share)", "abnormal (majority)", "ties"],
      groups.map { group in
        [
          group.group.isEmpty ? "(top)" : Self.printable(group.group), "\(group.clips)",
          "\(group.ratings)", Self.percent(group.abnormalRatio),
          Self.percent(group.abnormalByMajority), "\(group.ties)",
        ]
      })
  }

  private var raterTable: String {
    Self.table(
      ["rater", "answered", "changed", "abnormal", "median seconds"],
      raters.map { rater in
        [
          Self.printable(rater.rater), "\(rater.answered)", "\(rater.changed)",
          Self.percent(rater.abnormalRatio), Self.number(rater.medianSeconds, 1),
        ]
      })
  }

  private var agreementText: String {
    let alpha = agreement.krippendorffAlpha
    let interval =
      alpha.mean.isFinite
      ? " (\(Self.number(alpha.low, 3)) to \(Self.number(alpha.high, 3)))" : ""
    return """
      Krippendorff's alpha \(Self.number(alpha.mean, 3))\(interval) on \(agreement.clips) clips with two answers or more
      Fleiss' kappa \(Self.number(agreement.fleissKappa, 3)) \
      on \(agreement.fleissClips) clips that all \(raters.count) raters answered
      two raters agree on \(Self.percent(agreement.pairwise)) of the clips that both answered
      """
  }

  private static func text(_ judge: JudgeAgreement, pairwise: Double) -> String {
    """
    judge and majority agree on \(percent(judge.withMajority)) of \(judge.clips) clips, \
    Cohen's kappa \(number(judge.cohenKappa, 3))
    judge and one rater agree on \(percent(judge.withRaters)); two raters on \(percent(pairwise))
    rated clips without a verdict: \(judge.withoutVerdict)
    """
  }

  private static func table(_ header: [String], _ rows: [[String]]) -> String {
    let lines = [header] + rows
    let widths = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { line in
      line.enumerated().map { column, cell in
        let gap = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + gap : gap + cell
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  /// Names are data: nothing in them may move a terminal's cursor.
  private static func printable(_ text: String) -> String {
    String(
      text.unicodeScalars.map { scalar in
        scalar.properties.generalCategory == .control ? "\u{FFFD}" : Character(scalar)
      })
  }

  private static func percent(_ share: Summary) -> String {
    share.mean.isFinite
      ? "\(percent(share.mean)) (\(percent(share.low)) to \(percent(share.high)))" : "–"
  }

  private static func percent(_ share: Double) -> String {
    share.isFinite ? String(format: "%.1f %%", 100 * share) : "–"
  }

  private static func number(_ value: Double, _ digits: Int) -> String {
    value.isFinite ? String(format: "%.\(digits)f", value) : "–"
  }
}
