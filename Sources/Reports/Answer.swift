import Measures

/// The finding in a sentence, computed from the numbers.
public struct Answer: Hashable, Sendable {
  /// What the numbers allow to be said.
  public enum Verdict: String, Codable, Hashable, Sendable {
    /// Good inside the training range, far worse outside it.
    case notLearned = "not_learned"
    /// Good inside, and not much worse outside.
    case consistent
    /// Good inside; how much worse outside is not clear.
    case undecided
    /// Not even good inside: the question cannot be asked yet.
    case notTrained = "not_trained"
    /// The levels needed were not evaluated.
    case notMeasured = "not_measured"
  }

  /// Where the lines between the verdicts lie.
  public struct Limits: Hashable, Codable, Sendable {
    /// Largest in-distribution error that counts as having learned the motion; default 0.1.
    public var goodError = 0.1
    /// Factor from inside to outside below which the law is taken as obeyed, and above which, with
    /// the whole interval, as broken; default 3.
    public var factor = 3.0

    /// The default limits.
    public init() {}
  }

  /// The verdict.
  public let verdict: Verdict
  /// The finding as one sentence of plain text.
  public let sentence: String
  /// What qualifies it: floors, speeds, lost balls, baselines. Plain text, one sentence each.
  public let details: [String]

  /// Reads the verdict off the `official` form.
  /// - Parameters:
  ///   - metrics: The evaluation.
  ///   - scores: Its records, for the speeds; may be empty.
  ///   - lawName: "the law of inertia".
  public init(
    metrics: MetricsDocument, scores: [VideoScore] = [], lawName: String,
    limits: Limits = Limits()
  ) {
    let reading = Reading(metrics: metrics)
    let verdict = Self.verdict(reading, limits)
    self.verdict = verdict
    sentence = Self.sentence(verdict, reading, lawName, limits)
    details =
      verdict == .notMeasured
      ? [] : AnswerDetails(metrics: metrics, scores: scores).sentences
  }

  /// The three numbers that the verdict rests on.
  private struct Reading {
    let inside, outside: Double
    let ratio: Summary
    let floor: Double?

    init(metrics: MetricsDocument) {
      let table = metrics.velocityError[VelocityForm.official.rawValue] ?? [:]
      inside = table["id"]?.mean ?? .nan
      let errors = MetricsDocument.speedLevels.compactMap { table[$0]?.mean }.filter(\.isFinite)
      outside = errors.isEmpty ? .nan : errors.reduce(0, +) / Double(errors.count)
      ratio =
        metrics.ratioOutToIn[VelocityForm.official.rawValue]
        ?? Summary(mean: outside / inside, low: .nan, high: .nan, count: 0)
      floor = metrics.floors["ground_truth"]?[VelocityForm.official.rawValue]?["id"]?.mean
    }
  }

  private static func verdict(_ reading: Reading, _ limits: Limits) -> Verdict {
    guard reading.inside.isFinite else { return .notMeasured }
    guard reading.inside <= limits.goodError else { return .notTrained }
    guard reading.outside.isFinite, reading.ratio.mean.isFinite else { return .notMeasured }
    if reading.ratio.low > limits.factor, reading.outside > limits.goodError {
      return .notLearned
    }
    if reading.ratio.high < limits.factor, reading.outside <= limits.goodError {
      return .consistent
    }
    return .undecided
  }

  private static func sentence(
    _ verdict: Verdict, _ reading: Reading, _ lawName: String, _ limits: Limits
  ) -> String {
    let inside = Format.rough(reading.inside)
    let outside = Format.rough(reading.outside)
    let times = Format.rough(reading.ratio.mean)
    switch verdict {
    case .notLearned:
      return
        "Inside the range it trained on this model moves the ball at the right speed to within "
        + "\(inside); outside it is \(times) times worse: it has not learned \(lawName)."
    case .consistent:
      return
        "Inside the range it trained on this model moves the ball at the right speed to within "
        + "\(inside), and outside to within \(outside): it carries \(lawName) beyond its training."
    case .undecided:
      return
        "Undecided: inside the range it trained on this model moves the ball at the right speed "
        + "to within \(inside), outside to within \(outside), \(times) times the error (95\u{A0}% "
        + "interval \(Format.rough(reading.ratio.low)) to \(Format.rough(reading.ratio.high))), "
        + "which neither clearly breaks nor clearly keeps \(lawName)."
    case .notTrained:
      let shown = reading.outside.isFinite ? " (\(outside))" : ""
      return
        "This model misses the speed by \(inside) even inside the range it trained on, more than "
        + "the \(Format.rough(limits.goodError)) asked for here: it has not learned the motion yet, "
        + "so its error outside\(shown) says nothing about \(lawName)."
    case .notMeasured:
      return
        "Not answered: the evaluation lacks in-distribution scenes or scenes outside the trained "
        + "speeds, so nothing can be said about \(lawName)."
    }
  }
}
