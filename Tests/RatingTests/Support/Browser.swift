import Foundation
import Measures
import Testing

/// A headless Chromium, spoken to over its debugging pipe.
final class Browser: Sendable {
  /// Where Chromium is, if anywhere.
  static let path: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return ["chromium", "chromium-browser", "google-chrome"].lazy
      .flatMap { name in folders.map { "\($0)/\(name)" } }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()
  /// What a test that is skipped for want of it says.
  static let absent: Comment = "no Chromium on PATH; install the package chromium"

  private let process: Process
  private let pipe: MessagePipe
  private let profile: URL

  /// Lets `body` use a browser, which is ended afterwards.
  static func run<Result: Sendable>(_ body: (Browser) async throws -> Result) async throws -> Result
  {
    let browser = try Browser()
    defer { browser.end() }
    return try await body(browser)
  }

  private init() throws {
    guard let path = Browser.path else { throw TestProblem("\(Browser.absent)") }
    signal(SIGPIPE, SIG_IGN)
    profile = FileManager.default.temporaryDirectory
      .appendingPathComponent("phyworld-browser-\(UUID().uuidString)")
    let (input, output) = (Pipe(), Pipe())
    process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    // Chromium reads commands from descriptor 3 and writes answers to 4.
    process.arguments = [
      "-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1", path, "--headless",
      "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
      "--remote-debugging-pipe", "--window-size=1100,860", "--user-data-dir=\(profile.path)",
      "about:blank",
    ]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    pipe = MessagePipe(reading: output.fileHandleForReading, writing: input.fileHandleForWriting)
  }

  private func end() {
    process.terminate()
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: profile)
  }

  /// Opens a page in a window that shares nothing with others.
  func open(_ url: URL) async throws -> Tab {
    let context = try await command("Target.createBrowserContext")["browserContextId"]
    let target = try await command(
      "Target.createTarget",
      ["url": .string("about:blank"), "browserContextId": context ?? .null])["targetId"]
    let session = try await command(
      "Target.attachToTarget", ["targetId": target ?? .null, "flatten": .bool(true)])["sessionId"]
    guard case .string(let name) = session else { throw TestProblem("no session") }
    let tab = Tab(browser: self, session: name)
    for domain in ["Page", "Runtime", "Log"] { _ = try await tab.command("\(domain).enable") }
    try await tab.go(to: url)
    return tab
  }

  /// Everything that pages complained about: errors, exceptions, what their policy forbids.
  var complaints: [String] { pipe.complaints }

  func command(
    _ method: String, _ parameters: [String: JSONValue] = [:], session: String? = nil
  ) async throws -> [String: JSONValue] {
    let pipe = pipe
    return try await blocking { try pipe.ask(method, parameters, session: session) }
  }
}
