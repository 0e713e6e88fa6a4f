import Findings
import Foundation
import Videos

/// The files of a finding in its folder: `finding.json`, `index.html`, `README.md`, `figures/` and
/// `tables/`. The clips beside them are made by whoever ran the experiment.
public enum FindingFiles {
  /// The name of the file that holds a finding.
  public static let dataName = "finding.json"

  /// Writes everything; each file appears whole or not at all, and figures and tables of an earlier
  /// run that the finding has no more are removed.
  ///
  /// - Parameter index: the way from the folder to a page over all findings, such as
  ///   `../index.html`; nil without one.
  /// - Returns: what could not be made and does not stop the rest, such as pictures where FFmpeg draws
  ///   no SVG.
  /// - Throws: ``FindingFileError/badName(kind:name:cause:)`` before anything is written;
  ///   ``FindingFileError/cannotWrite(file:cause:)``
  @discardableResult
  public static func write(
    _ finding: Finding, to folder: URL, index: String? = nil
  ) throws(FindingFileError) -> [String] {
    try requireNames(finding.figures.map(\.name), of: "figure")
    try requireNames(finding.tables.map(\.name), of: "table")
    let isOurs = FileManager.default.fileExists(
      atPath: folder.appendingPathComponent(dataName).path)
    try save(data(of: finding, in: folder), as: dataName, in: folder)
    var remarks: [String] = []
    for figure in finding.figures { remarks += try write(figure, in: folder) }
    for table in finding.tables { try write(table, in: folder) }
    if isOurs {
      remove(besides: finding.figures.map(\.name), kinds: ["svg", "png"], in: folder, "figures")
      remove(
        besides: finding.tables.map(\.name), kinds: ["md", "csv", "tex"], in: folder, "tables")
    }
    try save(
      Data(FindingReadme(finding, folder: folder).markdown.utf8), as: "README.md", in: folder)
    try save(
      Data(FindingPage(finding: finding, folder: folder, index: index).page.html.utf8),
      as: "index.html",
      in: folder)
    return Array(Set(remarks)).sorted()
  }

  /// The finding of a folder.
  ///
  /// - Throws: ``FindingFileError/missing(file:)``,
  ///   ``FindingFileError/otherVersion(file:found:known:)``,
  ///   ``FindingFileError/broken(file:cause:)``
  public static func read(_ folder: URL) throws(FindingFileError) -> Finding {
    let file = folder.appendingPathComponent(dataName)
    guard FileManager.default.fileExists(atPath: file.path) else {
      throw .missing(file: file.path)
    }
    struct Head: Decodable { let version: Int }
    do {
      let data = try Data(contentsOf: file)
      let decoder = JSONDecoder()
      decoder.nonConformingFloatDecodingStrategy = .convertFromString(
        positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
      let version = try decoder.decode(Head.self, from: data).version
      guard version == Finding.currentVersion else {
        throw FindingFileError.otherVersion(
          file: file.path, found: version, known: Finding.currentVersion)
      }
      return try decoder.decode(Finding.self, from: data)
    } catch let error as FindingFileError {
      throw error
    } catch let error as DecodingError {
      throw .broken(file: file.path, cause: cause(of: error))
    } catch {
      throw .broken(file: file.path, cause: error.localizedDescription)
    }
  }

  // MARK: - Parts

  private static func data(of finding: Finding, in folder: URL) throws(FindingFileError) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    do {
      return try encoder.encode(finding) + Data("\n".utf8)
    } catch {
      throw .cannotWrite(
        file: folder.appendingPathComponent(dataName).path, cause: error.localizedDescription)
    }
  }

  private static func write(
    _ figure: FigureContent, in folder: URL
  ) throws(FindingFileError) -> [String] {
    let drawing = FigureDrawing(figure)
    try save(Data(drawing.svgFile().utf8), as: "figures/\(figure.name).svg", in: folder)
    let picture: Data
    do {
      picture = try ImageFile.png(drawing.image())
    } catch {
      return ["no PNG pictures of figures: \(error)"]
    }
    try save(picture, as: "figures/\(figure.name).png", in: folder)
    return []
  }

  private static func write(_ table: FindingTable, in folder: URL) throws(FindingFileError) {
    let report = table.report
    for (kind, text) in [
      ("md", report.markdown), ("csv", table.plainNumbers.csv), ("tex", report.latex),
    ] {
      try save(Data(text.utf8), as: "tables/\(table.name).\(kind)", in: folder)
    }
  }

  static func save(_ data: Data, as name: String, in folder: URL) throws(FindingFileError) {
    let file = folder.appendingPathComponent(name)
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try data.write(to: file, options: .atomic)
    } catch {
      throw .cannotWrite(file: file.path, cause: error.localizedDescription)
    }
  }

  private static func remove(
    besides names: [String], kinds: [String], in folder: URL, _ part: String
  ) {
    let place = folder.appendingPathComponent(part)
    let kept = Set(names.flatMap { name in kinds.map { "\(name).\($0)" } })
    for file in (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
    where kinds.contains(where: { file.hasSuffix(".\($0)") }) && !kept.contains(file) {
      try? FileManager.default.removeItem(at: place.appendingPathComponent(file))
    }
  }

  // MARK: - Checks

  private static func requireNames(
    _ names: [String], of kind: String
  ) throws(FindingFileError) {
    var seen: Set<String> = []
    for name in names {
      let allowed = name.unicodeScalars.allSatisfy {
        ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
          || "-_.".unicodeScalars.contains($0)
      }
      guard allowed, !name.isEmpty, name.first != ".", name.count <= 120 else {
        throw .badName(kind: kind, name: name, cause: "that is no name of a file")
      }
      // Some file systems do not tell large letters from small ones.
      guard seen.insert(name.lowercased()).inserted else {
        throw .badName(kind: kind, name: name, cause: "two have this name")
      }
    }
  }

  private static func cause(of error: DecodingError) -> String {
    func place(_ context: DecodingError.Context) -> String {
      context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
        .joined(separator: ".")
    }
    switch error {
    case .keyNotFound(let key, let context):
      let path = place(context)
      return "the key '\((path.isEmpty ? "" : path + ".") + key.stringValue)' is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "'\(place(context))' has a value of another kind"
    case .dataCorrupted(let context):
      let path = place(context)
      return path.isEmpty ? "it is not JSON" : "'\(path)' has a value that is not known"
    @unknown default:
      return "\(error)"
    }
  }
}

extension FindingTable {
  /// The table with minus signs that other programs read as such.
  fileprivate var plainNumbers: ReportTable {
    var table = self
    table.rows = rows.map { row in
      row.map { cell in
        cell.first == "−" && cell.dropFirst().first?.isNumber == true
          ? "-" + cell.dropFirst() : cell
      }
    }
    return table.report
  }
}
