import Combinatorial

extension CombinatorialSet {
  /// What a split is, in a line, and whether it is ours rather than the paper's.
  public static func entry(_ split: CombinatorialSplit) -> (summary: String, isOurs: Bool) {
    switch split {
    case .train6: ("training on 6 templates that pair the couples AB, CD, EF, GH", false)
    case .train30: ("training on the 30 even templates", false)
    case .train60: ("training on 10000 to 10059, three of which are twins of unseen ones", false)
    case .trainLeakFree: ("training on the 57 templates without a twin among the unseen", true)
    case .inTemplate6: ("new red balls in the tasks of train-6", false)
    case .inTemplate30: ("new red balls in the tasks of train-30", false)
    case .inTemplate60: ("new red balls in the tasks of train-60", false)
    case .inTemplateLeakFree: ("new red balls in the tasks of train-leak-free", true)
    case .outOfTemplate: ("the ten unseen templates, one red ball a task", false)
    case .outOfTemplateWithoutTwins: ("the seven unseen templates without a twin", true)
    case .outOfTemplateLeakFree: ("the ten unseen templates on tasks of their own", true)
    }
  }
}
