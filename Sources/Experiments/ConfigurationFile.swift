import Foundation
import Measures
import Yams

/// Reads configurations: a preset, then a file's values over it, then `key.path=value` overrides.
///
/// A key that the configuration does not have is an error, never ignored.
public enum ConfigurationFile {
  /// Lays a YAML file and overrides over a preset.
  ///
  /// - Throws: `ConfigurationError` naming file, key and what is known there.
  public static func load<Value: Codable>(
    _ preset: Value, file: URL? = nil, overrides: [String] = []
  ) throws -> Value {
    var value = preset
    if let file { value = try lay(node(of: file), over: value, source: file.path) }
    for override in overrides {
      value = try lay(node(ofOverride: override), over: value, source: "--set \(override)")
    }
    return value
  }

  /// The configuration as YAML with every value; read again, it is the same to the last bit.
  public static func yaml(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: ".inf", negativeInfinity: "-.inf", nan: ".nan")
    let exact = try JSONDecoder().decode(JSONValue.self, from: encoder.encode(value))
    let node = try parse(YAMLEncoder().encode(value), "the configuration")
    return try Yams.serialize(node: withNumbers(of: exact, in: node), indent: 2)
  }

  /// Yams writes 15 digits of a number, too few for some to be read back equal; JSON has them all.
  private static func withNumbers(of exact: JSONValue, in node: Node) -> Node {
    switch (node, exact) {
    case (.mapping(var mapping), .object(let exact)):
      for (key, value) in mapping {
        guard let name = key.string, let counterpart = exact[name] else { continue }
        mapping[key] = withNumbers(of: counterpart, in: value)
      }
      return .mapping(mapping)
    case (.sequence(var sequence), .array(let exact)):
      for index in sequence.indices where index < exact.count {
        sequence[index] = withNumbers(of: exact[index], in: sequence[index])
      }
      return .sequence(sequence)
    case (.scalar(let scalar), .number(let exact)):
      // Integers have no exponent there, fractions always have one.
      guard scalar.string.contains("e"), Double(scalar.string) != nil else { return node }
      return Node("\(exact)", Tag(.float))
    default: return node
    }
  }

  /// The plain text under a top-level key of a file, if it has the key.
  /// - Throws: `ConfigurationError`.
  public static func text(of key: String, in file: URL) throws -> String? {
    try node(of: file).mapping?[Node(key)]?.string
  }

  private static func node(of file: URL) throws -> Node {
    let text: String
    do {
      text = try String(contentsOf: file, encoding: .utf8)
    } catch {
      throw ConfigurationError.unreadable(file: file.path, reason: error.localizedDescription)
    }
    return try parse(text, file.path)
  }

  private static func parse(_ text: String, _ source: String) throws -> Node {
    do {
      return try Yams.compose(yaml: text) ?? Node.mapping([:])
    } catch {
      throw ConfigurationError.syntax(file: source, reason: "\(error)")
    }
  }

  private static func node(ofOverride text: String) throws -> Node {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let path = parts[0].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !path.contains(where: \.isEmpty) else {
      throw ConfigurationError.override(text)
    }
    var node = try parse(String(parts[1]), "--set \(text)")
    for key in path.reversed() { node = .mapping([Node(key): node]) }
    return node
  }

  private static func lay<Value: Codable>(
    _ overlay: Node, over value: Value, source: String
  ) throws -> Value {
    let base = try parse(yaml(value), "the preset")
    let merged = try Yams.serialize(node: merge(overlay, over: base))
    let result: Value
    do {
      result = try YAMLDecoder().decode(Value.self, from: merged)
    } catch let error as DecodingError {
      throw kind(error, source)
    } catch {
      throw ConfigurationError.syntax(file: source, reason: "\(error)")
    }
    // What decoding ignored does not come back when the result is encoded again.
    try checkKeys(overlay, in: parse(yaml(result), source), path: [], source: source)
    return result
  }

  private static func merge(_ overlay: Node, over base: Node) -> Node {
    guard case .mapping(let upper) = overlay, case .mapping(var lower) = base else {
      return overlay
    }
    for (key, value) in upper {
      lower[key] = lower[key].map { merge(value, over: $0) } ?? value
    }
    return .mapping(lower)
  }

  private static func checkKeys(
    _ given: Node, in known: Node, path: [String], source: String
  ) throws {
    guard case .mapping(let given) = given else { return }
    guard case .mapping(let known) = known else { return }
    for (key, value) in given {
      let name = key.string ?? "?"
      guard let counterpart = known[key] else {
        // A null clears an optional value, which then is not written at all.
        if value.null != nil { continue }
        throw ConfigurationError.unknownKey(
          file: source, key: (path + [name]).joined(separator: "."),
          known: known.keys.compactMap(\.string).sorted())
      }
      try checkKeys(value, in: counterpart, path: path + [name], source: source)
    }
  }

  private static func kind(_ error: DecodingError, _ source: String) -> ConfigurationError {
    func field(_ context: DecodingError.Context) -> String {
      context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
        .joined(separator: ".")
    }
    switch error {
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      return .kind(file: source, field: field(context), reason: "expected \(type)")
    case .keyNotFound(let key, let context):
      return .kind(
        file: source, field: field(context), reason: "the setting \(key.stringValue) is missing")
    case .dataCorrupted(let context):
      return .kind(file: source, field: field(context), reason: context.debugDescription)
    @unknown default:
      return .kind(file: source, field: "?", reason: "\(error)")
    }
  }
}
