import Measures

/// What a study has found so far.
public struct StudyResults: Codable, Hashable, Sendable {
  /// How often a group of clips was found abnormal.
  public struct GroupResult: Codable, Hashable, Sendable {
    /// The folder of the clips; empty for those at the top.
    public var group: String
    /// Clips that anyone answered.
    public var clips: Int
    /// Answers to them.
    public var ratings: Int
    /// Answer to how often it was given.
    public var answers: [String: Int]
    /// Share of a clip's raters who found it abnormal, mean over clips; bootstrap over clips.
    public var abnormalRatio: Summary
    /// Share of clips that most of their raters found abnormal; ties are left out; Wilson's interval.
    public var abnormalByMajority: Summary
    /// Clips whose raters are split in equal halves.
    public var ties: Int
  }

  /// What one rater did.
  public struct RaterResult: Codable, Hashable, Sendable {
    /// Name of the rater.
    public var rater: String
    /// Clips answered.
    public var answered: Int
    /// Answers that were replaced by another one, counted from the history.
    public var changed: Int
    /// Share of the answers that are abnormal.
    @NullableNumber public var abnormalRatio: Double
    /// Median of seconds from the start of a clip to the answer.
    @NullableNumber public var medianSeconds: Double
  }

  /// How far raters agree with each other.
  public struct Agreement: Codable, Hashable, Sendable {
    /// Clips with at least two answers, on which alpha rests.
    public var clips: Int
    /// Krippendorff's alpha, nominal; bootstrap over clips.
    public var krippendorffAlpha: Summary
    /// Fleiss' kappa over the clips that all raters answered; null where it does not exist.
    @NullableNumber public var fleissKappa: Double
    /// Those clips.
    public var fleissClips: Int
    /// Share of pairs of answers to the same clip that are the same, mean over clips.
    @NullableNumber public var pairwise: Double
  }

  /// How far an automatic judge agrees with the raters.
  public struct JudgeAgreement: Codable, Hashable, Sendable {
    /// Clips with a verdict and a majority of raters.
    public var clips: Int
    /// Rated clips without a verdict.
    public var withoutVerdict: Int
    /// Share of those clips on which the judge is with the majority; Wilson's interval.
    public var withMajority: Summary
    /// Cohen's kappa of judge and majority.
    @NullableNumber public var cohenKappa: Double
    /// Share of single answers that are the judge's, mean over clips: to be held against `pairwise`.
    @NullableNumber public var withRaters: Double
    /// Majority's answer to judge's answer to clips.
    public var confusion: [String: [String: Int]]
  }

  /// What was asked.
  public var question: Question
  /// Clips of the study, answered or not.
  public var clips: Int
  /// Present answers.
  public var ratings: Int
  /// Groups in the order of their names, then all clips together under the name `all`.
  public var groups: [GroupResult]
  /// Raters in the order of their names.
  public var raters: [RaterResult]
  /// Agreement among them.
  public var agreement: Agreement
  /// Agreement of the judge, where verdicts were given.
  public var judge: JudgeAgreement?
}
