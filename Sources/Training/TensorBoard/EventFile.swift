import Foundation

/// A TensorBoard event file, `events.out.tfevents.TIME.HOST.PROCESS`, appended to as a run goes.
///
/// `tensorboard --logdir RUN` shows it; other trackers import it. A resumed run begins another file,
/// which takes back what the earlier ones say of later steps.
public final class EventFile {
  /// The file.
  public let url: URL
  private let file: FileHandle

  /// Begins a file in a run's folder; `step` is where a resumed run goes on.
  ///
  /// - Throws: `TrainingError.cannotWrite`.
  public init(folder: URL, resumingAt step: Int = 0) throws {
    let now = Date().timeIntervalSince1970
    let name =
      "events.out.tfevents.\(Int(now)).\(ProcessInfo.processInfo.hostName)"
      + ".\(ProcessInfo.processInfo.processIdentifier)"
    url = Self.free(folder.appendingPathComponent(name.replacingOccurrences(of: "/", with: "-")))
    do {
      try Data().write(to: url, options: .withoutOverwriting)
      file = try FileHandle(forWritingTo: url)
    } catch {
      throw TrainingError.cannotWrite(path: url.path, reason: "\(error)")
    }
    try append(.version(time: now))
    if step > 0 { try append(.start(step: step, time: now)) }
  }

  deinit { try? file.close() }

  /// Adds what a record holds: a probe's values, or how training goes. Numbers that are not finite are
  /// left out.
  public func append(_ record: TrainingProgress) throws {
    let values: [(name: String, value: Double)]
    if let probe = record.probe {
      values = probe.sorted { $0.key < $1.key }.map {
        ("law_error/" + $0.key.replacingOccurrences(of: ".", with: "/"), $0.value)
      }
    } else {
      values = [
        ("train/loss", record.loss), ("train/gradient_norm", record.gradientNorm),
        ("train/learning_rate_share", record.learningRate),
        ("train/videos_per_second", record.videosPerSecond),
      ]
    }
    try append(
      .scalars(
        values.filter(\.value.isFinite), step: record.step, time: Date().timeIntervalSince1970))
  }

  /// Length, its checksum, the message, its checksum.
  private func append(_ event: EventMessage) throws {
    var record = Data()
    func add(_ value: some FixedWidthInteger) {
      withUnsafeBytes(of: value.littleEndian) { record.append(contentsOf: $0) }
    }
    let length = UInt64(event.bytes.count)
    add(length)
    add(withUnsafeBytes(of: length.littleEndian) { CRC32C.masked($0) })
    record.append(contentsOf: event.bytes)
    add(CRC32C.masked(event.bytes))
    do {
      try file.write(contentsOf: record)
    } catch {
      throw TrainingError.cannotWrite(path: url.path, reason: "\(error)")
    }
  }

  /// The name itself, or with a number behind it where two runs begin in the same second.
  private static func free(_ url: URL) -> URL {
    var free = url
    var number = 1
    while FileManager.default.fileExists(atPath: free.path) {
      free = url.appendingPathExtension("\(number)")
      number += 1
    }
    return free
  }
}
