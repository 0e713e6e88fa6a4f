import Foundation
import Measures

/// JSON messages ended by zero bytes, one command at a time.
final class MessagePipe: @unchecked Sendable {
  private let lock = NSLock()
  private let reading: FileHandle
  private let writing: FileHandle
  private var received = Data()
  private var count = 0.0
  private var heard: [String] = []

  init(reading: FileHandle, writing: FileHandle) {
    self.reading = reading
    self.writing = writing
  }

  var complaints: [String] { lock.withLock { heard } }

  /// Sends a command and waits for its answer.
  func ask(
    _ method: String, _ parameters: [String: JSONValue], session: String?
  ) throws -> [String: JSONValue] {
    try lock.withLock {
      count += 1
      var message: [String: JSONValue] = [
        "id": .number(count), "method": .string(method), "params": .object(parameters),
      ]
      if let session { message["sessionId"] = .string(session) }
      try writing.write(contentsOf: JSONEncoder().encode(message) + [0])
      while true {
        let answer = try next(within: 30)
        guard answer["id"] == .number(count) else {
          listen(answer)
          continue
        }
        if let error = answer["error"] { throw TestProblem("\(method): \(error)") }
        guard case .object(let result) = answer["result"] else { return [:] }
        return result
      }
    }
  }

  private func listen(_ event: [String: JSONValue]) {
    guard case .string(let method) = event["method"] else { return }
    if method == "Log.entryAdded" || method == "Runtime.exceptionThrown" {
      heard.append("\(event["params"] ?? .null)")
    }
  }

  private func next(within seconds: Int32) throws -> [String: JSONValue] {
    while true {
      if let end = received.firstIndex(of: 0) {
        let message = received[..<end]
        received = Data(received[received.index(after: end)...])
        return try JSONDecoder().decode([String: JSONValue].self, from: message)
      }
      var waiting = pollfd(fd: reading.fileDescriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, seconds * 1000) > 0 else { throw TestProblem("Chromium is silent") }
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = read(reading.fileDescriptor, &buffer, buffer.count)
      guard count > 0 else { throw TestProblem("Chromium has ended") }
      received += buffer[..<count]
    }
  }
}
