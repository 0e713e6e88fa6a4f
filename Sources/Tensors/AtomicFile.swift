import Foundation

/// Writes a file under a temporary name in the same folder and renames it when it is complete.
enum AtomicFile {
  /// Lets `body` write, forces the data to disk, and renames; a failure leaves neither file behind.
  static func write(to url: URL, _ body: (FileHandle) throws -> Void) throws {
    let temporary = url.deletingLastPathComponent()
      .appendingPathComponent(".\(url.lastPathComponent).\(UUID().uuidString).partial")
    let file = FileHandle(
      fileDescriptor: try open(temporary, O_WRONLY | O_CREAT | O_EXCL), closeOnDealloc: true)
    do {
      try body(file)
      try file.synchronize()
      try file.close()
      guard rename(temporary.path, url.path) == 0 else { throw lastError() }
    } catch {
      try? FileManager.default.removeItem(at: temporary)
      throw error
    }
  }

  /// All bytes of a file, mapped where the system can.
  static func read(_ url: URL) throws -> Data {
    // Opened once more than needed, because the error of `Data` does not keep the system's reason.
    close(try open(url, O_RDONLY))
    return try Data(contentsOf: url, options: .mappedIfSafe)
  }

  private static func open(_ url: URL, _ flags: Int32) throws -> Int32 {
    let descriptor = Foundation.open(url.path, flags | O_CLOEXEC, 0o666)
    if descriptor < 0 { throw lastError() }
    return descriptor
  }

  private static func lastError() -> POSIXError {
    POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
  }

  /// The system's sentence for an error of this file or of Foundation, for example "File too large".
  static func reason(_ error: any Error) -> String {
    let error = error as NSError
    let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
    if cause.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(cause.code))) }
    return cause.localizedDescription
  }
}
