import Synchronization
import Tensors

/// Adds up the gradients of all processes while they are still being taken.
///
/// Parameters are packed into buckets in the order in which `backward()` usually reaches them, last first. A bucket
/// sets out as soon as all its gradients are complete, and buckets set out in the same order everywhere; what comes
/// after them in `backward()` is computed meanwhile.
///
/// `@unchecked Sendable`: hooks come from the threads of `backward()`, and what they change is behind a lock.
package final class GradientExchange: @unchecked Sendable {
  private let processes: Processes
  private let parameters: [Tensor]
  private let progress: Mutex<Progress>
  private let places: [(bucket: Int, view: Tensor)]
  private var hooks: [GradientHook] = []

  /// Watches the parameters, which record, until it is released.
  ///
  /// - Parameter bucketBytes: a bucket is full when another gradient would exceed this.
  package init(_ parameters: [Tensor], _ processes: Processes, bucketBytes: Int = 4 << 20) {
    self.parameters = parameters
    self.processes = processes
    var buckets: [Bucket] = []
    var places: [Int: (bucket: Int, view: Tensor)] = [:]
    for members in Self.pack(parameters, bucketBytes) {
      let flat = Tensor.zeros(
        [members.map { parameters[$0].count }.reduce(0, +)],
        device: parameters[members[0]].device)
      var start = 0
      for index in members {
        let parameter = parameters[index]
        let view = flat.narrow(0, start: start, length: parameter.count).view(parameter.shape)
        places[index] = (buckets.count, view)
        start += parameter.count
      }
      buckets.append(Bucket(flat: flat, members: members))
    }
    self.places = parameters.indices.compactMap { places[$0] }
    progress = Mutex(Progress(buckets: buckets, count: parameters.count))
    hooks = parameters.indices.map { index in
      GradientHook(parameters[index]) { [unowned self] in self.added(to: index) }
    }
  }

  /// How many buckets this step has sent out so far, and of how many.
  package var sent: (buckets: Int, total: Int) {
    progress.withLock { ($0.exchanges.count, $0.buckets.count) }
  }

  /// Begins a step whose loss comes in `parts`, each with a `backward()` of its own.
  package func begin(parts: Int) { progress.withLock { $0.begin(parts: parts) } }

  /// Ends the step with a loss that lies on the gradients' device, one number; answers the whole loss.
  /// - Throws: `ProcessError.lost`.
  func finish(loss: Tensor) throws(ProcessError) -> Tensor {
    _ = try finish(loss: 0)
    let whole = loss.reshape([1]) * 1
    try processes.asking { () throws(TorchError) in
      try processes.group(on: whole.device).sum(whole).wait()
    }
    return whole.reshape([])
  }

  /// Ends the step: every parameter that any process has a gradient for gets the sum.
  ///
  /// - Parameter loss: this process's part of the loss.
  /// - Returns: the whole loss.
  /// - Throws: `ProcessError.lost`.
  package func finish(loss: Double) throws(ProcessError) -> Double {
    let isUsed = parameters.map { $0.grad != nil }
    progress.withLock { progress in
      for (index, place) in places.enumerated() where !progress.isComplete[index] {
        if let gradient = parameters[index].grad {
          place.view.copy_(from: gradient)
        } else {
          place.view.fill_(0)
        }
        complete(index, &progress)
      }
    }
    let sums = try processes.sum([loss] + isUsed.map { $0 ? 1 : 0 })
    try processes.asking { () throws(TorchError) in
      let (exchanges, failure) = progress.withLock { ($0.exchanges, $0.failure) }
      if let failure { throw failure }
      for exchange in exchanges { try exchange.wait() }
    }
    for (index, users) in sums.dropFirst().enumerated() where users > 0 {
      parameters[index].grad = places[index].view
    }
    return sums[0]
  }

  private func added(to index: Int) {
    progress.withLock { progress in
      progress.awaited[index] -= 1
      guard progress.awaited[index] == 0, let gradient = parameters[index].grad else { return }
      places[index].view.copy_(from: gradient)
      complete(index, &progress)
    }
  }

  /// Notes that a gradient lies in its bucket, and sends the buckets whose turn it is.
  private func complete(_ index: Int, _ progress: inout Progress) {
    progress.isComplete[index] = true
    progress.missing[places[index].bucket] -= 1
    while progress.exchanges.count < progress.buckets.count, progress.failure == nil,
      progress.missing[progress.exchanges.count] == 0
    {
      let bucket = progress.buckets[progress.exchanges.count]
      do throws(TorchError) {
        progress.exchanges.append(try processes.group(on: bucket.flat.device).sum(bucket.flat))
      } catch {
        progress.failure = error
      }
    }
  }

  /// Parameters, last first, in lists of one device and at most so many bytes, or of one parameter.
  private static func pack(_ parameters: [Tensor], _ bytes: Int) -> [[Int]] {
    var lists: [[Int]] = []
    var size = Int.max
    for index in parameters.indices.reversed() {
      let own = parameters[index].count * MemoryLayout<Float>.size
      if size > bytes - min(own, bytes) {
        lists.append([])
        size = 0
      }
      lists[lists.count - 1].append(index)
      size += own
    }
    return lists
  }
}

private struct Bucket {
  /// All gradients of the bucket side by side.
  let flat: Tensor
  let members: [Int]
}

private struct Progress {
  let buckets: [Bucket]
  /// Additions to each gradient that are still to come.
  var awaited: [Int]
  var isComplete: [Bool]
  /// Gradients that each bucket still lacks.
  var missing: [Int] = []
  /// Under way, in the order of the buckets.
  var exchanges: [Exchange] = []
  var failure: TorchError?

  init(buckets: [Bucket], count: Int) {
    self.buckets = buckets
    awaited = Array(repeating: 0, count: count)
    isComplete = Array(repeating: false, count: count)
  }

  mutating func begin(parts: Int) {
    for index in awaited.indices {
      awaited[index] = parts
      isComplete[index] = false
    }
    missing = buckets.map(\.members.count)
    exchanges.removeAll(keepingCapacity: true)
    failure = nil
  }
}
