/// Why a scene of the combinatorial testbed cannot be made, read or simulated.
///
/// Every description names the offending value, where it stands and what would do.
public enum CombinatorialError: Error, Equatable, Sendable {
  /// A number or letters that name no template.
  case unknownTemplate(_ text: String, reason: String)
  /// A text that names no split.
  case unknownSplit(String)
  /// A negative task or trial.
  case number(_ name: String, value: Int)
  /// A scene beyond the end of a split.
  case noSuchScene(index: Int, split: String, count: Int)
  /// No place for the red ball was found in the scene.
  case cannotPlace(template: String, task: Int, trial: Int, tries: Int)
  /// A field of a scene that cannot be simulated; the path is that in the file.
  case invalid(path: String, value: String, allowed: String)
  /// A file that holds no scene; the path is that of the field where it stops making sense.
  case unreadable(file: String, path: String, cause: String)
  /// The engine gave poses that no real motion has: numbers lost, or a body outside the walls.
  case exploded(body: Int, objectType: ObjectType, frame: Int, pose: String)
  /// A body became as fast as the engine lets any become, scene units per second.
  case tooFast(speed: Double, limit: Double)
  /// A folder or file that cannot be written.
  case cannotWrite(file: String, cause: String)
  /// A folder that is already there.
  case exists(folder: String)
  /// Poses that do not belong to the scene or are no numbers.
  case poses(String)
  /// The engine itself refused.
  case engine(String)
}

extension CombinatorialError: CustomStringConvertible {
  /// One sentence with the value and the remedy.
  public var description: String {
    switch self {
    case .unknownTemplate(let text, let reason):
      "template '\(text)': \(reason); give a number from 10000 to 10069, or different letters of "
        + ObjectType.templateTypes.map { "\($0.letter ?? "?") \($0.rawValue)" }
        .joined(separator: ", ")
    case .unknownSplit(let text):
      "there is no split '\(text)'; there are "
        + CombinatorialSplit.allCases.map(\.rawValue).joined(separator: ", ")
    case .number(let name, let value):
      "\(name) \(value): must be 0 or above"
    case .noSuchScene(let index, let split, let count):
      "there is no scene \(index) in the split \(split); it has \(count), from 0 to \(count - 1)"
    case .cannotPlace(let template, let task, let trial, let tries):
      "template \(template), task \(task), trial \(trial): the red ball found no free place in "
        + "\(tries) tries; take another task or trial"
    case .invalid(let path, let value, let allowed):
      "\(path) is \(value); it must be \(allowed)"
    case .unreadable(let file, let path, let cause):
      "\(file): \(path.isEmpty ? "" : path + ": ")\(cause)"
    case .exploded(let body, let objectType, let frame, let pose):
      "the motion is not real: in frame \(frame) body \(body) (\(objectType.rawValue)) is at "
        + "\(pose), outside the walls; bodies that overlap deeply or are very small do that: move "
        + "them apart"
    case .tooFast(let speed, let limit):
      "the motion is not real: a body reached \(speed) units per second, and the engine cuts speeds "
        + "at \(limit); bodies that overlap deeply do that: move them apart"
    case .cannotWrite(let file, let cause): "\(file): cannot be written: \(cause)"
    case .exists(let folder): "\(folder): already there; choose another folder or remove it"
    case .poses(let text):
      text
    case .engine(let message):
      "the physics engine stopped: \(message)"
    }
  }
}
