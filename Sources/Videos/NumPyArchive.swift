import Foundation

/// A NumPy `.npz` file: a zip archive of arrays, stored or deflated.
///
/// Only the directory is read at first; an array is unpacked, and its checksum tested, when it is
/// asked for. Archives of 4 GB and more (zip64) are not supported.
public struct NumPyArchive: Sendable {
  /// The name of the file, which errors carry.
  public let file: String
  private let zip: ZipArchive
  private let entries: [String: ZipArchive.Entry]

  /// Opens an archive.
  ///
  /// - Throws: ``ArchiveError``
  public init(contentsOf url: URL) throws(ArchiveError) {
    file = url.path
    zip = try ZipArchive(contentsOf: url)
    let arrays = zip.entries.values.filter { $0.name.hasSuffix(".npy") }
    entries = Dictionary(uniqueKeysWithValues: arrays.map { (String($0.name.dropLast(4)), $0) })
  }

  /// The names of the arrays, in alphabetical order.
  public var names: [String] { entries.keys.sorted() }

  /// One array.
  ///
  /// - Throws: ``ArchiveError``, among others when the checksum does not fit.
  public func array(named name: String) throws(ArchiveError) -> NumPyArray {
    guard let entry = entries[name] else { throw .noArray(file: file, name: name) }
    return try NumPyArray(npy: try zip.content(entry), file: file)
  }

  /// An array of 64-bit floats.
  ///
  /// - Throws: ``ArchiveError``
  public func doubles(named name: String) throws(ArchiveError) -> NumPyDoubles {
    guard let entry = entries[name] else { throw .noArray(file: file, name: name) }
    return try NumPyDoubles(npy: try zip.content(entry), file: file)
  }

  /// Type and shape of an array, and its elements where they lie in the file unpacked.
  ///
  /// A deflated array is unpacked and its checksum tested; a stored one is neither read nor tested.
  ///
  /// - Throws: ``ArchiveError``
  public func elements(
    of name: String
  ) throws(ArchiveError) -> (layout: NumPyLayout, elements: Data) {
    guard let entry = entries[name] else { throw .noArray(file: file, name: name) }
    var bytes: Data
    if entry.method == 0 {
      bytes = try zip.packed(entry)
      guard entry.packed == entry.unpacked else {
        throw .damaged(file: file, cause: "array '\(name)' has two lengths")
      }
    } else {
      bytes = Data(try zip.content(entry))
    }
    let (layout, start) = try NumPyLayout.read(bytes, file: file)
    bytes = bytes.dropFirst(start)
    return (layout, bytes)
  }

  /// Tests the checksum of an array.
  ///
  /// - Throws: ``ArchiveError``
  public func check(_ name: String) throws(ArchiveError) {
    guard let entry = entries[name] else { throw .noArray(file: file, name: name) }
    try zip.check(entry)
  }

  /// An array of shape (frames, height, width, 3) as a video.
  ///
  /// - Throws: ``ArchiveError``
  public func video(named name: String) throws(ArchiveError) -> Video {
    let array = try array(named: name)
    guard array.shape.count == 4, array.shape[3] == 3 else {
      throw .unsupported(
        file: file,
        cause: "array '\(name)' of shape \(array.shape) is not a video; "
          + "a video is frames, height, width, 3")
    }
    return Video(
      frames: array.shape[0], height: array.shape[1], width: array.shape[2], bytes: array.bytes)
  }
}
