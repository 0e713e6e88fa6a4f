import Foundation
import GRDB

/// One rater's answer about one clip.
public struct Rating: Codable, Hashable, Sendable {
  /// Who answered.
  public var rater: String
  /// The clip's identifier.
  public var clip: String
  /// The answer.
  public var answer: Answer
  /// Seconds from when the clip began to play to the answer; what the browser says.
  public var seconds: Double

  /// A rating from its parts.
  public init(rater: String, clip: String, answer: Answer, seconds: Double) {
    self.rater = rater
    self.clip = clip
    self.answer = answer
    self.seconds = seconds
  }
}

extension Study {
  /// Lets a rater take part; one who has done so before goes on.
  ///
  /// - Returns: the name as it was first given.
  /// - Throws: ``RatingError``
  @discardableResult
  public func join(_ name: RaterName) async throws(RatingError) -> RaterName {
    let stored = try await write { database in
      if let known = try RaterRecord.filter(Column("key") == name.key).fetchOne(database) {
        return known.name
      }
      try RaterRecord(id: nil, name: name.text, key: name.key, joined: Date()).insert(database)
      return name.text
    }
    return try RaterName(stored)
  }

  /// A rater's present answers by clip.
  ///
  /// - Throws: ``RatingError``
  public func answers(of rater: RaterName) async throws(RatingError) -> [String: Answer] {
    try await read { database in
      let id = try Self.raterID(rater, database)
      let rows = try RatingRecord.filter(Column("raterId") == id).fetchAll(database)
      return Dictionary(uniqueKeysWithValues: rows.map { ($0.clipId, $0.answer) })
    }
  }

  /// Keeps an answer, in place of another one by the same rater; the history keeps both.
  ///
  /// - Throws: ``RatingError``: the question does not offer the answer, or rater or clip is unknown.
  public func rate(_ rating: Rating) async throws(RatingError) {
    guard question.answers.contains(rating.answer) else {
      throw .unknownAnswer(
        rating.answer.rawValue, offered: question.answers.map(\.rawValue))
    }
    let name = try RaterName(rating.rater)
    let seconds = rating.seconds.isFinite ? min(max(rating.seconds, 0), 86_400) : 0
    try await write { database in
      let rater = try Self.raterID(name, database)
      guard try ClipRecord.exists(database, key: rating.clip) else {
        throw RatingError.unknownClip(rating.clip)
      }
      let place =
        ["raterId": rater, "clipId": rating.clip] as [String: any DatabaseValueConvertible]
      let earlier = try RatingRecord.fetchOne(database, key: place)
      // The same answer once more is a page that did not hear that the first had arrived.
      if earlier?.answer == rating.answer { return }
      let record = RatingRecord(
        raterId: rater, clipId: rating.clip, answer: rating.answer, seconds: seconds,
        given: Date())
      try record.save(database)
      try HistoryRecord(record).insert(database)
    }
  }

  private static func raterID(_ name: RaterName, _ database: Database) throws -> Int64 {
    guard
      let id = try RaterRecord.filter(Column("key") == name.key).fetchOne(database)?.id
    else { throw RatingError.unknownRater(name.text) }
    return id
  }

  func read<Result: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Result
  ) async throws(RatingError) -> Result {
    do { return try await database.read(body) } catch { throw Self.problem(file, error) }
  }

  private func write<Result: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Result
  ) async throws(RatingError) -> Result {
    do { return try await database.write(body) } catch { throw Self.problem(file, error) }
  }
}

/// A row of table `rater`.
struct RaterRecord: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "rater"
  var id: Int64?
  var name: String
  var key: String
  var joined: Date
}

/// A row of table `rating`.
struct RatingRecord: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "rating"
  var raterId: Int64
  var clipId: String
  var answer: Answer
  var seconds: Double
  var given: Date
}

/// A row of table `history`.
struct HistoryRecord: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "history"
  var id: Int64?
  var raterId: Int64
  var clipId: String
  var answer: Answer
  var seconds: Double
  var given: Date

  init(_ rating: RatingRecord) {
    raterId = rating.raterId
    clipId = rating.clipId
    answer = rating.answer
    seconds = rating.seconds
    given = rating.given
  }
}
