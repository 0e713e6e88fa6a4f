import Foundation
import GRDB
import Videos

/// The clips of a folder that a study can show, and those that it cannot.
public struct ClipSelection: Sendable {
  /// In the order of the folder.
  public var clips: [Clip]
  /// What is wrong with the others.
  public var problems: [RatingError]
}

extension Study {
  /// Gives every clip that can be shown its identifier.
  ///
  /// New clips are decoded once, so that no rater meets one that cannot be. Clips that the study
  /// knows must be as they were when they were added: answers belong to what was seen.
  ///
  /// - Parameters:
  ///   - files: the clips.
  ///   - truths: what really happens; each clip takes the one of its stem. Needed for
  ///     ``Question/types`` only.
  ///   - progress: is told how many files are done.
  /// - Throws: ``RatingError/database(file:cause:)``
  public func register(
    _ files: [ClipFile], truths: [ClipFile] = [], progress: (Int) -> Void = { _ in }
  ) throws(RatingError) -> ClipSelection {
    let known = try clipRecords()
    let truthOf = Dictionary(truths.map { ($0.stem, $0) }) { first, _ in first }
    var selection = ClipSelection(clips: [], problems: [])
    var added: [ClipRecord] = []
    for (number, file) in files.enumerated() {
      do {
        let truth = try truth(of: file, among: truthOf)
        let record = try record(of: file, known: known[file.source])
        if known[file.source] == nil { added.append(record) }
        selection.clips.append(Clip(id: record.id, file: file, truth: truth))
      } catch {
        selection.problems.append(error)
      }
      progress(number + 1)
    }
    try Self.guarded(self.file) {
      try database.write { database in
        for record in added { try record.insert(database) }
      }
    }
    return selection
  }

  private func truth(
    of file: ClipFile, among truths: [String: ClipFile]
  ) throws(RatingError) -> ClipFile? {
    guard question == .types else { return nil }
    // The truth may lie at the same path, or at the same path less the folder of a model.
    let tail = file.stem.split(separator: "/").dropFirst().joined(separator: "/")
    guard let truth = truths[file.stem] ?? truths[tail] else {
      throw .clip(file: file.source, cause: "no truth '\(file.stem)' to show beside it")
    }
    return truth
  }

  private func record(of file: ClipFile, known: ClipRecord?) throws(RatingError) -> ClipRecord {
    let digest: String
    do { digest = try file.digest() } catch {
      throw .clip(file: file.source, cause: "\(error)")
    }
    if let known {
      guard known.sha256 == digest else {
        throw .clip(
          file: file.source,
          cause: "has changed since the study began; give the new clip another name")
      }
      return known
    }
    _ = try ClipReader().clip(file)
    return ClipRecord(
      id: Identifier.random(), source: file.source, sha256: digest, added: Date())
  }

  private func clipRecords() throws(RatingError) -> [String: ClipRecord] {
    let records = try Self.guarded(file) { try database.read { try ClipRecord.fetchAll($0) } }
    return Dictionary(uniqueKeysWithValues: records.map { ($0.source, $0) })
  }
}

/// A row of table `clip`.
struct ClipRecord: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "clip"
  var id: String
  var source: String
  var sha256: String
  var added: Date
}
