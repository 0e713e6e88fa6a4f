/// The files of the page, which are part of the program.
enum Page {
  /// A file and how browsers are to read it.
  struct File: Sendable {
    var path: String
    var type: String
    var bytes: [UInt8]
  }

  static let files = [
    File(path: "/", type: "text/html; charset=utf-8", bytes: PackageResources.page_html),
    File(path: "/page.css", type: "text/css; charset=utf-8", bytes: PackageResources.page_css),
    script("page", PackageResources.page_js),
    script("view", PackageResources.view_js),
    script("server", PackageResources.server_js),
  ]

  private static func script(_ name: String, _ bytes: [UInt8]) -> File {
    File(path: "/\(name).js", type: "text/javascript; charset=utf-8", bytes: bytes)
  }
}
