import Foundation
import GRDB

/// Every present answer of a study, and how it came about: what results and exports are made from.
public struct RatingTable: Hashable, Sendable {
  /// A clip and where it comes from.
  public struct RatedClip: Hashable, Sendable {
    /// Its identifier on the page.
    public var id: String
    /// Its path in the folder of clips.
    public var source: String

    /// The first folder of the path; empty at the top.
    public var group: String { ClipFile.group(of: source) }

    /// A clip from its parts.
    public init(id: String, source: String) {
      self.id = id
      self.source = source
    }
  }

  /// One answer.
  public struct Entry: Codable, Hashable, Sendable {
    /// The clip's identifier.
    public var clip: String
    /// Path of the clip.
    public var source: String
    /// First folder of the path.
    public var group: String
    /// Name of the rater.
    public var rater: String
    /// The answer.
    public var answer: Answer
    /// Whether that counts as abnormal.
    public var abnormal: Bool
    /// Seconds from the start of the clip to the answer.
    public var seconds: Double
    /// When it was given, to a millisecond.
    public var given: Date

    /// An answer of a rater.
    public init(
      _ clip: RatedClip, rater: String, answer: Answer, seconds: Double, given: Date
    ) {
      self.clip = clip.id
      source = clip.source
      group = clip.group
      self.rater = rater
      self.answer = answer
      abnormal = answer.isAbnormal
      self.seconds = seconds
      self.given = given
    }
  }

  /// What was asked.
  public var question: Question
  /// All clips, in the order of their paths.
  public var clips: [RatedClip]
  /// All raters, in the order of their names.
  public var raters: [String]
  /// The present answers.
  public var ratings: [Entry]
  /// Every answer ever given, in the order of time.
  public var history: [Entry]

  /// A table from its parts.
  public init(
    question: Question, clips: [RatedClip], raters: [String], ratings: [Entry], history: [Entry]
  ) {
    self.question = question
    self.clips = clips
    self.raters = raters
    self.ratings = ratings
    self.history = history
  }
}

extension Study {
  /// Reads all answers, in one moment.
  ///
  /// - Throws: ``RatingError/database(file:cause:)``
  public func table() throws(RatingError) -> RatingTable {
    let question = question
    return try Self.guarded(file) {
      try database.read { database in
        let clips = try ClipRecord.order(Column("source")).fetchAll(database)
        let raters = try RaterRecord.order(Column("name"), Column("id")).fetchAll(database)
        func entries(_ table: String, _ order: String) throws -> [RatingTable.Entry] {
          try EntryRecord.fetchAll(
            database,
            sql: """
              SELECT clip.id, clip.source, rater.name, answer, seconds, given
              FROM \(table) JOIN clip ON clip.id = clipId JOIN rater ON rater.id = raterId
              ORDER BY \(order)
              """
          )
          .map(RatingTable.Entry.init)
        }
        return RatingTable(
          question: question, clips: clips.map { .init(id: $0.id, source: $0.source) },
          raters: raters.map(\.name),
          ratings: try entries("rating", "clip.source, rater.name, rater.id"),
          history: try entries("history", "history.id"))
      }
    }
  }
}

/// A row of a table of answers, with names in place of numbers.
private struct EntryRecord: Decodable, FetchableRecord {
  var id: String
  var source: String
  var name: String
  var answer: Answer
  var seconds: Double
  var given: Date
}

extension RatingTable.Entry {
  fileprivate init(_ record: EntryRecord) {
    self.init(
      RatingTable.RatedClip(id: record.id, source: record.source), rater: record.name,
      answer: record.answer, seconds: record.seconds, given: record.given)
  }
}
