import Combinatorial

/// Which scenes of the combinatorial testbed a set holds, and in which order.
public struct CombinatorialSet: Hashable, Sendable {
  /// The most tasks of a template, and the most trials of a task.
  static let maximumTasks = 10_000
  static let maximumTrials = 10_000_000

  /// What the names of these sets begin with.
  public static let prefix = "combinatorial/"

  /// Whether a set's name is that of one of these.
  public static func isName(_ text: String) -> Bool { text.hasPrefix(prefix) }

  /// What the set is called, such as `train-60`, or its templates.
  public var name: String
  /// The templates.
  public var templates: [CombinatorialTemplate]
  /// The tasks of every template.
  public var tasks: Range<Int>
  /// The trials of every task.
  public var trials: Range<Int>
  /// How scenes are numbered.
  public var order: CombinatorialSelection.Order

  /// A set from its parts.
  public init(
    name: String, templates: [CombinatorialTemplate], tasks: Range<Int>, trials: Range<Int>,
    order: CombinatorialSelection.Order = .interleaved
  ) {
    self.name = name
    self.templates = templates
    self.tasks = tasks
    self.trials = trials
    self.order = order
  }

  /// The set of a name: `combinatorial/` and a split, such as `train-60`, or templates by number or
  /// letters, such as `10005` or `10005,ABCD`, with 100 tasks and 1000 trials of each.
  ///
  /// - Throws: ``DatasetError`` naming the part that is not known.
  public init(named name: String) throws(DatasetError) {
    let part = name.hasPrefix(Self.prefix) ? String(name.dropFirst(Self.prefix.count)) : name
    if let split = try? CombinatorialSplit(named: part) {
      let selection = split.selection
      self.init(
        name: Self.name(of: split), templates: selection.templates, tasks: selection.tasks,
        trials: selection.trials, order: selection.order)
      return
    }
    var templates: [CombinatorialTemplate] = []
    for text in part.split(separator: ",") {
      do { templates.append(try CombinatorialTemplate(String(text))) } catch {
        let splits = CombinatorialSplit.allCases.map(Self.name).joined(separator: ", ")
        throw .request("\(name): \(error); or one of the splits \(splits)")
      }
    }
    guard !templates.isEmpty else {
      throw .request("\(name): names neither a split nor a template, such as combinatorial/10005")
    }
    self.init(
      name: templates.map(\.description).joined(separator: ","), templates: templates,
      tasks: 0..<100, trials: 0..<1000)
  }

  /// A split's name as sets have it, with dashes.
  public static func name(of split: CombinatorialSplit) -> String {
    split.rawValue.replacing("_", with: "-")
  }

  /// Number of scenes.
  public var count: Int { templates.count * tasks.count * trials.count }

  /// Numbers of `wanted` scenes, or of all where there are fewer, spread evenly over the templates and
  /// over the tasks and trials of each.
  public func spread(_ wanted: Int) -> [Int] {
    let number = min(max(wanted, 0), count)
    return (0..<number).map { place in
      let even = (2 * place + 1) * count / (2 * number)
      guard order == .interleaved, number < count else { return even }
      // The template changes with every number, so that even steps would always meet the same one.
      let template =
        number > templates.count ? place : (2 * place + 1) * templates.count / (2 * number)
      return even - even % templates.count + template % templates.count
    }
  }

  /// One line that tells the set from others.
  public var text: String {
    "combinatorial/\(name), tasks \(tasks.lowerBound) to \(tasks.upperBound - 1), trials "
      + "\(trials.lowerBound) to \(trials.upperBound - 1), order \(order.rawValue)"
  }

  /// The scenes.
  ///
  /// - Throws: ``DatasetError/request(_:)`` for negative tasks or trials, or when there are none.
  public func stream(seed: UInt64) throws(DatasetError) -> CombinatorialStream {
    try validate()
    do {
      return CombinatorialStream(
        try CombinatorialSelection(
          templates: templates, tasks: tasks, trials: trials, order: order), seed: seed)
    } catch {
      throw .request("\(text): \(error)")
    }
  }

  /// Checks that there are scenes, and not more than can be numbered.
  private func validate() throws(DatasetError) {
    guard !templates.isEmpty, templates.count <= 255,
      tasks.lowerBound >= 0, tasks.upperBound <= Self.maximumTasks, !tasks.isEmpty,
      trials.lowerBound >= 0, trials.upperBound <= Self.maximumTrials, !trials.isEmpty
    else {
      throw .request(
        "combinatorial/\(name): \(templates.count) templates, tasks \(tasks), trials \(trials) are no "
          + "set; give at least one of each, tasks below \(Self.maximumTasks) and trials below "
          + "\(Self.maximumTrials)")
    }
  }

  /// The tasks of the HDF5 files, in order; nil where the trials of a task do not lie in a row.
  var taskFiles: [CombinatorialTaskFile]? {
    guard order == .tasks else { return nil }
    return templates.flatMap { template in
      tasks.map { CombinatorialTaskFile(template: template, task: $0, count: trials.count) }
    }
  }
}

extension CombinatorialSet: Codable {
  private enum CodingKeys: String, CodingKey {
    case name, templates, tasks, trials, order
  }

  /// Reads a set that has scenes.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      name: try values.decode(String.self, forKey: .name),
      templates: try values.decode([CombinatorialTemplate].self, forKey: .templates),
      tasks: try values.decode(Range<Int>.self, forKey: .tasks),
      trials: try values.decode(Range<Int>.self, forKey: .trials),
      order: try values.decode(CombinatorialSelection.Order.self, forKey: .order))
    do { try validate() } catch {
      throw DecodingError.dataCorruptedError(
        forKey: .tasks, in: values, debugDescription: "\(error)")
    }
  }
}

/// An HDF5 file of the videos of one task: `10000:000.hdf5`.
public struct CombinatorialTaskFile: Codable, Hashable, Sendable {
  /// The name of the task, such as `10000:000`.
  public var key: String
  /// Number of videos.
  public var count: Int

  /// A file from its name and number of videos.
  public init(key: String, count: Int) {
    self.key = key
    self.count = count
  }

  init(template: CombinatorialTemplate, task: Int, count: Int) {
    self.init(key: Self.key(template: template, task: task), count: count)
  }

  /// The name of a task as the released files have it: template, colon, three digits.
  static func key(template: CombinatorialTemplate?, task: Int) -> String {
    "\(template?.description ?? "scene"):\(DatasetFormat.padded(task, 3))"
  }

  /// The name of the file.
  var fileName: String { key.replacing("/", with: "-") + ".hdf5" }

  /// The numbers of the videos in each file, of the first `count`.
  static func ranges(_ files: [CombinatorialTaskFile], count: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var first = 0
    for file in files where first < count {
      let end = first + min(count - first, max(file.count, 0))
      ranges.append(first..<end)
      first = end
    }
    return ranges
  }
}

extension DatasetSettings {
  /// Whether the set holds scenes of the combinatorial testbed.
  public var isCombinatorial: Bool { combinatorial != nil || taskFiles != nil }
}
