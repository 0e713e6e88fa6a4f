import Foundation

/// Reads lists of bytes out of an HDF5 file's global heap.
///
/// libhdf5 1.10 trusts the lengths in a file and writes past its buffer where they contradict each
/// other, so a damaged file could end the program. This reader checks every length.
struct HDF5Heap {
  private let data: Data

  init(_ data: Data) { self.data = data }

  /// The list that the 16-byte reference at `offset` leads to: length, address of its collection,
  /// number in the collection.
  func bytes(referredToAt offset: Int, _ place: DatasetPlace) throws(DatasetError) -> Data {
    guard let length = data.littleEndian(offset, size: 4),
      let address = data.littleEndian(offset + 4, size: 8),
      let number = data.littleEndian(offset + 12, size: 4)
    else { throw place.error("its reference at byte \(offset) lies beyond the end of the file") }
    if length == 0 { return Data() }
    let start = Int(clamping: address)
    guard start < data.count, data.section(start, 5).map(Array.init) == Array("GCOL".utf8) + [1],
      let size = data.littleEndian(start + 8, size: 8).map({ Int(clamping: $0) }),
      data.section(start, size) != nil
    else { throw place.error("its bytes are said to be at \(address), where there are none") }
    var position = start + 16
    while position + 16 <= start + size {
      guard let found = data.littleEndian(position, size: 2),
        let stored = data.littleEndian(position + 8, size: 8).map({ Int(clamping: $0) })
      else { break }
      // Number 0 is the free space that ends a collection.
      if found == 0 { break }
      guard stored <= start + size - position - 16 else {
        throw place.error("an object at byte \(position) is longer than its collection")
      }
      if found == number {
        guard Int(length) <= stored, let bytes = data.section(position + 16, Int(length)) else {
          throw place.error("\(length) bytes are promised and \(stored) stored")
        }
        return bytes
      }
      position += 16 + (stored + 7) / 8 * 8
    }
    throw place.error("object \(number) is not in the collection at byte \(address)")
  }
}
