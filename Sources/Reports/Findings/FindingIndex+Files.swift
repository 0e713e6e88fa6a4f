import Foundation

extension FindingIndex {
  /// The findings in the folders below `folder`, up to two deep: `figure-7` or `laptop/figure-7`.
  ///
  /// A finding that cannot be read is one of the index's ``problems`` and stops none of the others.
  /// - Throws: ``FindingFileError/missing(file:)`` where there is no such folder.
  public static func read(_ folder: URL) throws(FindingFileError) -> FindingIndex {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder),
      isFolder.boolValue
    else { throw .missing(file: folder.path) }
    var entries: [Entry] = []
    var problems: [String] = []
    for name in folders(below: folder, depth: 2) {
      do {
        let finding = try FindingFiles.read(folder.appendingPathComponent(name))
        entries.append(Entry(finding, folder: name))
      } catch {
        if case .missing = error { continue }
        // The page may be read elsewhere, where only the path from here on says anything.
        problems.append(error.description.replacing(folder.path + "/", with: ""))
      }
    }
    return FindingIndex(entries, problems: problems)
  }

  /// Writes `index.html` and `verdicts.md` over all findings below a folder.
  ///
  /// - Returns: the index, whose ``problems`` should be told.
  /// - Throws: ``FindingFileError/missing(file:)``, ``FindingFileError/cannotWrite(file:cause:)``
  @discardableResult
  public static func write(to folder: URL) throws(FindingFileError) -> FindingIndex {
    let index = try read(folder)
    try index.save(in: folder)
    return index
  }

  /// Writes `index.html` and `verdicts.md` into the folder that was read.
  ///
  /// - Throws: ``FindingFileError/cannotWrite(file:cause:)``
  public func save(in folder: URL) throws(FindingFileError) {
    try FindingFiles.save(Data(page.html.utf8), as: "index.html", in: folder)
    try FindingFiles.save(Data(markdown.utf8), as: "verdicts.md", in: folder)
  }

  /// Writes the findings' pages again with a way back to the index in `folder`; for findings that came from elsewhere.
  ///
  /// - Throws: ``FindingFileError/cannotWrite(file:cause:)``
  public func linkPages(in folder: URL) throws(FindingFileError) {
    for entry in entries {
      let own = folder.appendingPathComponent(entry.folder)
      let way = entry.folder.split(separator: "/").map { _ in "../" }.joined() + "index.html"
      let page = FindingPage(finding: entry.finding, folder: own, index: way).page
      try FindingFiles.save(Data(page.html.utf8), as: "index.html", in: own)
    }
  }

  private static func folders(below folder: URL, depth: Int) -> [String] {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    return names.filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
      let place = folder.appendingPathComponent(name)
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder),
        isFolder.boolValue
      else { return [] }
      let below = depth > 1 ? folders(below: place, depth: depth - 1) : []
      return [name] + below.map { "\(name)/\($0)" }
    }
  }
}
