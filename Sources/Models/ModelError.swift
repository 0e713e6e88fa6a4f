/// What can be wrong with a model's configuration, its input or its files.
public enum ModelError: Error, Equatable, CustomStringConvertible {
  /// A configuration value is impossible; `remedy` says what would do.
  case configuration(field: String, value: String, remedy: String)
  /// A file of the model folder is absent.
  case missingFile(path: String, remedy: String)
  /// A file exists but cannot be read as what it should be.
  case unreadable(path: String, reason: String)
  /// The file belongs to another kind of model.
  case foreign(path: String, expected: String, found: String)
  /// The file lacks a tensor that the architecture has.
  case missingTensor(name: String, expected: [Int], path: String)
  /// The file has a tensor that the architecture does not.
  case unexpectedTensor(name: String, found: [Int], path: String)
  /// A tensor of the file has another shape than the architecture's.
  case tensorShape(name: String, expected: [Int], found: [Int], path: String)
  /// A tensor of the file holds NaN or infinity.
  case notFinite(name: String, path: String)
  /// A video's frame count does not fit the model.
  case frameCount(found: Int, remedy: String)
  /// A video's pixels do not fit the model.
  case frameSize(width: Int, height: Int, expected: Int)
  /// A latent has another shape than the model's.
  case latentShape(found: [Int], expected: [Int])
  /// What is told about scenes is not what the model was built for.
  case condition(String)
  /// The condition shows nothing that a baseline could continue.
  case nothingToContinue(video: Int, reason: String)

  /// The offending value and the remedy, in one line.
  public var description: String {
    switch self {
    case .configuration(let field, let value, let remedy): "\(field) is \(value): \(remedy)"
    case .missingFile(let path, let remedy): "there is no \(path): \(remedy)"
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
    case .foreign(let path, let expected, let found):
      "\(path) describes a \(found), not a \(expected): point to the right model folder"
    case .missingTensor(let name, let expected, let path):
      "\(path) lacks the tensor \(name) (shape \(expected)): it was saved by another "
        + "architecture or cut short; use the config.json that was saved beside it"
    case .unexpectedTensor(let name, let found, let path):
      "\(path) holds the tensor \(name) (shape \(found)), which this architecture does not have: "
        + "use the config.json that was saved beside it"
    case .tensorShape(let name, let expected, let found, let path):
      "\(path): tensor \(name) has shape \(found) where the architecture needs \(expected): "
        + "use the config.json that was saved beside it"
    case .notFinite(let name, let path):
      "\(path): tensor \(name) holds NaN or infinity: take an earlier checkpoint"
    case .frameCount(let found, let remedy): "a video has \(found) frames: \(remedy)"
    case .frameSize(let width, let height, let expected):
      "a video is \(width)x\(height) pixels where the model needs \(expected)x\(expected): "
        + "area-average it first"
    case .latentShape(let found, let expected):
      "a latent has shape \(found) where the model needs \(expected)"
    case .condition(let reason): reason
    case .nothingToContinue(let video, let reason):
      "condition video \(video) cannot be continued: \(reason)"
    }
  }
}
