import Foundation
import Rating
import Synchronization

/// A server that runs during a test, with a study of a few clips.
struct RunningServer: Sendable {
  let study: Study
  let clips: [Clip]
  let port: Int
  let link: URL

  /// Serves the clips of a folder while `body` runs.
  static func run<Result: Sendable>(
    _ folder: URL, question: Question? = nil, truths: URL? = nil, raters: [String]? = nil,
    port: Int = 0, _ body: (RunningServer) async throws -> Result
  ) async throws -> Result {
    let study = try Study(folder.appendingPathComponent("ratings.sqlite"), question: question)
    let selection = try study.register(
      try ClipFolder.clips(in: folder),
      truths: try truths.map { try ClipFolder.clips(in: $0) } ?? [])
    let server = RatingServer(
      study: study, clips: selection.clips, raters: try raters?.map { try RaterName($0) },
      port: port)
    let (links, ready) = AsyncStream.makeStream(of: URL.self)
    let running = Task {
      defer { ready.finish() }
      try await server.run(stopsOnSignals: false) { ready.yield($0) }
    }
    let result: Swift.Result<Result, any Error>
    do {
      guard let link = await links.first(where: { _ in true }), let port = link.port else {
        try await running.value
        throw TestProblem("the server ended")
      }
      let here = RunningServer(study: study, clips: selection.clips, port: port, link: link)
      result = .success(try await body(here))
    } catch {
      result = .failure(error)
    }
    running.cancel()
    _ = await running.result
    return try result.get()
  }

  /// Sends a request with the headers of the page, changed by `changes`; nil takes a header away.
  func request(
    _ method: String = "GET", _ path: String, _ changes: [String: String?] = [:],
    json: String? = nil
  ) async throws -> RawResponse {
    var headers: [String: String?] = [
      "Host": "127.0.0.1:\(port)", "X-PhyWorld-Key": study.accessKey, "Connection": "close",
    ]
    if let json {
      headers["Content-Type"] = "application/json"
      headers["Content-Length"] = "\(json.utf8.count)"
    }
    for (name, value) in changes { headers.updateValue(value, forKey: name) }
    let lines = headers.compactMap { name, value in value.map { "\(name): \($0)\r\n" } }
    return try await Connection.send(
      "\(method) \(path) HTTP/1.1\r\n\(lines.joined())\r\n\(json ?? "")", port: port)
  }

  /// What the page learns when a rater signs in.
  struct Assignment: Decodable {
    struct ClipState: Decodable, Hashable {
      var id: String
      var answer: Answer?
    }
    var rater: String
    var clips: [ClipState]
  }

  func signIn(_ name: String) async throws -> Assignment {
    try await request("POST", "/api/raters", json: "{\"name\": \"\(name)\"}")
      .decoded(Assignment.self)
  }

  func rate(_ rater: String, _ clip: String, _ answer: String) async throws -> RawResponse {
    let message = """
      {"rater": "\(rater)", "clip": "\(clip)", "answer": "\(answer)", "seconds": 1.5}
      """
    return try await request("POST", "/api/ratings", json: message)
  }
}
