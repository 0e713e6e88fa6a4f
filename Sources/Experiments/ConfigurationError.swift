/// What can be wrong with a configuration file or an override.
public enum ConfigurationError: Error, Equatable, CustomStringConvertible {
  /// The file cannot be read.
  case unreadable(file: String, reason: String)
  /// The text is not YAML.
  case syntax(file: String, reason: String)
  /// A key that no configuration has.
  case unknownKey(file: String, key: String, known: [String])
  /// A value of the wrong kind.
  case kind(file: String, field: String, reason: String)
  /// A value that cannot be.
  case value(field: String, value: String, remedy: String)
  /// `--set` without `key=value`.
  case override(String)

  /// The offending value and the remedy, in one line.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason): "\(file) cannot be read: \(reason)"
    case .syntax(let file, let reason): "\(file) is not YAML: \(reason)"
    case .unknownKey(let file, let key, let known):
      "\(file): there is no setting '\(key)'; known here: \(known.joined(separator: ", "))"
    case .kind(let file, let field, let reason): "\(file): \(field): \(reason)"
    case .value(let field, let value, let remedy): "\(field) is \(value): \(remedy)"
    case .override(let text):
      "--set \(text): write it as key.path=value, e.g. --set loop.steps=1000"
    }
  }
}
