import Foundation
import Rating
import Testing
import Videos

@Suite struct ServerTests {
  private func withServer(
    _ paths: [String] = ["hidden-a.mp4", "hidden-b.mp4"], raters: [String]? = nil,
    _ body: (RunningServer) async throws -> Void
  ) async throws {
    try await withFolder { folder in
      try writeClips(paths, in: folder)
      try await RunningServer.run(folder, raters: raters, body)
    }
  }

  @Test func servesThePageAndTellsBrowsersToLoadNothingElse() async throws {
    try await withServer { server in
      for path in [
        "/", "/page.css", "/page.js", "/view.js", "/server.js", "/api/study", "/nothing",
      ] {
        let response = try await server.request(path)
        #expect(response.status == (path == "/nothing" ? 404 : 200))
        let policy = try #require(response.headers["content-security-policy"])
        #expect(policy.hasPrefix("default-src 'none'") && !policy.contains("unsafe"))
        #expect(response.headers["x-content-type-options"] == "nosniff")
        #expect(response.headers["x-frame-options"] == "DENY")
        #expect(response.headers["cache-control"] == "no-store")
        #expect(response.headers["access-control-allow-origin"] == nil)
        #expect(!response.text.contains("http://") && !response.text.contains("https://"))
      }
    }
  }

  @Test(
    "Only loopback names are answered (DNS rebinding)",
    arguments: [
      ("127.0.0.1:1", 200), ("localhost", 200), ("LOCALHOST:8000", 200), ("[::1]:80", 200),
      ("evil.example", 421), ("127.0.0.1.evil.example", 421), ("127.0.0.1@evil.example", 421),
      ("localhost.", 421), ("10.0.0.1", 421), ("", 400), ("127.0.0.1:x", 421),
    ])
  func hosts(host: String, status: Int) async throws {
    try await withServer { server in
      let got = try await server.request("/api/study", ["Host": host]).status
      #expect(got == status || (status == 400 && got == 421))
    }
  }

  @Test func requestsOfOtherPagesAreRefused() async throws {
    try await withServer { server in
      let own = "127.0.0.1:\(server.port)"
      for origin in [
        "http://evil.example", "null", "https://\(own)", "http://localhost:\(server.port)",
      ] {
        let response = try await server.request("/api/study", ["Origin": origin])
        #expect(response.status == 403, "\(origin)")
      }
      #expect(try await server.request("/api/study", ["Origin": "http://\(own)"]).status == 200)
      for site in ["cross-site", "same-site"] {
        #expect(try await server.request("/", ["Sec-Fetch-Site": site]).status == 403)
      }
      #expect(try await server.request("/", ["Sec-Fetch-Site": "none"]).status == 200)
      // What a browser asks before a foreign page may send the key.
      let asked = try await server.request(
        "OPTIONS", "/api/ratings",
        ["Origin": "http://evil.example", "Access-Control-Request-Method": "POST"])
      #expect(asked.status == 403 && asked.headers["access-control-allow-origin"] == nil)
    }
  }

  @Test func nothingIsToldOrTakenWithoutTheKey() async throws {
    try await withServer { server in
      let clip = server.clips[0].id
      let key = server.study.accessKey
      for wrong in [nil, "", "x", String(key.dropLast()), key + "0", key.uppercased() + "X"] {
        let changes: [String: String?] = ["X-PhyWorld-Key": wrong]
        for path in ["/api/study", "/api/clips/\(clip)/clip", "/api/nothing"] {
          #expect(try await server.request(path, changes).status == 401)
        }
        let join = try await server.request("POST", "/api/raters", changes, json: #"{"name": "A"}"#)
        #expect(join.status == 401)
      }
      // An address is no place for a key: it would be written into logs and histories.
      let inAddress = try await server.request("/api/study?key=\(key)", ["X-PhyWorld-Key": nil])
      #expect(inAddress.status == 401)
      #expect(try server.study.table().raters.isEmpty)
    }
  }

  @Test func clipsAreMp4FilesWithoutTheirNames() async throws {
    try await withServer { server in
      let assignment = try await server.signIn("Ada")
      #expect(Set(assignment.clips.map(\.id)) == Set(server.clips.map(\.id)))
      for clip in assignment.clips {
        #expect(clip.id.wholeMatch(of: /[0-9a-f]{32}/) != nil)
        let response = try await server.request("/api/clips/\(clip.id)/clip")
        #expect(response.status == 200 && response.headers["content-type"] == "video/mp4")
        #expect(response.body.range(of: Data("hidden".utf8)) == nil)
        let information = try VideoFile.information(of: response.body, name: "clip")
        #expect(information.codec == "h264" && information.pixelFormat == "yuv420p")
        #expect(information.frames == 8 && information.framesPerSecond == 10)
        // Answering a second time from memory gives the same bytes.
        #expect(try await server.request("/api/clips/\(clip.id)/clip").body == response.body)
      }
    }
  }

  @Test(
    "No address leads out of the study",
    arguments: [
      "/api/clips/../ratings.sqlite/clip", "/api/clips/..%2F..%2Fetc%2Fpasswd/clip",
      "/api/clips/hidden-a.mp4/clip", "/../ratings.sqlite", "/ratings.sqlite",
      "/%2e%2e/ratings.sqlite",
      "/page.css/../../ratings.sqlite", "//etc/passwd", "/api/clips/%00/clip",
      "/api/clips/x/truth", "/api/clips/0000/etc",
    ])
  func traversal(path: String) async throws {
    try await withServer { server in
      let response = try await server.request(path)
      #expect([400, 404].contains(response.status))
      #expect(response.body.range(of: Data("SQLite".utf8)) == nil)
    }
  }

  @Test func eachRaterHasAnOrderThatLasts() async throws {
    try await withFolder { folder in
      try writeClips((0..<12).map { "\($0).mp4" }, in: folder)
      func orders() async throws -> [[String]] {
        try await RunningServer.run(folder) { server in
          let source = Dictionary(
            uniqueKeysWithValues: server.clips.map { ($0.id, $0.file.source) })
          var orders: [[String]] = []
          for name in ["Ada", "Emmy", "ada"] {
            orders.append(try await server.signIn(name).clips.compactMap { source[$0.id] })
          }
          return orders
        }
      }
      let first = try await orders()
      #expect(first[0] == first[2] && first[0] != first[1] && first[0] != first[0].sorted())
      #expect(try await orders() == first)
      try FileManager.default.removeItem(at: folder.appendingPathComponent("5.mp4"))
      #expect(try await orders() == first.map { $0.filter { $0 != "5.mp4" } })
    }
  }

  @Test func answersAreKeptAndMayChange() async throws {
    try await withServer { server in
      let clip = try await server.signIn("Ada").clips[0].id
      #expect(try await server.rate("Ada", clip, "obeys").status == 204)
      #expect(try await server.rate("ada", clip, "violates").status == 204)
      let again = try await server.signIn("ADA")
      #expect(again.rater == "Ada")
      #expect(again.clips.first { $0.id == clip }?.answer == .violates)
      #expect(try server.study.table().history.map(\.answer) == [.obeys, .violates])
    }
  }

  @Test func whatIsNotAnAnswerIsRefusedAndNothingIsKept() async throws {
    try await withServer { server in
      let clip = try await server.signIn("Ada").clips[0].id
      #expect(try await server.rate("Ada", "unknown", "obeys").status == 404)
      #expect(try await server.rate("Ada", clip, "wrong").status == 400)
      #expect(try await server.rate("Ada", clip, "maybe").status == 400)
      #expect(try await server.rate("Nobody", clip, "obeys").status == 403)
      #expect(try await server.rate("=1", clip, "obeys").status == 400)
      for body in ["", "{", "[]", "null", "{\"rater\": 1}", String(repeating: "[", count: 4000)] {
        #expect(try await server.request("POST", "/api/ratings", json: body).status == 400)
      }
      let long = "{\"name\": \"\(String(repeating: "x", count: 5000))\"}"
      #expect(try await server.request("POST", "/api/raters", json: long).status == 413)
      // A form, which any page could send without being asked, is not taken.
      let form = try await server.request(
        "POST", "/api/raters", ["Content-Type": "text/plain"], json: #"{"name": "Eve"}"#)
      #expect(form.status == 415)
      #expect(try server.study.table().ratings.isEmpty)
      #expect(try server.study.table().raters == ["Ada"])
    }
  }

  @Test func onlyNamedRatersMayTakePartWhereThereAreNames() async throws {
    try await withServer(raters: ["Ada", "Emmy"]) { server in
      #expect(try await server.signIn("ada").rater == "ada")
      let stranger = try await server.request("POST", "/api/raters", json: #"{"name": "Eve"}"#)
      #expect(stranger.status == 403)
    }
  }

  @Test func aPortInUseIsAnError() async throws {
    try await withServer { server in
      let second = RatingServer(study: server.study, clips: server.clips, port: server.port)
      await #expect(
        throws: RatingError.cannotListen(port: server.port, cause: "another program uses it")
      ) {
        try await second.run(stopsOnSignals: false) { _ in }
      }
    }
  }

  @Test func aClipThatHasGoneSinceTheStartSaysSoAndNoFileName() async throws {
    try await withFolder { folder in
      try writeClips(["hidden.mp4", "other.mp4"], in: folder)
      try await RunningServer.run(folder) { server in
        try FileManager.default.removeItem(at: folder.appendingPathComponent("hidden.mp4"))
        let clip = try #require(server.clips.first { $0.file.source == "hidden.mp4" })
        let response = try await server.request("/api/clips/\(clip.id)/clip")
        #expect(response.status == 410 && !response.text.contains("hidden"))
      }
    }
  }
}

extension RunningServer {
  /// A GET request.
  func request(_ path: String, _ changes: [String: String?] = [:]) async throws -> RawResponse {
    try await request("GET", path, changes)
  }
}
