import Foundation

/// Files as they should be: regular ones. Opening a pipe or a device would wait for ever.
enum RegularFile {
  /// Size, time of the last change, and whether it is a folder; nil where there is neither a regular
  /// file nor a folder.
  static func facts(_ url: URL) -> (size: Int, changed: Int, isFolder: Bool)? {
    var status = stat()
    guard stat(url.path, &status) == 0 else { return nil }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFREG || kind == S_IFDIR else { return nil }
    let changed = Int(status.st_mtim.tv_sec) * 1_000_000 + Int(status.st_mtim.tv_nsec) / 1000
    return (Int(status.st_size), changed, kind == S_IFDIR)
  }

  /// All bytes of a regular file, mapped where the system can.
  static func data(_ url: URL) throws(FrameFailure) -> Data {
    guard let facts = facts(url), !facts.isFolder else {
      throw FrameFailure(.unreadable, "\(url.lastPathComponent) is no regular file")
    }
    guard facts.size > 0 else { throw FrameFailure(.unreadable, "the file is empty") }
    do {
      return try Data(contentsOf: url, options: .mappedIfSafe)
    } catch {
      throw FrameFailure(.unreadable, "cannot be read: \(error.localizedDescription)")
    }
  }
}
