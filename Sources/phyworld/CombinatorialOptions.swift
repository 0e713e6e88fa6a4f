import ArgumentParser
import Combinatorial
import Foundation
import Videos

/// What `phyworld simulate combinatorial` takes beside the options of every law.
struct CombinatorialOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Combinatorial: 10000 to 10069, or letters A to H.", valueName: "number|letters"))
  var template: String?

  @Option(help: "Combinatorial: a named set of templates, tasks and trials instead of a template.")
  var split: String?

  @Option(help: "Combinatorial: the task; without it every scene has its own, from 0 on.")
  var task: Int?

  @Option(help: "Combinatorial: the red ball of the task; of more than one scene the first's.")
  var trial: Int?

  @Option(
    name: .customLong("scene"),
    help: ArgumentHelp("Combinatorial: simulate this scene.", valueName: "file.json"))
  var scene: String?

  @Option(
    name: .customLong("restitution-threshold"),
    help: ArgumentHelp(
      "Combinatorial: impacts slower than this give nothing back; the paper's 0.1 where it is left "
        + "out. Stock PHYRE has 1.", valueName: "m/s"))
  var restitutionThreshold: Double?

  /// Whether any of them was given.
  var isGiven: Bool {
    template != nil || split != nil || task != nil || trial != nil || scene != nil
      || restitutionThreshold != nil
  }

  /// The simulator that is asked for.
  var simulator: CombinatorialSimulator {
    restitutionThreshold.map { CombinatorialSimulator(restitutionThreshold: $0) }
      ?? CombinatorialSimulator()
  }

  /// What is said when none of the three ways to name scenes was given.
  static let missing =
    "combinatorial needs --template (10000 to 10069, or letters such as CDEF), --split or --scene"

  /// Checks what belongs together and that the names exist.
  func validate() throws {
    if [template, split, scene].count(where: { $0 != nil }) > 1 {
      throw ValidationError("--template, --split and --scene exclude each other")
    }
    if task != nil || trial != nil, split != nil || scene != nil {
      throw ValidationError("--task and --trial are for --template")
    }
    for (name, value) in [("task", task), ("trial", trial)] {
      if let value, value < 0 { throw ValidationError("--\(name) \(value): must be 0 or above") }
    }
    if let restitutionThreshold, !(0...1000).contains(restitutionThreshold) {
      throw ValidationError(
        "--restitution-threshold \(restitutionThreshold): must be 0 to 1000 metres per second")
    }
    do {
      if let template { _ = try CombinatorialTemplate(template) }
      if let split { _ = try CombinatorialSplit(named: split) }
    } catch {
      throw ValidationError("\(error)")
    }
  }

  /// The scenes that are asked for: their name, how many there are, and how to get one.
  func scenes(
    count: Int, seed: UInt64
  ) throws -> (
    name: String, count: Int, scene: (Int) throws(CombinatorialError) -> CombinatorialScene
  ) {
    if let scene {
      let file = URL(fileURLWithPath: scene)
      let scene = try CombinatorialScene(contentsOf: file)
      return (file.lastPathComponent, 1, { _ throws(CombinatorialError) in scene })
    }
    let stream: CombinatorialStream
    if let split {
      stream = CombinatorialStream(try CombinatorialSplit(named: split), seed: seed)
    } else {
      stream = CombinatorialStream(try selection(count: count), seed: seed)
    }
    if count > stream.count { _ = try stream.element(at: count - 1) }
    return (
      stream.identity, count, { index throws(CombinatorialError) in try stream.scene(at: index) }
    )
  }

  /// One task and growing trials where a task is given, else growing tasks.
  private func selection(count: Int) throws -> CombinatorialSelection {
    guard let template else { throw ValidationError(Self.missing) }
    let first = (task: task ?? 0, trial: trial ?? 0)
    return try CombinatorialSelection(
      templates: [CombinatorialTemplate(template)],
      tasks: first.task..<(first.task + (task == nil ? count : 1)),
      trials: first.trial..<(first.trial + (task == nil ? 1 : count)))
  }
}
