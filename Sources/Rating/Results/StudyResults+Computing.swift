import Measures

extension StudyResults {
  /// Computes the results of a study.
  ///
  /// - Parameter judge: an automatic judge's verdicts, to be held against the raters' answers.
  public init(_ table: RatingTable, judge: JudgeVerdicts? = nil) {
    let rated = RatedClips(table)
    let names = Set(rated.clips.map(\.group)).sorted()
    var groups = names.map { name in
      Self.group(name, rated.clips.filter { $0.group == name }, rated.answers)
    }
    if names.count != 1 { groups.append(Self.group("all", rated.clips, rated.answers)) }
    self.init(
      question: table.question, clips: table.clips.count, ratings: table.ratings.count,
      groups: groups, raters: table.raters.map { Self.rater($0, table) },
      agreement: Self.agreement(rated, raters: table.raters.count),
      judge: judge.map { Self.judge($0, rated, table.question) })
  }

  private static func group(
    _ name: String, _ clips: [RatedClips.Clip], _ answers: [Answer]
  ) -> GroupResult {
    let abnormal = answers.indices.filter { answers[$0].isAbnormal }
    let shares = clips.map { clip in
      Double(abnormal.reduce(0) { $0 + clip.counts.counts[$1] }) / Double(clip.counts.total)
    }
    let decided = shares.filter { $0 != 0.5 }
    let totals = clips.map(\.counts).summed
    return GroupResult(
      group: name, clips: clips.count, ratings: totals.reduce(0, +),
      answers: Dictionary(
        uniqueKeysWithValues: zip(answers, totals).map { ($0.rawValue, $1) }),
      abnormalRatio: Bootstrap().mean(shares),
      abnormalByMajority: WilsonInterval.share(decided.count { $0 > 0.5 }, of: decided.count),
      ties: shares.count - decided.count)
  }

  private static func rater(_ name: String, _ table: RatingTable) -> RaterResult {
    let own = table.ratings.filter { $0.rater == name }
    let seconds = own.map(\.seconds).sorted()
    let (low, high) = ((seconds.count - 1) / 2, seconds.count / 2)
    return RaterResult(
      rater: name, answered: own.count,
      changed: table.history.count { $0.rater == name } - own.count,
      abnormalRatio: own.isEmpty ? .nan : Double(own.count(where: \.abnormal)) / Double(own.count),
      medianSeconds: own.isEmpty ? .nan : (seconds[low] + seconds[high]) / 2)
  }

  private static func agreement(_ rated: RatedClips, raters: Int) -> Agreement {
    let paired = rated.clips.map(\.counts).filter { $0.total >= 2 }
    let complete = paired.filter { $0.total == raters }
    let shares = paired.map { Double($0.agreeingPairs) / Double($0.total * ($0.total - 1)) }
    return Agreement(
      clips: paired.count,
      krippendorffAlpha: ClipBootstrap().summary(paired, of: KrippendorffAlpha.nominal),
      fleissKappa: FleissKappa.kappa(complete), fleissClips: complete.count,
      pairwise: shares.mean)
  }

  private static func judge(
    _ judge: JudgeVerdicts, _ rated: RatedClips, _ question: Question
  ) -> JudgeAgreement {
    var pairs: [(Answer, Answer)] = []
    var shares: [Double] = []
    var missing = 0
    for clip in rated.clips {
      guard let verdict = judge.answer(about: clip.source, asked: question),
        let place = rated.answers.firstIndex(of: verdict)
      else {
        missing += 1
        continue
      }
      shares.append(Double(clip.counts.counts[place]) / Double(clip.counts.total))
      if let majority = clip.majority.map({ rated.answers[$0] }) {
        pairs.append((majority, verdict))
      }
    }
    var confusion: [String: [String: Int]] = [:]
    for (majority, verdict) in pairs {
      confusion[majority.rawValue, default: [:]][verdict.rawValue, default: 0] += 1
    }
    return JudgeAgreement(
      clips: pairs.count, withoutVerdict: missing,
      withMajority: WilsonInterval.share(pairs.count { $0.0 == $0.1 }, of: pairs.count),
      cohenKappa: CohenKappa.kappa(pairs), withRaters: shares.mean, confusion: confusion)
  }
}

/// The clips that anyone answered, with their counts.
private struct RatedClips {
  struct Clip {
    var source: String
    var group: String
    var counts: AnswerCounts

    /// The one answer that was given most often; nil where there are two.
    var majority: Int? {
      let most = counts.counts.max() ?? 0
      let places = counts.counts.indices.filter { counts.counts[$0] == most }
      return places.count == 1 ? places.first : nil
    }
  }

  var answers: [Answer]
  var clips: [Clip]

  init(_ table: RatingTable) {
    answers = table.question.answers
    let byClip = Dictionary(grouping: table.ratings, by: \.clip)
    let categories = answers
    clips = table.clips.compactMap { clip in
      byClip[clip.id].map { ratings in
        Clip(
          source: clip.source, group: clip.group,
          counts: AnswerCounts(ratings.map(\.answer), categories: categories))
      }
    }
  }
}
