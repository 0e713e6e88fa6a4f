import Foundation
import Measures

/// The sections of a report, in reading order; a section without content is left out.
struct ReportSections {
  let content: ReportContent
  private let tables: MetricsTables
  private let figures: Figures

  init(_ content: ReportContent) {
    self.content = content
    tables = MetricsTables(content.metrics, descriptions: content.levelDescriptions)
    figures = Figures(content)
  }

  var all: [String] {
    [answer, speeds, errors, training, sampling, videos, seeds, autoencoder, provenance]
      .compactMap { $0 }
  }

  private var answer: String {
    let answer = content.answer
    return PageParts.finding(answer.verdict.rawValue, answer.sentence, answer.details)
  }

  private var speeds: String? {
    guard let plot = figures.speeds else { return nil }
    let missing = content.scores.count { !$0.generatedSpeed.isFinite }
    var caption =
      "Each dot is one generated video: the speed of its ball against the speed it was shown in the "
      + "condition frames. A model that had the law would stay on the broken line everywhere."
    if missing > 0 {
      caption += " \(missing) of \(content.scores.count) videos show no ball to measure."
    }
    return section(
      "speeds", "Generated speed against true speed", [figure(plot, "speeds", caption)])
  }

  private var errors: String? {
    guard !content.metrics.velocityError.isEmpty else { return nil }
    let forms = VelocityForm.allCases
    let floors = forms.map { form in
      "<details\(form == .official ? " open" : "")><summary><code>\(form.rawValue)</code> beside "
        + "its floors and baselines</summary>\(tables.floors(form).uncaptioned.html)</details>"
    }
    return section(
      "errors", "Errors by level",
      [
        "<p><code>official</code> is the released evaluator bit for bit, with its scale error; "
          + "<code>per_frame</code> the paper’s formula through the same parser; "
          + "<code>unbiased</code> takes the mean velocity first, at the right pixel scale, from a "
          + "sub-pixel centroid. Intervals are 95 % bootstrap intervals over videos. A ball is kept "
          + "when it is visible and on its path in 80 % of the scored frames.</p>",
        tables.errors.html,
      ] + floors + [tables.attributes.html])
  }

  private var training: String? {
    let parts = [
      figures.trainingError.map {
        figure(
          $0, "training",
          "Error of the small evaluations made while training; logarithmic, so that equal steps "
            + "down are equal factors.")
      },
      figures.loss.map { figure($0, "loss", "Training loss.", height: 260) },
    ].compactMap { $0 }
    return parts.isEmpty ? nil : section("training", "Over training", parts)
  }

  private var sampling: String? {
    guard let plot = figures.samplingSteps, let table = tables.samplingSteps(.official) else {
      return nil
    }
    return section(
      "sampling", "Number of sampling steps",
      [
        figure(
          plot, "sampling",
          stepsFinding),
        table.html,
      ])
  }

  private var seeds: String? {
    tables.seeds(content.otherSeeds).map { section("seeds", "Across seeds", [$0.html]) }
  }

  /// The fewest steps against the most: is the sampler a sampler, or a regression in disguise?
  private var stepsFinding: String {
    let form = VelocityForm.official.rawValue
    let tables = content.metrics.samplingSteps
    let counts = tables.keys.compactMap(Int.init).sorted()
    guard let fewest = counts.first, let most = counts.last, fewest < most,
      let few = tables[String(fewest)]?[form]?["id"], few.count > 0,
      let many = tables[String(most)]?[form]?["id"], many.count > 0
    else { return "Error by number of sampling steps, with 95 % intervals." }
    let verdict =
      few.low <= many.high && many.low <= few.high
      ? "The intervals overlap: few steps do as well as many, so at this scale the sampler is "
        + "close to a regression."
      : few.mean > many.mean
        ? "More steps help beyond the intervals." : "More steps do harm beyond the intervals."
    return "In distribution \(fewest) step\(fewest == 1 ? " scores" : "s score") "
      + "\(Format.error(few.mean)), \(most) steps \(Format.error(many.mean)). \(verdict)"
  }

  func section(_ identifier: String, _ title: String, _ parts: [String]) -> String {
    PageParts.section(identifier, title, parts)
  }

  private func figure(
    _ plot: Plot, _ identifier: String, _ caption: String, height: Double = 420
  ) -> String {
    PageParts.figure(plot, identifier, caption, height: height)
  }
}
