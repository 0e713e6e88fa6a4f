/// The named sets of the combinatorial experiments.
///
/// The paper trains on 6, 30 or 60 templates and tests on ten that it calls unseen. Three of those
/// ten differ from a training template only in which of two identical ball types they have:
/// 10060 = 10017, 10064 = 10009 and 10068 = 10057. The 60-template model has therefore seen three
/// tenths of its test. Task i moreover has the same chain of static balls in all templates. The
/// leak-free splits leave the three twins out of training and test on tasks of their own.
public enum CombinatorialSplit: String, Codable, CaseIterable, Sendable {
  /// Training on 6 templates: the pairings of the four couples AB, CD, EF and GH.
  case train6 = "train_6"
  /// Training on the 30 even numbers of 10000 to 10059.
  case train30 = "train_30"
  /// Training on 10000 to 10059.
  case train60 = "train_60"
  /// Training on the 57 of 10000 to 10059 that share no composition with the ten unseen ones.
  case trainLeakFree = "train_leak_free"
  /// New red balls in the tasks of ``train6``.
  case inTemplate6 = "in_template_6"
  /// New red balls in the tasks of ``train30``.
  case inTemplate30 = "in_template_30"
  /// New red balls in the tasks of ``train60``.
  case inTemplate60 = "in_template_60"
  /// New red balls in the tasks of ``trainLeakFree``.
  case inTemplateLeakFree = "in_template_leak_free"
  /// The ten official unseen templates: 100 tasks each, one red ball.
  case outOfTemplate = "out_of_template"
  /// The seven of them without a twin among 10000 to 10059: the honest test of a model that was
  /// trained on ``train60``.
  case outOfTemplateWithoutTwins = "out_of_template_without_twins"
  /// The ten unseen templates with tasks 100 to 199, whose chains of static balls no training task
  /// has: the test that belongs to ``trainLeakFree``.
  case outOfTemplateLeakFree = "out_of_template_leak_free"

  /// A split from its name; dashes count as underscores.
  ///
  /// - Throws: ``CombinatorialError/unknownSplit(_:)``
  public init(named name: String) throws(CombinatorialError) {
    guard let split = CombinatorialSplit(rawValue: name.replacing("-", with: "_")) else {
      throw .unknownSplit(name)
    }
    self = split
  }

  /// What a split is for.
  public enum Role: String, Codable, Sendable {
    /// Training.
    case training
    /// Testing on templates that training has.
    case inTemplate
    /// Testing on templates that training lacks.
    case outOfTemplate
  }

  /// What the split is for.
  public var role: Role {
    switch self {
    case .train6, .train30, .train60, .trainLeakFree: .training
    case .inTemplate6, .inTemplate30, .inTemplate60, .inTemplateLeakFree: .inTemplate
    case .outOfTemplate, .outOfTemplateWithoutTwins, .outOfTemplateLeakFree: .outOfTemplate
    }
  }

  /// The templates by ascending number.
  public var templates: [CombinatorialTemplate] {
    let paper = CombinatorialTemplate.paper
    let (known, unseen) = (paper[..<60], paper[60...])
    switch self {
    case .train6, .inTemplate6: return [3, 5, 16, 23, 24, 53].map { known[$0] }
    case .train30, .inTemplate30: return stride(from: 0, to: 60, by: 2).map { known[$0] }
    case .train60, .inTemplate60: return Array(known)
    case .trainLeakFree, .inTemplateLeakFree:
      let held = Set(unseen.map(\.composition))
      return known.filter { !held.contains($0.composition) }
    case .outOfTemplate, .outOfTemplateLeakFree: return Array(unseen)
    case .outOfTemplateWithoutTwins:
      let seen = Set(known.map(\.composition))
      return unseen.filter { !seen.contains($0.composition) }
    }
  }

  /// The split's scenes: training has trials 0 to 989 of tasks 0 to 99, in-template evaluation
  /// trials 990 to 999 of the same tasks, out-of-template evaluation trial 0.
  public var selection: CombinatorialSelection {
    let tasks = self == .outOfTemplateLeakFree ? 100..<200 : 0..<100
    return switch role {
    case .training:
      CombinatorialSelection(
        checked: templates, tasks: tasks, trials: 0..<990, order: .interleaved)
    case .inTemplate:
      CombinatorialSelection(checked: templates, tasks: tasks, trials: 990..<1000, order: .files)
    case .outOfTemplate:
      CombinatorialSelection(checked: templates, tasks: tasks, trials: 0..<1, order: .files)
    }
  }

  /// The scenes that the paper's evaluation takes of the split, which the Fréchet distance depends
  /// on: in-template every n-th file of trial 990, 600 in all (570 leak-free); out-of-template every
  /// second file, 500 of ten templates. Nil for training splits.
  public var evaluatedIndices: [Int]? {
    let files = templates.count * 100
    return switch role {
    case .training: nil
    case .inTemplate:
      Array(stride(from: 0, to: files, by: (templates.count + 5) / 6))
    case .outOfTemplate: Array(stride(from: 0, to: files, by: 2))
    }
  }
}
