/// What raters are asked about each clip.
public enum Question: String, Codable, CaseIterable, Hashable, Sendable {
  /// The paper's question, "does this obey physics?", about a clip alone: yes or no.
  case obeys
  /// The paper's three types, about a clip beside what really happens.
  case types

  /// The answers in the order of their buttons and keys.
  public var answers: [Answer] {
    switch self {
    case .obeys: [.obeys, .violates]
    case .types: [.asTruth, .lawful, .wrong]
    }
  }

  /// The question as the page puts it.
  public var title: String {
    switch self {
    case .obeys: "Does this obey physics?"
    case .types: "How does the clip compare with what really happens?"
    }
  }

  /// What raters are told before their first clip.
  public var guidance: String {
    switch self {
    case .obeys:
      "You will see short clips of simple objects in motion. Some were computed "
        + "from the laws of mechanics, some were made by a model. Say of each whether what happens "
        + "in it could really happen. Objects that vanish, appear, change colour, size or shape, "
        + "pass through each other, or change their motion without a cause break the laws."
    case .types:
      "You will see pairs of short clips with the same beginning: on the left what really happens, "
        + "on the right the clip to judge. Say whether it shows the same, something else that "
        + "could have happened, or something that breaks the laws of mechanics: objects that "
        + "vanish, appear, change colour, size or shape, pass through each other, or change their "
        + "motion without a cause."
    }
  }
}

/// What a rater can say about a clip.
public enum Answer: String, Codable, CaseIterable, Hashable, Sendable {
  /// It obeys the laws.
  case obeys
  /// It breaks them.
  case violates
  /// It shows what really happens.
  case asTruth = "as_truth"
  /// It shows something else that could happen.
  case lawful
  /// It shows what cannot happen.
  case wrong

  /// Whether the clip counts as abnormal.
  public var isAbnormal: Bool { self == .violates || self == .wrong }

  /// The text of the answer's button.
  public var label: String {
    switch self {
    case .obeys: "Yes, it obeys"
    case .violates: "No, it does not"
    case .asTruth: "As it really happens"
    case .lawful: "Different, but possible"
    case .wrong: "Impossible"
    }
  }
}
