import Foundation

/// The header of a `.npy` file: what its elements are and how they are arranged.
public struct NumPyLayout: Hashable, Sendable {
  /// The element type as NumPy writes it, such as `|u1` or `<f8`.
  public var type: String
  /// The length of each axis; row-major.
  public var shape: [Int]

  /// A layout from its parts.
  public init(type: String, shape: [Int]) {
    self.type = type
    self.shape = shape
  }

  /// Number of elements.
  public var count: Int { shape.reduce(1, *) }
  /// Bytes of one element; 0 for types that are not known. Text has 4 bytes a character.
  public var elementSize: Int {
    let (size, overflow) = (Int(type.dropFirst(2)) ?? 0).multipliedReportingOverflow(
      by: type.dropFirst().first == "U" ? 4 : 1)
    return overflow ? 0 : size
  }
  /// Bytes of all elements.
  public var byteCount: Int { count * elementSize }

  /// The header's bytes, format 1, padded to a multiple of 64.
  public var header: Data {
    let axes = shape.map { "\($0)," }.joined(separator: " ")
    let tuple = shape.count == 1 ? axes : String(axes.dropLast(shape.isEmpty ? 0 : 1))
    var text = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(tuple)), }"
    let length = (10 + text.utf8.count + 1 + 63) / 64 * 64 - 10
    text += String(repeating: " ", count: length - text.utf8.count - 1) + "\n"
    return Data([0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 255), UInt8(length >> 8)])
      + Data(text.utf8)
  }

  /// Reads a header: format 1 to 3, row-major.
  ///
  /// - Returns: the layout and the number of bytes before the first element.
  /// - Throws: ``ArchiveError/damaged(file:cause:)`` or ``ArchiveError/unsupported(file:cause:)``.
  public static func read(
    _ npy: some RandomAccessCollection<UInt8>, file: String
  ) throws(ArchiveError) -> (layout: NumPyLayout, start: Int) {
    func damaged(_ cause: String) -> ArchiveError { .damaged(file: file, cause: cause) }
    let head = Array(npy.prefix(12))
    guard head.count == 12, Array(head[0..<6]) == [0x93] + Array("NUMPY".utf8) else {
      throw damaged("an array does not begin with the NumPy signature")
    }
    let major = head[6]
    guard (1...3).contains(major) else {
      throw .unsupported(file: file, cause: "array format \(major); formats 1 to 3 are known")
    }
    let start = major == 1 ? 10 : 12
    var length = Int(head[8]) | Int(head[9]) << 8
    if major > 1 { length |= Int(head[10]) << 16 | Int(head[11]) << 24 }
    guard start + length <= npy.count else { throw damaged("an array's header is cut short") }
    let header = String(decoding: npy.dropFirst(start).prefix(length), as: UTF8.self)
    let fields = NumPyHeader(header)
    guard let type = fields.type, let columnMajor = fields.columnMajor, let shape = fields.shape
    else { throw damaged("an array's header is garbled: \(header.prefix(80))") }
    let layout = NumPyLayout(type: type, shape: shape)
    guard !columnMajor else {
      throw .unsupported(
        file: file, cause: "an array of type \(type) in column-major order; only row-major is read")
    }
    var bytes = layout.elementSize
    for axis in shape {
      let (product, overflow) = bytes.multipliedReportingOverflow(by: axis)
      guard axis >= 0, !overflow else { throw damaged("an array of shape \(shape)") }
      bytes = product
    }
    guard layout.elementSize > 0, npy.count - start - length == bytes else {
      throw damaged(
        "an array of shape \(shape) has \(npy.count - start - length) bytes instead of \(bytes)")
    }
    return (layout, start + length)
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

/// An array of 64-bit floats as NumPy stores it, in row-major order.
public struct NumPyDoubles: Hashable, Sendable {
  /// The length of each axis.
  public let shape: [Int]
  /// The elements; their number is the product of the shape.
  public let values: [Double]

  /// An array from its parts.
  ///
  /// - Precondition: there are as many values as the shape says.
  public init(shape: [Int], values: [Double]) {
    precondition(shape.reduce(1, *) == values.count, "\(values.count) values of shape \(shape)")
    self.shape = shape
    self.values = values
  }

  /// Reads a `.npy` file's bytes: format 1 to 3, type `<f8`, row-major.
  ///
  /// - Throws: ``ArchiveError``
  public init(npy: some RandomAccessCollection<UInt8>, file: String) throws(ArchiveError) {
    let (layout, start) = try NumPyLayout.read(npy, file: file)
    guard layout.type == "<f8" else {
      throw .unsupported(
        file: file, cause: "an array of type \(layout.type); 64-bit floats (<f8) are expected")
    }
    shape = layout.shape
    values = NumPyDoubles.values(of: npy.dropFirst(start))
  }

  /// Little-endian 64-bit floats out of bytes.
  public static func values(of bytes: some Collection<UInt8>) -> [Double] {
    let source = Array(bytes)
    return [Double](unsafeUninitializedCapacity: source.count / 8) { target, count in
      count = source.count / 8
      source.withUnsafeBytes { raw in
        for index in 0..<count {
          let bits = raw.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)
          target.initializeElement(at: index, to: Double(bitPattern: UInt64(littleEndian: bits)))
        }
      }
    }
  }

  /// The elements' bytes, little-endian.
  public static func bytes(of values: [Double]) -> Data {
    values.map { $0.bitPattern.littleEndian }.withUnsafeBytes { Data($0) }
  }

  /// The whole `.npy` file.
  public var npy: Data {
    NumPyLayout(type: "<f8", shape: shape).header + NumPyDoubles.bytes(of: values)
  }
}
