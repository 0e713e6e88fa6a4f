import Foundation

/// The scores of an evaluation as they come in, kept so that an interrupted one can go on.
///
/// Finished scores are appended to a hidden log; at the end `scores.jsonl` is written anew, sorted by
/// scene, under a temporary name and renamed. A line that was cut off is forgotten. Only the place
/// of every line is in memory.
final class ScoresLog {
  /// What is known of a scene without reading its line.
  struct Known {
    fileprivate var isInLog: Bool
    fileprivate var offset: Int
    fileprivate var length: Int
    var stamp: String
    var hasProblem: Bool
  }

  private struct Head: Decodable {
    var index: Int
    var stamp: String
    var problem: SubmissionProblem?
  }

  /// The finished file.
  let url: URL
  private let log: URL
  private var handle: FileHandle?
  private var end = 0
  private(set) var known: [Int: Known] = [:]
  private var hasNews = false

  /// Opens the scores in a folder and keeps other processes out.
  ///
  /// - Throws: ``SubmissionError``
  init(in folder: URL) throws(SubmissionError) {
    url = folder.appendingPathComponent("scores.jsonl")
    log = folder.appendingPathComponent(".scores.log")
    if FileManager.default.fileExists(atPath: url.path) { _ = try read(url, isLog: false) }
    let descriptor = open(log.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw .cannotWrite(path: log.path, cause: String(cString: strerror(errno)))
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw .busy(path: folder.path) }
    end = try read(log, isLog: true)
    hasNews = end > 0
    do {
      try handle.truncate(atOffset: UInt64(end))
    } catch {
      throw .cannotWrite(path: log.path, cause: error.localizedDescription)
    }
    self.handle = handle
  }

  /// Notes the lines of a file; returns where its last whole line ends.
  private func read(_ url: URL, isLog: Bool) throws(SubmissionError) -> Int {
    let decoder = JSONDecoder()
    var end = 0
    for line in try LineFile(url) where line.isWhole {
      end = line.offset + line.bytes.count + 1
      guard let head = try? decoder.decode(Head.self, from: line.bytes) else { continue }
      known[head.index] = Known(
        isInLog: isLog, offset: line.offset, length: line.bytes.count + 1, stamp: head.stamp,
        hasProblem: head.problem != nil)
    }
    return end
  }

  /// Forgets scenes that are no longer wanted.
  func keep(only wanted: (Int) -> Bool) {
    let count = known.count
    known = known.filter { wanted($0.key) }
    if known.count != count { hasNews = true }
  }

  /// Appends finished records in one write.
  ///
  /// - Throws: ``SubmissionError/cannotWrite(path:cause:)``
  func append(_ records: [EvaluationRecord]) throws(SubmissionError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var bytes = Data()
    do {
      for record in records {
        let line = try encoder.encode(record)
        known[record.score.index] = Known(
          isInLog: true, offset: end + bytes.count, length: line.count + 1, stamp: record.stamp,
          hasProblem: record.problem != nil)
        bytes += line
        bytes.append(0x0A)
      }
      try handle?.seek(toOffset: UInt64(end))
      try handle?.write(contentsOf: bytes)
    } catch {
      throw .cannotWrite(path: log.path, cause: error.localizedDescription)
    }
    end += bytes.count
    hasNews = true
  }

  /// Writes all records in the order of their scenes and drops the log.
  ///
  /// - Throws: ``SubmissionError``
  func finish() throws(SubmissionError) {
    guard hasNews || !FileManager.default.fileExists(atPath: url.path) else {
      try? FileManager.default.removeItem(at: log)
      return
    }
    let temporary = url.deletingLastPathComponent()
      .appendingPathComponent(".scores.\(UUID().uuidString).partial")
    defer { try? FileManager.default.removeItem(at: temporary) }
    do {
      try Data().write(to: temporary, options: .withoutOverwriting)
      let target = try FileHandle(forWritingTo: temporary)
      defer { try? target.close() }
      let sources = [false: try? FileHandle(forReadingFrom: url), true: handle]
      var buffer = Data()
      for index in known.keys.sorted() {
        guard let line = known[index], let source = sources[line.isInLog] ?? nil else { continue }
        try source.seek(toOffset: UInt64(line.offset))
        buffer += try source.read(upToCount: line.length) ?? Data()
        if buffer.count > 1 << 20 {
          try target.write(contentsOf: buffer)
          buffer.removeAll(keepingCapacity: true)
        }
      }
      try target.write(contentsOf: buffer)
      try target.synchronize()
      guard rename(temporary.path, url.path) == 0 else {
        throw SubmissionError.cannotWrite(
          path: url.path, cause: String(cString: strerror(errno)))
      }
    } catch let error as SubmissionError {
      throw error
    } catch {
      throw .cannotWrite(path: url.path, cause: error.localizedDescription)
    }
    try? FileManager.default.removeItem(at: log)
  }
}
