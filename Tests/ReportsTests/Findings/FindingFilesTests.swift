import Findings
import Foundation
import Reports
import TestSupport
import Testing
import Videos

@Suite struct FindingFilesTests {
  private func text(_ name: String, in folder: URL) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  private func replace(_ old: String, by new: String, in folder: URL) throws {
    let file = folder.appendingPathComponent("finding.json")
    try text("finding.json", in: folder).replacing(old, with: new)
      .write(to: file, atomically: true, encoding: .utf8)
  }

  @Test func whatIsWrittenIsReadBack() throws {
    try withTemporaryFolder { folder in
      var finding = MadeUp.finding()
      finding.claims[1].estimate = Estimate(
        value: .nan, low: .nan, high: .nan, scenes: 0, seeds: 0)
      try FindingFiles.write(finding, to: folder)
      #expect(try FindingFiles.read(folder) == finding)
    }
  }

  @Test func numbersThatAreNotFiniteAreKept() throws {
    try withTemporaryFolder { folder in
      var finding = MadeUp.finding()
      finding.figures = [
        FigureContent(
          name: "a", title: "a", caption: "",
          drawing: .chart(
            ChartContent(
              x: .init("x"), y: .init("y"),
              series: [.init("s", .line, color: 1, [.init(1, .infinity), .init(2, 3)])])))
      ]
      try FindingFiles.write(finding, to: folder)
      #expect(try FindingFiles.read(folder) == finding)
    }
  }

  @Test func theFolderHoldsEveryFormat() throws {
    try withTemporaryFolder { folder in
      let remarks = try FindingFiles.write(MadeUp.finding(), to: folder)
      #expect(
        try names(in: folder) == ["README.md", "figures", "finding.json", "index.html", "tables"])
      let kinds = ImageFile.drawsSVG ? ["png", "svg"] : ["svg"]
      let figures = MadeUp.finding().figures.flatMap { figure in
        kinds.map { "\(figure.name).\($0)" }
      }
      #expect(try names(in: folder.appendingPathComponent("figures")) == figures.sorted())
      #expect(remarks.isEmpty == ImageFile.drawsSVG)
      #expect(
        try names(in: folder.appendingPathComponent("tables"))
          == ["errors.csv", "errors.md", "errors.tex"])
      #expect(try text("tables/errors.csv", in: folder).contains("-0.302 (−0.4 to −0.2)"))
      #expect(try text("tables/errors.tex", in: folder).contains("0.611 (0.502 to 0.724)"))
      #expect(try text("tables/errors.md", in: folder).contains("| 1.25–3.75 |"))
    }
  }

  @Test func theReadmeTellsTheVerdicts() throws {
    try withTemporaryFolder { folder in
      var finding = MadeUp.finding()
      finding.claims[0].sentence = "a | b <script> [x](y)"
      try FindingFiles.write(finding, to: folder)
      let readme = try text("README.md", in: folder)
      #expect(readme.contains("**fails** at scale `laptop`"))
      #expect(readme.contains("| **undecided** |"))
      #expect(readme.contains("a \\| b &lt;script&gt; \\[x\\]\\(y\\)"))
      let kind = ImageFile.drawsSVG ? "png" : "svg"
      #expect(readme.contains("(figures/error-map.\(kind))"))
      #expect(readme.contains("(tables/errors.md)"))
      #expect(!readme.contains(folder.path))
    }
  }

  @Test func whatTheFindingNoLongerHasIsRemoved() throws {
    try withTemporaryFolder { folder in
      try FindingFiles.write(MadeUp.finding(), to: folder)
      let other = folder.appendingPathComponent("figures/notes.txt")
      try Data("mine".utf8).write(to: other)
      var finding = MadeUp.finding()
      finding.figures = [MadeUp.map]
      finding.tables = []
      try FindingFiles.write(finding, to: folder)
      let kinds = ImageFile.drawsSVG ? ["error-map.png", "error-map.svg"] : ["error-map.svg"]
      #expect(
        try names(in: folder.appendingPathComponent("figures")) == kinds + ["notes.txt"])
      #expect(try names(in: folder.appendingPathComponent("tables")).isEmpty)
    }
  }

  @Test func aFolderThatIsNoFindingYetKeepsItsFiles() throws {
    try withTemporaryFolder { folder in
      let mine = folder.appendingPathComponent("figures/mine.png")
      try FileManager.default.createDirectory(
        at: mine.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("mine".utf8).write(to: mine)
      try FindingFiles.write(MadeUp.finding(), to: folder)
      #expect(FileManager.default.fileExists(atPath: mine.path))
    }
  }

  @Test(arguments: ["", "../a", "a/b", ".hidden", "ä", "a b"])
  func namesThatAreNoFilesAreRefused(name: String) throws {
    try withTemporaryFolder { folder in
      var finding = MadeUp.finding()
      finding.figures[1].name = name
      #expect {
        try FindingFiles.write(finding, to: folder)
      } throws: {
        guard case FindingFileError.badName("figure", name, _) = $0 else { return false }
        return "\($0)".contains("give it a name of letters")
      }
      let left = try names(in: folder)
      #expect(left.isEmpty)
    }
  }

  @Test func twoTablesOfOneNameAreRefused() throws {
    try withTemporaryFolder { folder in
      var finding = MadeUp.finding()
      finding.tables.append(finding.tables[0])
      finding.tables[1].name = "Errors"
      #expect {
        try FindingFiles.write(finding, to: folder)
      } throws: {
        $0 as? FindingFileError
          == .badName(kind: "table", name: "Errors", cause: "two have this name")
      }
    }
  }

  @Test func aFolderWithoutAFindingIsNamed() throws {
    try withTemporaryFolder { folder in
      let file = folder.path + "/finding.json"
      #expect {
        try FindingFiles.read(folder)
      } throws: {
        $0 as? FindingFileError == .missing(file: file)
          && "\($0)".contains("phyworld reproduce")
      }
    }
  }

  @Test(arguments: [0, 2]) func anotherVersionIsNamedWithBoth(version: Int) throws {
    try withTemporaryFolder { folder in
      try FindingFiles.write(MadeUp.finding(), to: folder)
      try replace("\"version\" : 1", by: "\"version\" : \(version)", in: folder)
      // What else is in it does not matter.
      try replace("\"paper\"", by: "\"newspaper\"", in: folder)
      #expect {
        try FindingFiles.read(folder)
      } throws: {
        $0 as? FindingFileError
          == .otherVersion(file: folder.path + "/finding.json", found: version, known: 1)
          && "\($0)".contains("is of version \(version), this program reads version 1")
          && "\($0)".contains(version > 1 ? "newer phyworld" : "run the experiment again")
      }
    }
  }

  @Test(
    arguments: [
      ("{", "\n", "it is not JSON"), ("\"paper\"", "\"newspaper\"", "'paper' is missing"),
      ("\"verdict\" : \"fails\"", "\"verdict\" : \"perhaps\"", "claims.[2].verdict"),
      ("\"title\" : \"Gaps in the training speeds\"", "\"title\" : 3", "'title'"),
    ])
  func brokenFilesAreNamedWithWhatIsWrong(old: String, new: String, cause: String) throws {
    try withTemporaryFolder { folder in
      try FindingFiles.write(MadeUp.finding(), to: folder)
      try replace(old, by: new, in: folder)
      #expect {
        try FindingFiles.read(folder)
      } throws: {
        guard case FindingFileError.broken(folder.path + "/finding.json", _) = $0 else {
          return false
        }
        return "\($0)".contains(cause)
      }
    }
  }

  @Test func aPlaceThatCannotBeWrittenIsNamed() {
    #expect {
      try FindingFiles.write(MadeUp.finding(), to: URL(fileURLWithPath: "/proc/nowhere"))
    } throws: {
      guard case FindingFileError.cannotWrite = $0 else { return false }
      return "\($0)".contains("/proc/nowhere/finding.json")
    }
  }

  @Test func theIndexReadsWhatItCanAndNamesTheRest() throws {
    try withTemporaryFolder { folder in
      try FindingFiles.write(MadeUp.finding(), to: folder.appendingPathComponent("laptop/figure-7"))
      let other = folder.appendingPathComponent("laptop/figure-8")
      try FindingFiles.write(MadeUp.finding(), to: other)
      try replace("\"version\" : 1", by: "\"version\" : 9", in: other)
      let page = folder.appendingPathComponent("laptop/figure-7")
      #expect(try !text("index.html", in: page).contains("All experiments"))
      let index = try FindingIndex.write(to: folder)
      try index.linkPages(in: folder)
      let wayBack = "<a href=\"../../index.html\">All experiments</a>"
      #expect(try text("index.html", in: page).contains(wayBack))
      #expect(try !text("index.html", in: other).contains(wayBack))
      #expect(index.entries.map(\.folder) == ["laptop/figure-7"])
      try FindingFiles.write(MadeUp.finding(), to: page, index: "../../index.html")
      #expect(try text("index.html", in: page).contains(wayBack))
      #expect(index.problems.count == 1)
      let html = try text("index.html", in: folder)
      #expect(html.contains("href=\"./laptop/figure-7/index.html\""))
      #expect(html.contains("laptop/figure-8/finding.json is of version 9"))
      #expect(!html.contains(folder.path))
      let table = try text("verdicts.md", in: folder)
      #expect(table.contains("| [figure-7](./laptop/figure-7/README.md) | laptop | **holds** |"))
    }
  }

  @Test func anIndexOfNoFolderIsRefused() {
    #expect(throws: FindingFileError.missing(file: "/nowhere")) {
      try FindingIndex.write(to: URL(fileURLWithPath: "/nowhere"))
    }
  }
}
