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
    let (layout, start) = try NumPyLayout.read(npy, file: file)
    guard layout.type == "|u1" else {
      throw .unsupported(
        file: file, cause: "an array of type \(layout.type); only bytes (|u1) are read here")
    }
    shape = layout.shape
    bytes = Array(npy[start...])
  }
}
