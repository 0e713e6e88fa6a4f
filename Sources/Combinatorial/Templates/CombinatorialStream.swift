/// The scenes of a split by number: scene i is a pure function of (split, seed, i).
///
/// Any order, any thread and any machine gives the same scenes; nothing is stored per scene.
public struct CombinatorialStream: Hashable, Sendable {
  /// What the stream is called: a split's name, or template, tasks and trials.
  public let name: String
  /// Which scenes there are.
  public let selection: CombinatorialSelection
  /// The seed of all of them.
  public let seed: UInt64

  /// The stream of a split.
  public init(_ split: CombinatorialSplit, seed: UInt64) {
    name = split.rawValue
    selection = split.selection
    self.seed = seed
  }

  /// The stream of any selection.
  public init(_ selection: CombinatorialSelection, seed: UInt64) {
    let letters = selection.templates.map(\.description).joined(separator: ",")
    name = "combinatorial(\(letters); tasks \(selection.tasks); trials \(selection.trials))"
    self.selection = selection
    self.seed = seed
  }

  /// Number of scenes.
  public var count: Int { selection.count }
  /// The name and the seed.
  public var identity: String { "\(name), seed \(seed)" }

  /// Template, task and trial of scene `index`.
  ///
  /// - Throws: ``CombinatorialError/noSuchScene(index:split:count:)``
  public func element(
    at index: Int
  ) throws(CombinatorialError) -> CombinatorialSelection.Element {
    guard let element = selection.element(at: index) else {
      throw .noSuchScene(index: index, split: name, count: count)
    }
    return element
  }

  /// Scene `index`.
  ///
  /// - Throws: ``CombinatorialError/noSuchScene(index:split:count:)``, and
  ///   ``CombinatorialError/cannotPlace(template:task:trial:tries:)``.
  public func scene(at index: Int) throws(CombinatorialError) -> CombinatorialScene {
    let element = try element(at: index)
    return try CombinatorialScene(
      template: element.template, task: element.task, trial: element.trial, seed: seed)
  }
}
