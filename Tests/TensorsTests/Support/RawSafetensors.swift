import Foundation

/// A file with this header text and `data` bytes of zeros, right or wrong.
func safetensors(_ header: String, data: Int = 0, claiming length: UInt64? = nil) -> Data {
  var claimed = (length ?? UInt64(header.utf8.count)).littleEndian
  return withUnsafeBytes(of: &claimed) { Data($0) } + Data(header.utf8) + Data(count: data)
}

/// The entry of one tensor of a header.
func entry(_ name: String, _ dtype: String, _ shape: String, _ offsets: String) -> String {
  "\"\(name)\":{\"dtype\":\"\(dtype)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}"
}
