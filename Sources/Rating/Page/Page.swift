/// The files of the page, which are part of the program.
enum Page {
  /// The document.
  static let html = PackageResources.page_html
  /// Its look.
  static let css = PackageResources.page_css
  /// Its script.
  static let script = PackageResources.page_js
}
