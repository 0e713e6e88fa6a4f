import CTorch
import Synchronization

/// Processes that add up and hand around tensors: libtorch's Gloo on the CPU, NCCL on GPUs.
///
/// All processes must ask for the same exchanges in the same order.
///
/// `@unchecked Sendable`: the handle never changes; one thread at a time asks for exchanges.
public final class ProcessGroup: @unchecked Sendable {
  /// Which of the processes this is, from 0.
  public let rank: Int
  /// How many processes there are.
  public let size: Int
  private let handle: ct_group
  private let isOpen = Mutex(true)

  /// Joins the group of a name; returns when all have.
  ///
  /// - Parameters:
  ///   - device: where the tensors of its exchanges live.
  ///   - seconds: how long joining, and every exchange, may take.
  /// - Throws: `TorchError` when the others do not come, or this libtorch has no such group.
  public init(
    _ name: String, through store: ProcessStore, rank: Int, size: Int, device: Device,
    seconds: Double
  ) throws(TorchError) {
    let group = ct_group_new(
      store.handle, name, device != .cpu, Int32(clamping: rank), Int32(clamping: size), seconds)
    guard let group else { throw torchError("ProcessGroup") }
    handle = group
    self.rank = rank
    self.size = size
  }

  /// Ends this process's part in the group, when all exchanges are done; nothing may be asked for afterwards.
  ///
  /// A group that is not closed stays until the program ends: to end it would be to wait for its exchanges, and those
  /// with a process that is gone may take an hour.
  public func close() {
    isOpen.withLock { isOpen in
      if isOpen { ct_group_release(handle) }
      isOpen = false
    }
  }

  /// Begins to replace `tensor` by the sum over all processes; all get the same bits.
  public func sum(_ tensor: Tensor) throws(TorchError) -> Exchange {
    guard let work = withExtendedLifetime(tensor, { ct_all_reduce(handle, tensor.handle) }) else {
      throw torchError("ProcessGroup.sum")
    }
    return Exchange(work, tensor)
  }

  /// Begins to replace `tensor` by that of process `root`.
  public func broadcast(_ tensor: Tensor, from root: Int) throws(TorchError) -> Exchange {
    let work = withExtendedLifetime(tensor) {
      ct_broadcast(handle, tensor.handle, Int32(clamping: root))
    }
    guard let work else { throw torchError("ProcessGroup.broadcast") }
    return Exchange(work, tensor)
  }
}

/// An exchange between processes that is under way.
public final class Exchange: @unchecked Sendable {
  private let handle: ct_work
  private let tensor: Tensor

  init(_ handle: ct_work, _ tensor: Tensor) {
    self.handle = handle
    self.tensor = tensor
  }

  deinit { ct_work_release(handle) }

  /// Returns when the tensor has its new values; on a GPU, when everything asked for later will see them.
  /// - Throws: `TorchError` where a process is gone or too slow.
  public func wait() throws(TorchError) {
    let status = withExtendedLifetime(tensor) { ct_work_wait(handle) }
    if status != 0 { throw torchError("Exchange.wait") }
  }
}
