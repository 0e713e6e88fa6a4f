import Experiments
import Foundation
import Measures
import Reports

/// The final table and the answer.
enum Results {
  static func show(
    _ metrics: MetricsDocument, _ content: ReportContent, json: Bool, quiet: Bool
  ) throws {
    if json { Terminal.result(try metrics.json()) }
    guard !quiet else { return }
    Terminal.line("")
    Terminal.line(MetricsTables(metrics).errors.text)
    Terminal.line("")
    Terminal.line(content.answer.sentence)
  }
}
