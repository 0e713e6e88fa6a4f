import CHDF5
import Foundation

/// libhdf5 behind one lock: the library is not built for several threads.
enum HDF5Library {
  private static let lock = NSLock()

  /// Runs library calls while nobody else does.
  static func locked<Result>(
    _ body: () throws(DatasetError) -> Result
  ) throws(DatasetError) -> Result {
    lock.lock()
    defer { lock.unlock() }
    chdf5_be_silent()
    return try body()
  }

  /// What the library says about the last failure.
  static func message() -> String {
    var text = [CChar](repeating: 0, count: 512)
    chdf5_error(&text, text.count)
    let bytes = text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
    return bytes.isEmpty ? "libhdf5 gives no reason" : String(decoding: bytes, as: UTF8.self)
  }

  /// Throws when a status or identifier is negative.
  @discardableResult
  static func check<Value: SignedInteger>(
    _ value: Value, _ action: String, _ place: DatasetPlace
  ) throws(DatasetError) -> Value {
    guard value >= 0 else { throw place.error("cannot \(action): \(message())") }
    return value
  }
}

/// An open HDF5 object that is closed with the value's last owner, inside the lock of its maker.
struct HDF5Handle: ~Copyable {
  let id: hid_t
  private let close: (hid_t) -> herr_t

  init(_ id: hid_t, _ close: @escaping (hid_t) -> herr_t) {
    self.id = id
    self.close = close
  }

  deinit { _ = close(id) }
}
