import Foundation

/// Reads and writes the safetensors format: named tensors in one file, without code.
///
/// A file is the length of the header (8 bytes, little-endian), the header (JSON, padded with spaces to a
/// multiple of 8), and the elements of all tensors without gaps. Source: the specification in the README
/// of huggingface/safetensors.
public enum Safetensors {
  /// The longest header that is read, in bytes; the reference implementation has the same limit.
  public static let headerLimit: UInt64 = 100_000_000

  /// The format's name of each type.
  static let names: [DType: String] = [
    .float64: "F64", .float32: "F32", .float16: "F16", .bfloat16: "BF16", .int64: "I64",
    .int32: "I32",
    .uint8: "U8", .bool: "BOOL",
  ]

  static let metadataKey = "__metadata__"

  /// Writes `tensors` and `metadata` to `url`.
  ///
  /// The same content gives the same bytes: tensors lie in order of element size, then name, as in the
  /// reference implementation, and header keys are sorted. The file appears under its name only when it is
  /// complete. Throws `SafetensorsError.unwritable` or `.reservedName`.
  public static func write(
    _ tensors: [String: Tensor], metadata: [String: String] = [:], to url: URL
  ) throws {
    if tensors[metadataKey] != nil { throw SafetensorsError.reservedName(metadataKey) }
    let ordered = tensors.sorted { a, b in
      let (x, y) = (a.value.dtype.size, b.value.dtype.size)
      return x == y ? a.key < b.key : x > y
    }
    let header = try SafetensorsHeader(describing: ordered, metadata: metadata).encoded()
    do {
      try AtomicFile.write(to: url) { file in
        var length = UInt64(header.count).littleEndian
        try file.write(contentsOf: withUnsafeBytes(of: &length) { Data($0) })
        try file.write(contentsOf: header)
        for (_, tensor) in ordered { try file.write(contentsOf: Data(tensor.rawBytes())) }
      }
    } catch {
      throw SafetensorsError.unwritable(file: url.path, reason: AtomicFile.reason(error))
    }
  }

  /// Reads all tensors, on the CPU, and the metadata.
  ///
  /// Every length and offset is checked before it is used. Throws `SafetensorsError`.
  public static func read(
    _ url: URL
  ) throws -> (tensors: [String: Tensor], metadata: [String: String]) {
    let data: Data
    do {
      data = try AtomicFile.read(url)
    } catch {
      throw SafetensorsError.unreadable(file: url.path, reason: AtomicFile.reason(error))
    }
    guard data.count >= 8 else { throw SafetensorsError.truncated(bytes: data.count) }
    let length = data.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
    guard length <= headerLimit else { throw SafetensorsError.headerTooLong(length: length) }
    guard length <= UInt64(data.count - 8) else {
      throw SafetensorsError.headerPastEnd(length: length, bytes: data.count)
    }
    let start = 8 + Int(length)
    let header = try SafetensorsHeader(
      decoding: data.subdata(in: 8..<start), dataBytes: data.count - start)
    var tensors: [String: Tensor] = [:]
    try data.withUnsafeBytes { bytes in
      for entry in header.entries {
        let memory = UnsafeRawBufferPointer(
          rebasing: bytes[start + entry.range.lowerBound..<start + entry.range.upperBound])
        tensors[entry.name] = try Tensor(copying: memory, dtype: entry.dtype, entry.shape)
      }
    }
    return (tensors, header.metadata)
  }
}
