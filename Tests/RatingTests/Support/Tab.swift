import Foundation
import Measures

/// A page in a ``Browser``.
struct Tab: Sendable {
  let browser: Browser
  let session: String

  @discardableResult
  func command(
    _ method: String, _ parameters: [String: JSONValue] = [:]
  ) async throws -> [String: JSONValue] {
    try await browser.command(method, parameters, session: session)
  }

  func go(to url: URL) async throws {
    try await command("Page.navigate", ["url": .string(url.absoluteString)])
  }

  /// The value of an expression; promises are waited for.
  @discardableResult
  func value(_ expression: String) async throws -> JSONValue {
    let answer = try await command(
      "Runtime.evaluate",
      [
        "expression": .string(expression), "awaitPromise": .bool(true),
        "returnByValue": .bool(true),
      ])
    if let problem = answer["exceptionDetails"] { throw TestProblem("\(expression): \(problem)") }
    guard case .object(let result) = answer["result"] else { return .null }
    return result["value"] ?? .null
  }

  func text(_ selector: String) async throws -> String {
    let found = try await value("document.querySelector(`\(selector)`)?.textContent ?? ''")
    guard case .string(let text) = found else { return "" }
    return text
  }

  /// Waits until an expression holds; while the page loads it may name what is not there yet.
  func wait(_ expression: String, seconds: Int = 30) async throws {
    let guarded = "(() => { try { return Boolean(\(expression)) } catch { return false } })()"
    for _ in 0..<(seconds * 20) {
      if try await value(guarded) == .bool(true) { return }
      try await Task.sleep(for: .milliseconds(50))
    }
    let page = try await text("main")
    throw TestProblem("waited \(seconds) s for \(expression); the page says '\(page)'")
  }

  /// Waits until the page is in a state of its script: `welcome`, `ready` or `done`.
  func wait(state: String) async throws {
    try await wait("document.body.dataset.state === '\(state)'")
  }

  /// Presses and releases a key, as a keyboard does.
  func press(_ key: String) async throws {
    let codes = ["Enter": 13, "ArrowLeft": 37, "ArrowRight": 39, " ": 32]
    let code = codes[key] ?? Int(key.uppercased().unicodeScalars.first?.value ?? 0)
    var parameters: [String: JSONValue] = [
      "type": .string("keyDown"), "key": .string(key),
      "windowsVirtualKeyCode": .number(Double(code)),
    ]
    if key == "Enter" { parameters["text"] = .string("\r") }
    if key.count == 1 { parameters["text"] = .string(key) }
    try await command("Input.dispatchKeyEvent", parameters)
    parameters["type"] = .string("keyUp")
    parameters["text"] = nil
    try await command("Input.dispatchKeyEvent", parameters)
  }

  /// Types a text where the cursor is.
  func type(_ text: String) async throws {
    try await command("Input.insertText", ["text": .string(text)])
  }

  /// Clicks the middle of an element with the mouse.
  func click(_ selector: String) async throws {
    let place = try await value(
      """
      (() => {
        const box = document.querySelector(`\(selector)`).getBoundingClientRect()
        return [box.x + box.width / 2, box.y + box.height / 2]
      })()
      """)
    guard case .array(let numbers) = place, numbers.count == 2 else {
      throw TestProblem("nothing to click at \(selector)")
    }
    for type in ["mousePressed", "mouseReleased"] {
      try await command(
        "Input.dispatchMouseEvent",
        [
          "type": .string(type), "x": numbers[0], "y": numbers[1], "button": .string("left"),
          "clickCount": .number(1),
        ])
    }
  }

  /// Signs in by keyboard and waits for the first clip.
  func signIn(_ name: String) async throws {
    try await wait(state: "welcome")
    try await type(name)
    try await press("Enter")
    try await wait(state: "ready")
  }

  /// Answers the clip on show by a key and waits for what comes next.
  func answer(_ key: String) async throws {
    let before = try await value("document.querySelector('#clip video').src")
    guard case .string(let source) = before else { throw TestProblem("no clip on show") }
    try await press(key)
    try await wait(
      "document.body.dataset.state === 'done' || (document.body.dataset.state === 'ready' "
        + "&& document.querySelector('#clip video').src !== '\(source)')")
  }

  /// Writes pictures of the page, light, dark and as on a telephone, into the folder that
  /// `PHYWORLD_SCREENSHOTS` names, if it does.
  func picture(_ name: String) async throws {
    guard let folder = ProcessInfo.processInfo.environment["PHYWORLD_SCREENSHOTS"] else { return }
    for (look, scheme, width) in [
      ("", "light", 0.0), ("-dark", "dark", 0), ("-phone", "light", 390),
    ] {
      let media: JSONValue = .object([
        "name": .string("prefers-color-scheme"), "value": .string(scheme),
      ])
      try await command("Emulation.setEmulatedMedia", ["features": .array([media])])
      try await command(
        "Emulation.setDeviceMetricsOverride",
        [
          "width": .number(width), "height": .number(width * 2), "deviceScaleFactor": .number(1),
          "mobile": .bool(width > 0),
        ])
      try await Task.sleep(for: .milliseconds(300))
      let answer = try await command("Page.captureScreenshot")
      guard case .string(let text) = answer["data"], let data = Data(base64Encoded: text) else {
        throw TestProblem("no picture")
      }
      try data.write(to: URL(fileURLWithPath: folder).appendingPathComponent(name + look + ".png"))
    }
    try await command("Emulation.setEmulatedMedia", ["features": .array([])])
    try await command("Emulation.clearDeviceMetricsOverride")
  }
}
