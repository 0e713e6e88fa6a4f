/// How many raters gave each answer to one clip: what every measure of agreement starts from.
///
/// Raters who did not answer are simply not counted, which is how Krippendorff treats missing data.
public struct AnswerCounts: Hashable, Sendable {
  /// `[category]`: how many raters chose it.
  public var counts: [Int]

  /// Counts by category; every clip of a study has the same categories.
  public init(_ counts: [Int]) { self.counts = counts }

  /// Counts some raters' answers; nil where a rater gave none.
  ///
  /// - Parameter categories: all answers that could be given.
  public init<Category: Hashable>(_ answers: [Category?], categories: [Category]) {
    counts = categories.map { category in answers.count { $0 == category } }
  }

  /// How many raters answered.
  public var total: Int { counts.reduce(0, +) }

  /// Pairs of raters who agree, among all `total·(total − 1)` ordered pairs.
  var agreeingPairs: Int { counts.reduce(0) { $0 + $1 * ($1 - 1) } }
}

extension Sequence<AnswerCounts> {
  /// The sum over clips, by category.
  var summed: [Int] {
    reduce(into: [Int]()) { sums, clip in
      if sums.count < clip.counts.count {
        sums += [Int](repeating: 0, count: clip.counts.count - sums.count)
      }
      for (category, count) in clip.counts.enumerated() { sums[category] += count }
    }
  }
}
