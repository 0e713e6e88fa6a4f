import CTorch
import Foundation

/// Bytes under names, kept by one process and read by all that know its host and port: libtorch's `TCPStore`.
///
/// `@unchecked Sendable`: the handle never changes, and libtorch locks the connection.
public final class ProcessStore: @unchecked Sendable {
  let handle: ct_store

  /// Keeps a store on `port`, or on any free one with 0; others can join while it lives.
  /// - Throws: `TorchError` where the port cannot be had.
  public init(servingOn port: Int = 0) throws(TorchError) {
    handle = try Self.open("localhost", port, serves: true, 60)
  }

  /// Joins the store at `host` and `port`, trying for so many seconds.
  /// - Throws: `TorchError` where nothing answers.
  public init(host: String, port: Int, seconds: Double) throws(TorchError) {
    handle = try Self.open(host, port, serves: false, seconds)
  }

  deinit { ct_store_release(handle) }

  /// The port on which the store is kept.
  public var port: Int { Int(ct_store_port(handle)) }

  /// Keeps `data` under a name, in place of what was there.
  public func set(_ name: String, _ data: Data) throws(TorchError) {
    let status = data.withUnsafeBytes { ct_store_set(handle, name, $0.baseAddress, $0.count) }
    if status != 0 { throw torchError("ProcessStore.set") }
  }

  /// What is kept under a name; waits for it.
  /// - Throws: `TorchError` when it is not there after so many seconds, or the store is gone.
  public func data(_ name: String, seconds: Double) throws(TorchError) -> Data {
    var found = Data()
    let status = withUnsafeMutablePointer(to: &found) { found in
      ct_store_get(
        handle, name, seconds,
        { context, bytes, count in
          guard let bytes else { return }
          context?.assumingMemoryBound(to: Data.self).pointee = Data(bytes: bytes, count: count)
        }, found)
    }
    if status != 0 { throw torchError("ProcessStore.data") }
    return found
  }

  /// Whether something is kept under a name.
  /// - Throws: `TorchError` when the store is gone.
  public func has(_ name: String) throws(TorchError) -> Bool {
    let answer = ct_store_has(handle, name)
    if answer < 0 { throw torchError("ProcessStore.has") }
    return answer == 1
  }

  private static func open(
    _ host: String, _ port: Int, serves: Bool, _ seconds: Double
  ) throws(TorchError) -> ct_store {
    guard let store = ct_store_new(host, Int32(clamping: port), serves, seconds) else {
      throw torchError("ProcessStore")
    }
    return store
  }
}
