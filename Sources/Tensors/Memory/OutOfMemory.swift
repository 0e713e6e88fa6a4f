import CTorch

/// A device had no memory for a tensor.
public struct OutOfMemory: Error, Equatable, Sendable, CustomStringConvertible {
  /// The operator that wanted it.
  public let operation: String
  /// Bytes that were asked for, where libtorch says so.
  public let bytes: Int?
  /// libtorch's message.
  public let message: String

  /// An error from libtorch's message; nil where the message is about something else.
  init?(operation: String, message: String) {
    // The CPU's allocator, C++'s, CUDA's, and that of CUDA's libraries: they share no type.
    let marks = [
      "DefaultCPUAllocator", "std::bad_alloc", "out of memory", "CUBLAS_STATUS_ALLOC_FAILED",
      "CUDNN_STATUS_ALLOC_FAILED",
    ]
    // CUDA's libraries do not always say that it was memory they lacked.
    let isFull = message.contains("STATUS_INTERNAL_ERROR") && Self.isFull(Device.standard)
    guard isFull || marks.contains(where: message.contains) else { return nil }
    self.operation = operation
    self.message = message
    bytes = Self.bytes(in: message)
  }

  /// Whether a GPU has no room for a library's workspace any more.
  private static func isFull(_ device: Device) -> Bool {
    var (free, total) = (0, 0)
    return device != .cpu && ct_device_memory(device.code, &free, &total) == 0 && free < 256 << 20
  }

  /// The number in "you tried to allocate 123 bytes".
  private static func bytes(in message: String) -> Int? {
    message.firstMatch(of: /tried to allocate (\d+)(?: bytes)?\b/).flatMap { Int($0.1) }
  }

  /// What was wanted, and what to do.
  public var description: String {
    let size = bytes.map { " for \(Megabytes($0))" } ?? ""
    return
      "out of memory\(size) in \(operation): use a smaller batch, resolution or model, or close other "
      + "programs (\(message.prefix { $0 != "\n" }))"
  }
}

/// A number of bytes as people read it, such as `1.2 GB`.
public struct Megabytes: Sendable, Hashable, CustomStringConvertible {
  /// The bytes.
  public let bytes: Int

  /// So many bytes.
  public init(_ bytes: Int) { self.bytes = bytes }

  /// In MB below one GB, with one decimal of GB above.
  public var description: String {
    guard bytes >= 1_000_000_000 else { return "\((bytes + 500_000) / 1_000_000) MB" }
    let tenths = Int((Double(bytes) / 1e8).rounded())
    return "\(tenths / 10).\(tenths % 10) GB"
  }
}
