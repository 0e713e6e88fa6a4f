/// Why a safetensors file was refused. Every case names what was found, by tensor where there is one.
public enum SafetensorsError: Error, Equatable, CustomStringConvertible {
  /// The file cannot be opened or read.
  case unreadable(file: String, reason: String)
  /// Fewer than the 8 bytes of the header length.
  case truncated(bytes: Int)
  /// The header length is above the limit of 100 MB.
  case headerTooLong(length: UInt64)
  /// The header ends after the end of the file.
  case headerPastEnd(length: UInt64, bytes: Int)
  /// The header is not a JSON object of tensor entries.
  case badHeader(reason: String)
  /// The entry of a tensor lacks `dtype`, `shape` or `data_offsets`, or one has the wrong form.
  case badEntry(tensor: String, reason: String)
  /// A type this reader does not know.
  case unknownDType(tensor: String, dtype: String)
  /// A negative length in a shape, or a product beyond 63 bits.
  case badShape(tensor: String, shape: [Int])
  /// Offsets that run backwards or leave the data of the file.
  case offsetsOutside(tensor: String, offsets: [Int], dataBytes: Int)
  /// Offsets whose distance is not shape × type.
  case sizeMismatch(tensor: String, offsets: [Int], expected: Int)
  /// The data of a tensor begins before the data of another ends.
  case overlap(tensor: String, offset: Int, previousEnd: Int)
  /// Bytes that belong to no tensor, before this tensor or (nil) at the end of the file.
  case hole(before: String?, from: Int, to: Int)
  /// A tensor is named `__metadata__`, which the format keeps for itself.
  case reservedName(String)
  /// The file cannot be written.
  case unwritable(file: String, reason: String)

  /// What is wrong, with the value.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason): "cannot read “\(file)”: \(reason)"
    case .truncated(let bytes):
      "the file has \(bytes) bytes, too few for a safetensors header; it is not complete"
    case .headerTooLong(let length):
      "the header claims \(length) bytes, above the limit of \(Safetensors.headerLimit); this is "
        + "probably not a safetensors file"
    case .headerPastEnd(let length, let bytes):
      "the header claims \(length) bytes but the file has \(bytes); it is not complete"
    case .badHeader(let reason): "the header is not a safetensors header: \(reason)"
    case .badEntry(let tensor, let reason):
      "the entry of tensor “\(tensor)” is not valid: \(reason)"
    case .unknownDType(let tensor, let dtype):
      "tensor “\(tensor)” has type “\(dtype)”; known are \(Safetensors.names.values.sorted())"
    case .badShape(let tensor, let shape): "tensor “\(tensor)” has the impossible shape \(shape)"
    case .offsetsOutside(let tensor, let offsets, let dataBytes):
      "tensor “\(tensor)” lies at bytes \(offsets), outside the file's \(dataBytes) bytes of data"
    case .sizeMismatch(let tensor, let offsets, let expected):
      "tensor “\(tensor)” lies at bytes \(offsets), but its type and shape need \(expected) bytes"
    case .overlap(let tensor, let offset, let previousEnd):
      "tensor “\(tensor)” begins at byte \(offset), inside a tensor that ends at \(previousEnd)"
    case .hole(let tensor, let from, let to):
      "bytes \(from) to \(to) before \(tensor.map { "tensor “\($0)”" } ?? "the end") belong to no tensor"
    case .reservedName(let name): "“\(name)” cannot be the name of a tensor; rename it"
    case .unwritable(let file, let reason): "cannot write “\(file)”: \(reason)"
    }
  }
}
