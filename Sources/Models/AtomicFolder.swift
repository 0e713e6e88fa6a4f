import Foundation

/// Folders that appear complete or not at all.
public enum AtomicFolder {
  /// Lets `body` fill a temporary folder beside `url`, then puts it in the place of `url`.
  ///
  /// An earlier folder of that name is replaced only after the new one is complete.
  public static func write(to url: URL, _ body: (URL) throws -> Void) throws {
    let files = FileManager.default
    let parent = url.deletingLastPathComponent()
    let token = UUID().uuidString
    let temporary = parent.appendingPathComponent(".\(url.lastPathComponent).\(token).partial")
    let old = parent.appendingPathComponent(".\(url.lastPathComponent).\(token).old")
    do {
      try files.createDirectory(at: temporary, withIntermediateDirectories: true)
      try body(temporary)
      let replaces = files.fileExists(atPath: url.path)
      if replaces { try files.moveItem(at: url, to: old) }
      do {
        try files.moveItem(at: temporary, to: url)
      } catch {
        if replaces { try? files.moveItem(at: old, to: url) }
        throw error
      }
      if replaces { try? files.removeItem(at: old) }
    } catch {
      try? files.removeItem(at: temporary)
      throw error
    }
  }

  /// Writes `value` as sorted, indented JSON.
  public static func write(json value: some Encodable, to url: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    try encoder.encode(value).write(to: url, options: .atomic)
  }
}
