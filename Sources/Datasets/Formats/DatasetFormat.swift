import Foundation

/// The ways videos and their labels are stored.
public enum DatasetFormat: String, CaseIterable, Codable, Sendable {
  /// The official layout: whole mp4 files, positions and parameters in HDF5.
  case hdf5
  /// WebDataset: tar files with an mp4, a JSON and a NumPy file for each video.
  case tar
  /// A folder of mp4 files with a list of scenes.
  case folder
  /// NumPy archives of plain pixels.
  case npz

  /// The name of shard `number`: official chunks are plain numbers, the others `shard-00000`.
  public func shardName(_ number: Int) -> String {
    let padded = DatasetFormat.padded(number, 5)
    return switch self {
    case .hdf5: "\(number).hdf5"
    case .tar: "shard-\(padded).tar"
    case .folder: "shard-\(padded)"
    case .npz: "shard-\(padded).npz"
    }
  }

  /// A number with leading zeros, never cut.
  static func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// The format of a file or folder by its first bytes and contents, nil for none of them.
  static func detect(_ url: URL) throws(DatasetError) -> DatasetFormat? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw .missing(file: url.path)
    }
    if isFolder.boolValue { return .folder }
    let head: Data
    do {
      let file = try FileHandle(forReadingFrom: url)
      defer { try? file.close() }
      head = try file.read(upToCount: 512) ?? Data()
    } catch {
      throw .broken(DatasetFault(file: url.path, cause: error.localizedDescription))
    }
    guard !head.isEmpty else { throw .unrecognised(file: url.path, cause: "the file is empty") }
    if head.starts(with: [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]) { return .hdf5 }
    if head.starts(with: [0x50, 0x4B]) { return .npz }
    if head.count >= 262, head.dropFirst(257).starts(with: Array("ustar".utf8)) { return .tar }
    // A damaged file is better named by what it was meant to be.
    return switch url.pathExtension {
    case "hdf5", "h5": .hdf5
    case "tar": .tar
    case "npz": .npz
    default: nil
    }
  }
}
