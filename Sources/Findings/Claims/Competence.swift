import Tables

/// Whether a model has learned enough of its training set for its failures to mean anything.
///
/// Law or replay is a question about models that do well on what they were trained on. One that errs more there than
/// replaying the nearest training case would has learned neither, and bad everywhere alike it would pass for one that
/// generalises. Claims about it stay undecided.
struct Competence: Hashable {
  /// The arm.
  let title: String
  /// Mean velocity error in distribution, of the model and of the reference on the same scenes.
  let own, reference: Double
  /// What the reference is, in words.
  let referenceTitle: String

  /// Of an arm's scenes in distribution; nil where there are none, or no reference.
  ///
  /// Where the nearest case has no answer (scenes with walls), the reference is straight on as given.
  init?(_ arm: Arm, _ evidence: Evidence) {
    let inside = arm.probes.filter { $0.steps == nil }.flatMap { probe in
      evidence.scenes(arm: arm.name, probe: probe.name).filter { scene in
        probe.side.map { $0 == .inside } ?? scene.score.level?.hasPrefix("seen") ?? false
      }
    }
    for (name, words) in [
      ("nearest_case", "replaying the nearest training case"),
      ("constant_velocity", "going straight on"),
    ] {
      let pairs = inside.compactMap { scene -> (Double, Double)? in
        guard let own = scene.error, let other = scene.referenceError(name) else { return nil }
        return (own, other)
      }
      guard !pairs.isEmpty else { continue }
      title = arm.title
      own = pairs.reduce(0) { $0 + $1.0 } / Double(pairs.count)
      reference = pairs.reduce(0) { $0 + $1.1 } / Double(pairs.count)
      referenceTitle = words
      return
    }
    return nil
  }

  /// Whether the model is at least as good as the reference.
  var isEnough: Bool { own <= reference }

  /// Why nothing can be decided.
  var reason: String {
    "Not decided: in distribution the model '\(title)' errs by \(Format.significant(own, 3)), more than \(referenceTitle) "
      + "would (\(Format.significant(reference, 3))). It has learned too little to tell law from replay."
  }
}

extension Claim {
  /// Weighs the claim; it stays undecided where a model that it is about has learned too little.
  ///
  /// Arms of less data or another size than the main ones may be weak: that is what they are there for.
  public func weighed(_ evidence: Evidence, _ arms: [Arm]) -> ClaimResult {
    var found = result(evidence)
    let names = Set(cells.map(\.arm))
    let weak = arms.lazy
      .filter { names.contains($0.name) && $0.amount == .large && $0.size == .middle }
      .compactMap { Competence($0, evidence) }.first { !$0.isEnough }
    guard let weak else { return found }
    found.verdict = .undecided
    found.reason = weak.reason
    return found
  }
}
