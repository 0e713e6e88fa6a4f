import Foundation
import GRDB

/// A rating study: one SQLite file with its question, clips, raters and every answer.
///
/// Several programs may have it open at once. An answer is on disk when ``rate(_:)`` returns.
public struct Study: Sendable {
  /// The file.
  public let file: URL
  /// What raters are asked.
  public let question: Question
  /// Decides in which order each rater meets the clips.
  public let seed: UInt64
  /// What a browser must send to take part: 32 random hexadecimal digits, the same after a restart.
  public let accessKey: String

  let database: DatabasePool

  /// Opens a study, or begins one where there is no file.
  ///
  /// - Parameters:
  ///   - question: what to ask; nil is what the study asks already, or ``Question/obeys``.
  ///   - seed: of the clips' order; nil is the study's own, or 0.
  /// - Throws: ``RatingError``: another file, a damaged one, or one begun with other settings.
  public init(
    _ file: URL, question: Question? = nil, seed: UInt64? = nil
  ) throws(RatingError) {
    let pool = try Self.open(file)
    let record = try Self.guarded(file) {
      try pool.write { database in
        if let known = try StudyRecord.fetchOne(database) { return known }
        let new = StudyRecord(
          question: question ?? .obeys, seed: String(seed ?? 0), accessKey: Identifier.random(),
          begun: Date())
        try new.insert(database)
        return new
      }
    }
    guard let storedSeed = UInt64(record.seed) else {
      throw .notAStudy(file: file.path, cause: "its seed is '\(record.seed)'")
    }
    if let question, question != record.question {
      throw .otherSettings(
        file: file.path, setting: "question", stored: record.question.rawValue,
        wanted: question.rawValue)
    }
    if let seed, seed != storedSeed {
      throw .otherSettings(
        file: file.path, setting: "seed", stored: record.seed, wanted: String(seed))
    }
    self.file = file
    self.question = record.question
    self.seed = storedSeed
    accessKey = record.accessKey
    database = pool
  }

  /// Opens a study that has begun.
  ///
  /// - Throws: ``RatingError``: there is none, or it is not one.
  public init(existing file: URL) throws(RatingError) {
    guard FileManager.default.fileExists(atPath: file.path) else {
      throw .missingStudy(file: file.path)
    }
    try self.init(file)
  }

  private static func open(_ file: URL) throws(RatingError) -> DatabasePool {
    let isNew = !FileManager.default.fileExists(atPath: file.path)
    if isNew {
      // Answers and the access key are nobody else's business.
      let made = FileManager.default.createFile(
        atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600])
      guard made else {
        throw .cannotWrite(file: file.path, cause: "its folder is missing or closed to you")
      }
    }
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { database in
      // An answer that was confirmed survives a power cut too.
      try database.execute(sql: "PRAGMA synchronous = FULL")
    }
    do {
      let pool = try DatabasePool(path: file.path, configuration: configuration)
      let foreign = try pool.read { database in
        let id = try Int.fetchOne(database, sql: "PRAGMA application_id")
        let tables = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM sqlite_master") ?? 0
        return tables > 0 && id != StudySchema.applicationID
      }
      if foreign {
        throw RatingError.notAStudy(file: file.path, cause: "a database of another kind")
      }
      try StudySchema.migrator.migrate(pool)
      return pool
    } catch let error as RatingError {
      throw error
    } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
      throw .notAStudy(file: file.path, cause: "not an SQLite file")
    } catch {
      throw problem(file, error)
    }
  }

  /// Runs database work and names the file in its errors.
  static func guarded<Result>(
    _ file: URL, _ body: () throws -> Result
  ) throws(RatingError) -> Result {
    do { return try body() } catch { throw problem(file, error) }
  }

  static func problem(_ file: URL, _ error: any Error) -> RatingError {
    switch error {
    case let error as RatingError: error
    case let error as DatabaseError:
      .database(
        file: file.path,
        cause: "\(error.message ?? "SQLite error") (code \(error.extendedResultCode.rawValue))")
    default: .database(file: file.path, cause: "\(error)")
    }
  }
}

/// The one row of table `study`.
private struct StudyRecord: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "study"
  var id = 1
  var question: Question
  var seed: String
  var accessKey: String
  var begun: Date
}

/// Names that say nothing.
enum Identifier {
  /// 128 bits of the system's randomness as 32 hexadecimal digits.
  static func random() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<2).map { _ in
      let digits = String(generator.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
