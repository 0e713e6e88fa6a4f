import Foundation

extension CombinatorialScene {
  /// The scene of a JSON file, checked.
  ///
  /// - Throws: ``CombinatorialError/unreadable(file:path:cause:)`` with the path of the field that
  ///   is missing or wrong, and what ``validate()`` throws.
  public init(contentsOf url: URL) throws(CombinatorialError) {
    let data: Data
    do {
      data = try Data(contentsOf: url)
    } catch {
      throw .unreadable(file: url.path, path: "", cause: error.localizedDescription)
    }
    try self.init(json: data, name: url.path)
  }

  /// The scene in the bytes of a JSON file, checked; `name` is what errors call it.
  ///
  /// - Throws: as ``init(contentsOf:)``.
  public init(json data: Data, name: String = "scene") throws(CombinatorialError) {
    do {
      self = try JSONDecoder().decode(CombinatorialScene.self, from: data)
    } catch {
      let (path, cause) = Self.explain(error)
      throw .unreadable(file: name, path: path, cause: cause)
    }
    try validate()
  }

  /// The bytes of a JSON file: sorted keys, the same for equal scenes. The scene need not be valid.
  public var json: Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // Numbers that JSON does not have are written as words, which no reader takes for numbers.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
    return (try? encoder.encode(self)) ?? Data()
  }

  private static func explain(_ error: any Error) -> (path: String, cause: String) {
    guard let error = error as? DecodingError else { return ("", "\(error)") }
    switch error {
    case .typeMismatch(let type, let context):
      return (path(context.codingPath), "\(type) expected: \(context.debugDescription)")
    case .valueNotFound(_, let context):
      return (path(context.codingPath), "there is no value")
    case .keyNotFound(let key, let context):
      return (path(context.codingPath + [key]), "missing")
    case .dataCorrupted(let context):
      let below = context.underlyingError.map { ": \($0)" } ?? ""
      return (path(context.codingPath), context.debugDescription + below)
    @unknown default:
      return ("", "\(error)")
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.reduce(into: "") { path, key in
      if let index = key.intValue {
        path += "[\(index)]"
      } else {
        path += (path.isEmpty ? "" : ".") + key.stringValue
      }
    }
  }
}
