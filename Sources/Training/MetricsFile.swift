import Foundation

/// `metrics.jsonl`: one `TrainingProgress` a line, appended as the run goes.
public struct MetricsFile {
  /// The file.
  public let url: URL

  /// Opens the file of a run folder; records beyond `step` (of an interrupted run) are dropped.
  public init(folder: URL, keepingUpTo step: Int) throws {
    url = folder.appendingPathComponent("metrics.jsonl")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let kept = step > 0 ? try Self.read(folder).filter { $0.step <= step } : []
      let lines = try kept.map { try Self.line($0) }.reduce(into: Data()) { $0 += $1 }
      try lines.write(to: url, options: .atomic)
    } catch {
      throw TrainingError.cannotWrite(path: url.path, reason: "\(error)")
    }
  }

  /// Adds one record.
  public func append(_ record: TrainingProgress) throws {
    do {
      let file = try FileHandle(forWritingTo: url)
      defer { try? file.close() }
      try file.seekToEnd()
      try file.write(contentsOf: try Self.line(record))
    } catch {
      throw TrainingError.cannotWrite(path: url.path, reason: "\(error)")
    }
  }

  /// The records of a run folder; a last line cut short is left out.
  public static func read(_ folder: URL) throws -> [TrainingProgress] {
    let url = folder.appendingPathComponent("metrics.jsonl")
    guard let data = try? Data(contentsOf: url) else { return [] }
    return data.split(separator: UInt8(ascii: "\n")).compactMap {
      try? JSONDecoder().decode(TrainingProgress.self, from: Data($0))
    }
  }

  private static func line(_ record: TrainingProgress) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return try encoder.encode(record) + Data("\n".utf8)
  }
}
