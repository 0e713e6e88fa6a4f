import Foundation
import Tensors

/// This process among those that train together.
///
/// All must ask for the same things in the same order, as they do when they run the same program on the same
/// configuration. When one is gone, the others get `ProcessError.lost` from whatever they ask for next.
public final class Processes {
  /// Which of the processes this is.
  public let place: ProcessPlace
  /// By device; that of the processor carries small numbers too, so that no GPU is waited for.
  private var groups: [Device: ProcessGroup]
  private let store: ProcessStore
  private let answer: Double
  private var questions = 0

  /// Meets the others; returns when all are there.
  ///
  /// - Parameters:
  ///   - meeting: seconds to wait for the others to come.
  ///   - answer: seconds to wait for the others in every exchange, probes and checkpoints of process 0 included.
  /// - Throws: `ProcessError.notMet`.
  public init(
    _ place: ProcessPlace, meeting: Double = 300, answer: Double = 3600
  ) throws(ProcessError) {
    self.place = place
    self.answer = answer
    do throws(TorchError) {
      let store =
        place.rank == 0 && !place.isStoreKept
        ? try ProcessStore(servingOn: place.port)
        : try ProcessStore(host: place.host, port: place.port, seconds: meeting)
      func present(_ rank: Int) -> String { "\(place.prefix)present/\(rank)" }
      try store.set(present(place.rank), Data())
      for rank in 0..<place.size { _ = try store.data(present(rank), seconds: meeting) }
      self.store = store
      groups = [
        .cpu: try ProcessGroup(
          place.prefix + "cpu", through: store, rank: place.rank, size: place.size, device: .cpu,
          seconds: answer)
      ]
    } catch {
      throw .notMet(
        rank: place.rank, size: place.size, place: "\(place.host):\(place.port)",
        reason: error.reason)
    }
  }

  /// The group that exchanges tensors of a device; made when all first ask for it.
  func group(on device: Device) throws(TorchError) -> ProcessGroup {
    if let group = groups[device] { return group }
    // The others may have devices of other numbers. Gradients are never waited for as long as a probe is.
    let group = try ProcessGroup(
      place.prefix + "gpu", through: store, rank: place.rank, size: place.size, device: device,
      seconds: min(answer, 600))
    groups[device] = group
    return group
  }

  /// Whether this is process 0, which writes.
  public var isFirst: Bool { place.rank == 0 }

  /// The part of every batch that this process takes.
  public var share: BatchShare { BatchShare(index: place.rank, count: place.size) }

  /// Checks that all processes get equal parts of a batch.
  /// - Throws: `ProcessError.undivided`.
  public func requireEqualShares(batch: Int, pieces: Int = 1) throws(ProcessError) {
    try Self.requireEqualShares(of: batch, pieces: pieces, processes: place.size)
  }

  /// The same before the processes are there.
  public static func requireEqualShares(
    of batch: Int, pieces: Int = 1, processes: Int
  ) throws(ProcessError) {
    guard batch.isMultiple(of: processes * pieces) else {
      throw .undivided(batch: batch, pieces: pieces, processes: processes)
    }
  }

  /// Checks, before processes are started on one machine, that each would have a GPU where they are to use one.
  ///
  /// - Throws: `ProcessError.crowded`.
  public static func requireDevices(
    _ choice: DeviceChoice, processes: Int, gpus: Int
  ) throws(ProcessError) {
    switch choice {
    case .cpu: return
    case .auto where gpus == 0: return
    // A GPU by its number is one for all of them.
    case .cuda(1...): throw .crowded(processes: processes, gpus: 1)
    case .auto, .cuda:
      // Where there is none at all, whoever asks for it says so better.
      if gpus > 0, gpus < processes { throw .crowded(processes: processes, gpus: gpus) }
    }
  }

  /// What process 0 finds; the others wait for it.
  ///
  /// - Throws: on process 0 what `make` throws, on the others then `ProcessError.firstFailed`.
  public func first<Value: Codable>(_ make: () throws -> Value) throws -> Value {
    let name = "\(place.prefix)answer/\(questions)"
    questions += 1
    // In an array: a plain number is no document for every JSON reader.
    guard isFirst else {
      let data = try asking { () throws(TorchError) in
        try store.data(name, seconds: Self.forever)
      }
      guard let value = try JSONDecoder().decode([Value].self, from: data).first else {
        throw ProcessError.firstFailed
      }
      return value
    }
    do {
      let value = try make()
      let data = try JSONEncoder().encode([value])
      try asking { () throws(TorchError) in try store.set(name, data) }
      return value
    } catch {
      try? store.set(name, Data("[]".utf8))
      throw error
    }
  }

  /// The sums over all processes.
  /// - Throws: `ProcessError.lost`.
  public func sum(_ values: [Double]) throws(ProcessError) -> [Double] {
    let tensor = Tensor(doubles: values, [values.count], device: .cpu)
    try asking { () throws(TorchError) in try group(on: .cpu).sum(tensor).wait() }
    return tensor.doubles()
  }

  /// Replaces tensors of equal shapes by those of process `root`.
  /// - Throws: `ProcessError.lost`.
  public func broadcast(_ tensors: [Tensor], from root: Int = 0) throws(ProcessError) {
    try asking { () throws(TorchError) in
      for tensor in tensors {
        try group(on: tensor.device).broadcast(tensor, from: root).wait()
      }
    }
  }

  /// Takes leave when the work is done; nothing may be asked afterwards.
  ///
  /// Process 0 stays until the others have left, a minute at most: they may still read what it has told them.
  public func leave() {
    func gone(_ rank: Int) -> String { "\(place.prefix)gone/\(rank)" }
    do throws(TorchError) {
      if isFirst {
        for rank in 1..<max(place.size, 1) { _ = try store.data(gone(rank), seconds: 60) }
      } else {
        try store.set(gone(place.rank), Data())
      }
    } catch {
      // Whoever ended without leave has said why, and this process is done.
    }
    for group in groups.values { group.close() }
  }

  /// Runs `body`; where it fails, finds out who is gone.
  func asking<Value>(_ body: () throws(TorchError) -> Value) throws(ProcessError) -> Value {
    do throws(TorchError) {
      return try body()
    } catch {
      throw rollCall(error)
    }
  }

  private static let forever = 30 * 86_400.0

  /// Everyone who is left says so; who says nothing for three seconds is gone.
  private func rollCall(_ failure: TorchError) -> ProcessError {
    func left(_ rank: Int) -> String { "\(place.prefix)left/\(rank)" }
    var silent = Set(0..<place.size).subtracting([place.rank])
    let keepsStore = isFirst && !place.isStoreKept
    do throws(TorchError) {
      try store.set(left(place.rank), Data())
      for _ in 0..<30 {
        for rank in silent where try store.has(left(rank)) { silent.remove(rank) }
        // Others may still have to say that they are here, and need the store for it.
        if silent.isEmpty && !keepsStore { break }
        Thread.sleep(forTimeInterval: keepsStore ? 0.2 : 0.1)
      }
    } catch {
      silent = place.isStoreKept ? [] : [0]
    }
    return .lost(ranks: silent.sorted(), size: place.size, reason: failure.reason)
  }
}

extension TorchError {
  /// The message without libtorch's account of its own calls and Gloo's of its files and of good luck.
  fileprivate var reason: String {
    var text = description.prefix { $0 != "\n" }
    if let advice = text.range(of: ". This is typically caused by") {
      text = text[..<advice.lowerBound]
    }
    if let place = text.range(of: "[/"), let end = text[place.upperBound...].range(of: "] ") {
      text = text[end.upperBound...]
    }
    return String(text)
  }
}
