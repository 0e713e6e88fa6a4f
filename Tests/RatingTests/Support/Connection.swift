import Foundation

/// An HTTP response as it came over the wire.
struct RawResponse: Sendable {
  var status: Int
  /// Names in lower case.
  var headers: [String: String]
  var body: Data

  var text: String { String(decoding: body, as: UTF8.self) }

  func decoded<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: body)
  }
}

/// Sends requests byte by byte as they are written here, also those that no decent client sends.
enum Connection {
  static func send(_ request: String, port: Int) async throws -> RawResponse {
    try await blocking { try exchange(Data(request.utf8), port: port) }
  }

  private static func exchange(_ request: Data, port: Int) throws -> RawResponse {
    let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard handle >= 0 else { throw TestProblem("no socket") }
    defer { close(handle) }
    var limit = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(
      handle, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port)).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw TestProblem("nobody listens on port \(port)") }
    let sent = request.withUnsafeBytes {
      Foundation.send(handle, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    guard sent == request.count else { throw TestProblem("could not send") }
    var received = Data()
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(handle, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      received += buffer[..<count]
    }
    return try response(received)
  }

  private static func response(_ data: Data) throws -> RawResponse {
    guard let end = data.range(of: Data("\r\n\r\n".utf8)) else {
      throw TestProblem("no response: '\(String(decoding: data, as: UTF8.self))'")
    }
    let lines = String(decoding: data[..<end.lowerBound], as: UTF8.self)
      .components(separatedBy: "\r\n")
    guard let status = lines[0].split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
      throw TestProblem("no status: '\(lines[0])'")
    }
    let headers = lines.dropFirst().compactMap { line -> (String, String)? in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      return (line[..<colon].lowercased(), value)
    }
    return RawResponse(
      status: status, headers: Dictionary(headers) { $0 + ", " + $1 },
      body: Data(data[end.upperBound...]))
  }
}
