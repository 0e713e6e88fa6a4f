import Foundation

/// Writes a file under a temporary name in the same folder and renames it when it is complete.
enum AtomicFile {
  /// Lets `body` write, forces the data to disk, and renames; a failure leaves neither file behind.
  static func write(to url: URL, _ body: (FileHandle) throws -> Void) throws {
    let temporary = url.deletingLastPathComponent()
      .appendingPathComponent(".\(url.lastPathComponent).\(UUID().uuidString).partial")
    do {
      try Data().write(to: temporary, options: .withoutOverwriting)
      let file = try FileHandle(forWritingTo: temporary)
      do {
        try body(file)
        try file.synchronize()
        try file.close()
      } catch {
        try? file.close()
        throw error
      }
      guard rename(temporary.path, url.path) == 0 else {
        throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
      }
    } catch {
      try? FileManager.default.removeItem(at: temporary)
      throw SafetensorsError.unwritable(file: url.path, reason: reason(error))
    }
  }

  /// The system's sentence for an error of Foundation.
  static func reason(_ error: any Error) -> String {
    let cocoa = error as NSError
    let cause = cocoa.userInfo[NSUnderlyingErrorKey] as? NSError ?? cocoa
    if cause.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(cause.code))) }
    return cause.localizedDescription
  }
}
