/// Templates, tasks and trials, and in which order their scenes are numbered.
public struct CombinatorialSelection: Hashable, Sendable {
  /// Which of template, task and trial changes first from scene to scene.
  public enum Order: String, Codable, Sendable {
    /// Template, then task, then trial: any beginning is balanced over the templates.
    case interleaved
    /// Task, then template, then trial: that of the released files sorted by name, which the
    /// official evaluation takes every n-th of.
    case files
    /// Trial, then task, then template: the trials of a task in a row, as its file holds them.
    case tasks
  }

  /// One scene of a selection.
  public struct Element: Hashable, Sendable {
    /// Its template.
    public var template: CombinatorialTemplate
    /// Its task, from 0.
    public var task: Int
    /// Its red ball among those of the task, from 0.
    public var trial: Int
  }

  /// The templates.
  public var templates: [CombinatorialTemplate]
  /// The tasks of every template.
  public var tasks: Range<Int>
  /// The trials of every task.
  public var trials: Range<Int>
  /// How they are numbered.
  public var order: Order

  /// A selection from its parts.
  ///
  /// - Throws: ``CombinatorialError/number(_:value:)`` for negative tasks or trials.
  public init(
    templates: [CombinatorialTemplate], tasks: Range<Int>, trials: Range<Int>,
    order: Order = .interleaved
  ) throws(CombinatorialError) {
    guard tasks.lowerBound >= 0 else { throw .number("task", value: tasks.lowerBound) }
    guard trials.lowerBound >= 0 else { throw .number("trial", value: trials.lowerBound) }
    self.init(checked: templates, tasks: tasks, trials: trials, order: order)
  }

  init(
    checked templates: [CombinatorialTemplate], tasks: Range<Int>, trials: Range<Int>, order: Order
  ) {
    self.templates = templates
    self.tasks = tasks
    self.trials = trials
    self.order = order
  }

  /// Number of scenes.
  public var count: Int { templates.count * tasks.count * trials.count }

  /// Scene `index`; nil below 0 or beyond the end.
  public func element(at index: Int) -> Element? {
    guard (0..<count).contains(index) else { return nil }
    if order == .tasks {
      let (place, trial) = index.quotientAndRemainder(dividingBy: trials.count)
      return Element(
        template: templates[place / tasks.count], task: tasks.lowerBound + place % tasks.count,
        trial: trials.lowerBound + trial)
    }
    let perTrial = templates.count * tasks.count
    let within = index % perTrial
    let (template, task) =
      switch order {
      case .interleaved: (within % templates.count, within / templates.count)
      case .files, .tasks: (within / tasks.count, within % tasks.count)
      }
    return Element(
      template: templates[template], task: tasks.lowerBound + task,
      trial: trials.lowerBound + index / perTrial)
  }
}
