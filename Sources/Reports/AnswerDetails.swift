import Measures

/// The sentences below the answer: what it should be compared with.
struct AnswerDetails {
  let metrics: MetricsDocument
  let scores: [VideoScore]

  private let form = VelocityForm.official.rawValue

  init(metrics: MetricsDocument, scores: [VideoScore]) {
    self.metrics = metrics
    self.scores = scores
  }

  var sentences: [String] {
    [interval, floors, baselines, speeds, lost].compactMap { $0 }
  }

  private var interval: String? {
    guard let inside = metrics.velocityError[form]?["id"], inside.count > 1 else { return nil }
    var text =
      "Errors are in world units per second (the frame is 10 wide), official form; in distribution "
      + "the 95\u{A0}% interval is \(Format.interval(inside)) over \(inside.count) videos"
    if let ratio = metrics.ratioOutToIn[form], ratio.low.isFinite {
      text +=
        ", the factor between outside and inside one of \(Format.rough(ratio.low)) to "
        + "\(Format.rough(ratio.high))"
    }
    return text + "."
  }

  private var floors: String? {
    guard let truth = mean("ground_truth") else { return nil }
    var text = "The ruler itself reads \(Format.error(truth)) on the true videos"
    if let rebuilt = mean("autoencoder") {
      text += " and \(Format.error(rebuilt)) on what the autoencoder makes of them"
    }
    return text + "; no model can be judged below that."
  }

  private var baselines: String? {
    let values = MetricsDocument.speedLevels
    guard let straight = outside("constant_velocity", values) else { return nil }
    let own = MetricsDocument.speedLevels.compactMap { metrics.velocityError[form]?[$0]?.mean }
    let suffices = own.contains { $0.isFinite } && straight < own.finiteMean / 2
    var text =
      "Continuing at the speed of the condition frames scores \(Format.error(straight)) outside "
      + "the trained speeds" + (suffices ? ", so the information is in those frames" : "")
    if let nearest = outside("nearest_case", values) {
      text += "; replaying the nearest training case scores \(Format.error(nearest))"
    }
    return text + "."
  }

  private var speeds: String? {
    guard let slow = speed("v_low"), let fast = speed("v_high") else { return nil }
    let pulled = slow.generated > slow.actual && fast.generated < fast.actual
    return "Balls slower than any trained on (\(Format.fixed(slow.actual, 2)) on average) come out "
      + "at \(Format.fixed(slow.generated, 2)), faster ones (\(Format.fixed(fast.actual, 2))) at "
      + "\(Format.fixed(fast.generated, 2))"
      + (pulled ? ": both are drawn towards the speeds of the training cases." : ".")
  }

  private var lost: String? {
    guard let inside = metrics.kept["id"] else { return nil }
    let outside = metrics.kept.filter { $0.key != "id" }.values
    let lost = outside.reduce(0) { $0 + $1.lost }
    let videos = outside.reduce(0) { $0 + $1.videos }
    return "Balls lost: \(inside.lost) of \(inside.videos) inside the trained range"
      + (videos > 0 ? ", \(lost) of \(videos) outside it." : ".")
  }

  private func mean(_ floor: String) -> Double? {
    metrics.floors[floor]?[form]?["id"].map(\.mean).flatMap { $0.isFinite ? $0 : nil }
  }

  private func outside(_ floor: String, _ levels: [String]) -> Double? {
    let means = levels.compactMap { metrics.floors[floor]?[form]?[$0]?.mean }.filter(\.isFinite)
    return means.isEmpty ? nil : means.reduce(0, +) / Double(means.count)
  }

  private func speed(_ level: String) -> (actual: Double, generated: Double)? {
    let known = scores.filter { $0.level == level && $0.generatedSpeed.isFinite }
    guard !known.isEmpty else { return nil }
    let count = Double(known.count)
    return (
      known.reduce(0) { $0 + $1.trueSpeed } / count,
      known.reduce(0) { $0 + $1.generatedSpeed } / count
    )
  }
}
