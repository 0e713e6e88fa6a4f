import Datasets
import Foundation
import Videos

/// One file that holds the videos of several scenes.
///
/// Rows without names of their own count as scenes 0, 1, 2 …; an array `ids` or `indices` of an npz
/// archive names them.
final class VideoContainer: Sendable {
  private enum Content: Sendable {
    case hdf5(HDF5Videos)
    case rows(NumPyLayout, Data)
    case arrays(NumPyArchive)
  }

  /// The file's name in the folder.
  let name: String
  /// The names of the videos inside, in the order of their rows.
  let stems: [String]
  private let content: Content

  /// Opens an HDF5, npy or npz file.
  ///
  /// - Throws: ``FrameFailure``
  init(_ url: URL) throws(FrameFailure) {
    name = url.lastPathComponent
    switch url.pathExtension.lowercased() {
    case "npy": (content, stems) = try Self.rows(try Self.array(url), ids: nil)
    case "npz": (content, stems) = try Self.archive(url)
    default: (content, stems) = try Self.hdf5(url)
    }
  }

  /// The frames of row `row`.
  func frames(of row: Int) throws -> any FrameSource {
    switch content {
    case .hdf5(let videos):
      do { return try EncodedFrames(try videos.mp4(at: row)) } catch let error as DatasetError {
        throw FrameFailure(.unreadable, Self.cause(error))
      }
    case .rows(let layout, let elements):
      let single = NumPyLayout(type: layout.type, shape: Array(layout.shape.dropFirst()))
      return try ArrayFrames(
        single, elements.dropFirst(row * single.byteCount).prefix(single.byteCount))
    case .arrays(let archive):
      do {
        let (layout, elements) = try archive.elements(of: stems[row])
        guard layout.byteCount <= FrameLimit.fileBytes else {
          throw FrameFailure(.size, "an array of \(layout.byteCount) bytes is too large")
        }
        return try ArrayFrames(layout, elements)
      } catch let error as ArchiveError {
        throw FrameFailure(.unreadable, Self.cause(error))
      }
    }
  }

  /// The one video of a `.npy` or `.npz` file that is named for a scene; nil where the file holds
  /// several.
  static func single(_ url: URL) throws(FrameFailure) -> ArrayFrames? {
    if url.pathExtension.lowercased() == "npy" {
      let (layout, elements) = try array(url)
      return layout.shape.count == 5 ? nil : try ArrayFrames(layout, elements)
    }
    let archive = try open(url)
    guard let name = ["video", "frames", "arr_0"].first(where: archive.names.contains)
      ?? (archive.names.count == 1 ? archive.names.first : nil)
    else { return nil }
    let (layout, elements) = try elements(of: name, in: archive)
    return layout.shape.count == 5 ? nil : try ArrayFrames(layout, elements)
  }

  private static func hdf5(_ url: URL) throws(FrameFailure) -> (Content, [String]) {
    do {
      let videos = try HDF5Videos(contentsOf: url)
      // A merged file's keys and numbers are the official names; a chunk's rows are just numbers.
      let stems = videos.chunks.flatMap { chunk in
        (0..<chunk.count).map { row in
          chunk.key.map { "\($0)-\(SceneName.text(row))" } ?? String(row)
        }
      }
      return (.hdf5(videos), stems)
    } catch {
      throw FrameFailure(.unreadable, cause(error))
    }
  }

  private static func rows(
    _ array: (NumPyLayout, Data), ids: [Int]?
  ) throws(FrameFailure) -> (Content, [String]) {
    let shape = array.0.shape
    guard shape.count == 5, !shape.contains(0) else {
      throw FrameFailure(
        .size, "an array of shape \(shape); several videos are videos, frames, height, width, 3")
    }
    if let ids, ids.count != shape[0] {
      throw FrameFailure(.size, "\(ids.count) ids for \(shape[0]) videos")
    }
    return (.rows(array.0, array.1), (ids ?? Array(0..<shape[0])).map(String.init))
  }

  private static func archive(_ url: URL) throws(FrameFailure) -> (Content, [String]) {
    let archive = try open(url)
    let named = archive.names.filter { SceneName($0) != nil }
    if !named.isEmpty { return (.arrays(archive), named) }
    guard let name = ["videos", "samples", "arr_0"].first(where: archive.names.contains) else {
      throw FrameFailure(
        .unreadable, "holds \(archive.names.prefix(5).joined(separator: ", ")); videos are an "
          + "array 'videos', or one array per scene under its name")
    }
    var ids: [Int]?
    if let key = ["ids", "indices"].first(where: archive.names.contains) {
      let (layout, elements) = try elements(of: key, in: archive)
      ids = try integers(layout, elements)
    }
    return try rows(try elements(of: name, in: archive), ids: ids)
  }

  private static func integers(_ layout: NumPyLayout, _ data: Data) throws(FrameFailure) -> [Int] {
    guard layout.shape.count == 1, ["<i8", "<u8", "<i4", "<u4"].contains(layout.type) else {
      throw FrameFailure(.values, "ids of type \(layout.type) and shape \(layout.shape)")
    }
    let size = layout.elementSize
    let bytes = Array(data)
    return (0..<layout.count).map { index in
      (0..<size).reversed().reduce(into: 0) { number, byte in
        number = number << 8 | Int(bytes[index * size + byte])
      }
    }
  }

  private static func array(_ url: URL) throws(FrameFailure) -> (NumPyLayout, Data) {
    let data = try RegularFile.data(url)
    do {
      let (layout, start) = try NumPyLayout.read(data, file: "")
      return (layout, data.dropFirst(start))
    } catch {
      throw FrameFailure(.unreadable, cause(error))
    }
  }

  private static func open(_ url: URL) throws(FrameFailure) -> NumPyArchive {
    guard let facts = RegularFile.facts(url), !facts.isFolder else {
      throw FrameFailure(.unreadable, "is no regular file")
    }
    guard facts.size > 0 else { throw FrameFailure(.unreadable, "the file is empty") }
    do { return try NumPyArchive(contentsOf: url) } catch {
      throw FrameFailure(.unreadable, cause(error))
    }
  }

  private static func elements(
    of name: String, in archive: NumPyArchive
  ) throws(FrameFailure) -> (NumPyLayout, Data) {
    do {
      let found = try archive.elements(of: name)
      return (found.layout, found.elements)
    } catch {
      throw FrameFailure(.unreadable, cause(error))
    }
  }

  private static func cause(_ error: ArchiveError) -> String {
    switch error {
    case .missing: "no such file"
    case .unreadable(_, let cause), .unsupported(_, let cause): cause
    case .damaged(_, let cause): "not a whole NumPy file: \(cause)"
    case .noArray(_, let name): "holds no array named '\(name)'"
    }
  }

  private static func cause(_ error: DatasetError) -> String {
    switch error {
    case .missing: "no such file"
    case .broken(let fault):
      [fault.key, fault.index.map { "video \($0)" }].compactMap(\.self).joined(separator: ", ")
        + (fault.key == nil && fault.index == nil ? "" : ": ") + fault.cause
    case .unrecognised(_, let cause): cause
    default: "\(error)"
    }
  }
}
