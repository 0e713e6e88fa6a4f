import Foundation
import Testing

/// A headless Chromium that looks at a page through a frame of another page, which measures it.
enum HeadlessBrowser {
  /// Where Chromium is, if anywhere.
  static let path: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return ["chromium", "chromium-browser", "google-chrome"].lazy
      .flatMap { name in folders.map { "\($0)/\(name)" } }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()
  /// What a test that is skipped for want of it says.
  static let absent: Comment = "no Chromium on PATH; install the package chromium"

  /// What was measured, px.
  struct Measurements: Decodable {
    var width, contentWidth: Double
    var paper: String
    /// Texts of figures that stick out of their figure.
    var cutTexts: [String]
    /// Pairs of texts of a figure that lie on each other.
    var overlapping: [String]
  }

  private struct Problem: Error { let text: String }

  /// Lays out a page of a folder at a width.
  static func measure(
    _ page: String, in folder: URL, width: Double, isDark: Bool = false
  ) throws -> Measurements {
    guard let path else { throw Problem(text: "\(absent)") }
    let frame = folder.appendingPathComponent("frame-\(UUID().uuidString).html")
    let profile = folder.appendingPathComponent("profile-\(UUID().uuidString)")
    try Data(html(page, width).utf8).write(to: frame)
    defer { for file in [frame, profile] { try? FileManager.default.removeItem(at: file) } }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
      "--hide-scrollbars", "--allow-file-access-from-files", "--user-data-dir=\(profile.path)",
      "--window-size=1200,900", "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)",
      "--timeout=20000", "--dump-dom", frame.absoluteString,
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard let found = text.firstMatch(of: /<title>([^<]+)<\/title>/),
      let data = Data(base64Encoded: String(found.1))
    else { throw Problem(text: "the browser measured nothing: \(text.prefix(500))") }
    return try JSONDecoder().decode(Measurements.self, from: data)
  }

  private static func html(_ page: String, _ width: Double) -> String {
    """
    <!DOCTYPE html><html><head><meta charset="utf-8"><title></title></head><body>
    <iframe id="page" src="\(page)" style="width:\(width)px;height:700px;border:0"></iframe>
    <script>
    onload = () => {
      const inside = document.getElementById('page').contentDocument
      const root = inside.documentElement
      const cut = [], overlapping = []
      for (const figure of inside.querySelectorAll('svg.plot')) {
        const outer = figure.getBoundingClientRect()
        if (outer.width === 0) continue
        const boxes = []
        for (const text of figure.querySelectorAll('text')) {
          const box = text.getBoundingClientRect()
          if (box.left < outer.left - 1 || box.right > outer.right + 1
            || box.top < outer.top - 1 || box.bottom > outer.bottom + 1) cut.push(text.textContent)
          // Tilted names have boxes that overlap though they do not.
          if (/rotate\\(-37\\)/.test(text.getAttribute('transform') ?? '')) continue
          for (const other of boxes) {
            const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left)
            const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top)
            if (across > 2 && down > 4) overlapping.push(text.textContent + ' on ' + other.text)
          }
          boxes.push({ box, text: text.textContent })
        }
      }
      const found = {
        width: root.clientWidth, contentWidth: root.scrollWidth,
        paper: inside.defaultView.getComputedStyle(inside.body).backgroundColor,
        cutTexts: cut, overlapping,
      }
      const bytes = new TextEncoder().encode(JSON.stringify(found))
      document.title = btoa(String.fromCharCode(...bytes))
    }
    </script></body></html>
    """
  }
}
