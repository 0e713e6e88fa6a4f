import Foundation
import Models
import Tensors

/// Where a run stands; `state.json` of a checkpoint.
public struct TrainingState: Codable, Hashable, Sendable {
  /// The newest version of a checkpoint's layout that this build reads, and the one it writes.
  public static let currentVersion = 1

  /// The version of the layout; 1 when nil.
  public var version: Int? = Self.currentVersion
  /// Steps done; everything random in a step follows from the seed and this number.
  public var step = 0
  /// Seconds of training so far, without probes.
  public var seconds = 0.0
  /// How far the data have been taken; nil where they follow from the configuration.
  public var data: DataCursor?

  /// Nothing done yet.
  public init() {}
}

/// A place in the training data.
public struct DataCursor: Codable, Hashable, Sendable {
  /// What the data are; another text means other data.
  public var identity: String
  /// Videos taken so far: the next step begins at this place.
  public var videos: Int
  /// A digest of every byte of data on disk; nil where there are none.
  public var content: String?

  /// A place in some data.
  public init(identity: String, videos: Int, content: String? = nil) {
    self.identity = identity
    self.videos = videos
    self.content = content
  }
}

/// The checkpoints of a run: `checkpoints/step-00001000/{model,ema,optimizer}.safetensors` with
/// `config.json`, `state.json` and `README.md`, each folder written aside and renamed.
public struct CheckpointStore {
  let folder: URL
  let keep: Int

  /// The checkpoints of the run in `folder`; only the newest `keep` stay.
  public init(folder: URL, keep: Int = 2) {
    self.folder = folder.appendingPathComponent("checkpoints")
    self.keep = keep
  }

  /// The folder of the checkpoint after so many steps.
  public func url(_ step: Int) -> URL {
    let digits = String(step)
    let padded = String(repeating: "0", count: max(8 - digits.count, 0)) + digits
    return folder.appendingPathComponent("step-\(padded)", isDirectory: true)
  }

  /// The steps of all checkpoints, newest first.
  public var steps: [Int] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.compactMap { name in
      name.hasPrefix("step-") ? Int(name.dropFirst(5)) : nil
    }.sorted(by: >)
  }

  /// The newest checkpoint's folder.
  public var latest: URL? { steps.first.map(url) }

  /// Writes a checkpoint and removes those that are too old, or of an abandoned future; returns its folder.
  ///
  /// - Throws: `TrainingError.cannotWrite`.
  @discardableResult
  public func write(_ subject: some Trainable, _ state: TrainingState) throws -> URL {
    let target = url(state.step)
    var optimizer: [String: Tensor] = [:]
    for (name, one, _) in subject.optimizers {
      for (key, tensor) in one.stateTensors() { optimizer["\(name).\(key)"] = tensor }
    }
    do {
      try AtomicFolder.write(to: target) { temporary in
        func file(_ name: String) -> URL { temporary.appendingPathComponent(name) }
        // Python's loaders ask who wrote the tensors; "pt" is the answer that all of them take.
        let metadata = ["format": "pt"]
        try Safetensors.write(
          subject.weights.byName, metadata: metadata, to: file("model.safetensors"))
        try Safetensors.write(
          subject.average.parameters.byName, metadata: metadata, to: file("ema.safetensors"))
        try Safetensors.write(optimizer, metadata: metadata, to: file("optimizer.safetensors"))
        try AtomicFolder.write(json: subject.configuration, to: file("config.json"))
        try AtomicFolder.write(json: state, to: file("state.json"))
        try Data(ModelCard(checkpointOf: subject, state).markdown.utf8)
          .write(to: file(ModelCard.fileName))
      }
    } catch {
      throw TrainingError.cannotWrite(path: target.path, reason: "\(error)")
    }
    for old in steps.filter({ $0 <= state.step }).dropFirst(keep) {
      try? FileManager.default.removeItem(at: url(old))
    }
    // Those of an abandoned future would be taken for the newest.
    for later in steps where later > state.step {
      try? FileManager.default.removeItem(at: url(later))
    }
    return target
  }

  /// Removes what a killed program left half written.
  func removeUnfinished() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names where name.hasPrefix(".step-") {
      try? FileManager.default.removeItem(at: folder.appendingPathComponent(name))
    }
  }

  /// Fills `subject` from the newest sound checkpoint.
  ///
  /// - Throws: `TrainingError.noCheckpoint`, `.otherConfiguration`, `.otherData`, `.otherVersion`, or
  ///   `.damagedCheckpoint` for the newest when none is sound.
  func restoreLatest(
    _ subject: some Trainable, content: String? = nil, warning: ((String) -> Void)?
  ) throws -> TrainingState {
    var newest: TrainingError?
    for step in steps {
      do {
        return try restore(subject, url(step), content: content)
      } catch let error as TrainingError {
        guard case .damagedCheckpoint = error else { throw error }
        warning?("\(error)")
        newest = newest ?? error
      }
    }
    throw newest ?? TrainingError.noCheckpoint(folder: folder.path)
  }

  private func restore<Subject: Trainable>(
    _ subject: Subject, _ url: URL, content: String?
  ) throws -> TrainingState {
    func file(_ name: String) -> URL { url.appendingPathComponent(name) }
    do {
      let decoder = JSONDecoder()
      let state = try decoder.decode(
        TrainingState.self, from: Data(contentsOf: file("state.json")))
      if let version = state.version, version > TrainingState.currentVersion {
        throw TrainingError.otherVersion(
          checkpoint: url.path, found: version, known: TrainingState.currentVersion)
      }
      try Self.checkKind(file("config.json"), subject, checkpoint: url)
      let configuration = try decoder.decode(
        Subject.Configuration.self, from: Data(contentsOf: file("config.json")))
      guard configuration == subject.configuration else {
        throw TrainingError.otherConfiguration(
          checkpoint: url.path, difference: Self.difference(configuration, subject.configuration))
      }
      if let saved = state.data?.identity, let now = subject.dataIdentity, saved != now {
        throw TrainingError.otherData(checkpoint: url.path, saved: saved, now: now)
      }
      // Other bytes of the same length in the same files; earlier checkpoints know none.
      if let saved = state.data?.content, let now = content, saved != now {
        throw TrainingError.otherData(
          checkpoint: url.path, saved: "content \(saved)", now: "content \(now)")
      }
      let optimizer = try Safetensors.read(file("optimizer.safetensors")).tensors
      try ModelFolder.load(subject.average.parameters, from: file("ema.safetensors"))
      try ModelFolder.load(subject.weights, from: file("model.safetensors"))
      for (name, one, _) in subject.optimizers {
        let own = optimizer.filter { $0.key.hasPrefix(name + ".") }
        let renamed = own.map { (String($0.key.dropFirst(name.count + 1)), $0.value) }
        try one.load(stateTensors: Dictionary(uniqueKeysWithValues: renamed))
      }
      return state
    } catch let error as TrainingError {
      throw error
    } catch {
      throw TrainingError.damagedCheckpoint(checkpoint: url.path, reason: "\(error)")
    }
  }

  /// Whether a checkpoint is of the kind that `subject` is, asked before its other values are looked at.
  private static func checkKind(
    _ file: URL, _ subject: some Trainable, checkpoint: URL
  ) throws {
    let decoder = JSONDecoder()
    let saved = try decoder.decode(Kind.self, from: Data(contentsOf: file)).modelType
    let now = try decoder.decode(
      Kind.self, from: JSONEncoder().encode(subject.configuration)
    ).modelType
    guard saved == now else {
      throw TrainingError.otherConfiguration(
        checkpoint: checkpoint.path,
        difference: "saved modelType \(saved ?? "none"), now \(now ?? "none")")
    }
  }

  /// The lines in which two configurations differ, "saved … now …".
  private static func difference<Value: Encodable>(_ saved: Value, _ now: Value) -> String {
    func lines(_ value: Value) -> [String] {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      let text = (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
      return text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let pairs = zip(lines(saved), lines(now)).filter { $0 != $1 }.prefix(3)
    return pairs.isEmpty
      ? "more or fewer fields" : pairs.map { "saved \($0), now \($1)" }.joined(separator: "; ")
  }
}

/// What `config.json` says that it is the configuration of.
private struct Kind: Codable { var modelType: String? }
