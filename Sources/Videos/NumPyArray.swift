import Foundation

/// An array of unsigned bytes as NumPy stores it, in row-major order.
public struct NumPyArray: Hashable, Sendable {
  /// The length of each axis.
  public let shape: [Int]
  /// The elements; their number is the product of the shape.
  public let bytes: [UInt8]

  /// Reads a `.npy` file's bytes: format 1 to 3, type `|u1`, row-major.
  ///
  /// - Parameter file: the name that errors carry.
  /// - Throws: ``ArchiveError/damaged(file:cause:)`` or ``ArchiveError/unsupported(file:cause:)``.
  public init(npy: [UInt8], file: String) throws(ArchiveError) {
    func damaged(_ cause: String) -> ArchiveError { .damaged(file: file, cause: cause) }
    guard npy.count >= 12, Array(npy[0..<6]) == [0x93] + Array("NUMPY".utf8) else {
      throw damaged("an array does not begin with the NumPy signature")
    }
    let major = npy[6]
    guard (1...3).contains(major) else {
      throw .unsupported(file: file, cause: "array format \(major); formats 1 to 3 are known")
    }
    let start = major == 1 ? 10 : 12
    var length = Int(npy[8]) | Int(npy[9]) << 8
    if major > 1 { length |= Int(npy[10]) << 16 | Int(npy[11]) << 24 }
    guard start + length <= npy.count else { throw damaged("an array's header is cut short") }
    let header = String(decoding: npy[start..<(start + length)], as: UTF8.self)
    let fields = NumPyHeader(header)
    guard let type = fields.type, let columnMajor = fields.columnMajor, let shape = fields.shape
    else { throw damaged("an array's header is garbled: \(header.prefix(80))") }
    guard type == "|u1", !columnMajor else {
      throw .unsupported(
        file: file,
        cause: "an array of type \(type)\(columnMajor ? " in column-major order" : "")"
          + "; only row-major bytes (|u1) are read")
    }
    var count = 1
    for axis in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: axis)
      guard axis >= 0, !overflow else { throw damaged("an array of shape \(shape)") }
      count = product
    }
    guard npy.count - start - length == count else {
      throw damaged(
        "an array of shape \(shape) has \(npy.count - start - length) bytes instead of \(count)")
    }
    self.shape = shape
    self.bytes = Array(npy[(start + length)...])
  }
}

/// The three fields of an array header, a Python dictionary in plain text.
private struct NumPyHeader {
  var type: String?
  var columnMajor: Bool?
  var shape: [Int]?

  init(_ text: String) {
    if let match = text.firstMatch(of: /'descr'\s*:\s*'([^']*)'/) { type = String(match.1) }
    if let match = text.firstMatch(of: /'fortran_order'\s*:\s*(True|False)/) {
      columnMajor = match.1 == "True"
    }
    if let match = text.firstMatch(of: /'shape'\s*:\s*\(([0-9,\s]*)\)/) {
      let axes = match.1.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
      let numbers = axes.filter { !$0.isEmpty }.map { Int($0) }
      if !numbers.contains(nil) { shape = numbers.compactMap(\.self) }
    }
  }
}
