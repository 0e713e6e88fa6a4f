import Foundation
import Measures
import Submissions
import TestSupport
import Testing

@Suite struct LeaderboardTests {
  private func document(_ folder: URL, count: Int = 4) throws -> EvaluationDocument {
    let split = try Trial.split(count)
    let videos = try folder["videos"].made()
    try Trial.write(split, to: videos, size: 32)
    return try Trial.evaluation(videos, split, to: folder["out"]).run()
  }

  @Test func entriesAreRankedWithinTheirScenes() throws {
    try withTemporaryFolder { folder in
      let board = folder["board"]
      var document = try document(folder)
      try LeaderboardEntry(document, model: "good").write(to: board)
      document.measures["all"]?["velocity_error.unbiased"]?.mean = 0.5
      try LeaderboardEntry(document, model: "poor", commit: "abc").write(to: board)
      document.settings.split.seed = 9
      try LeaderboardEntry(document, model: "elsewhere").write(to: board)
      let read = try Leaderboard(board)
      #expect(read.groups.map { $0.entries.map(\.model) } == [["good", "poor"], ["elsewhere"]])
      #expect(read.problems.isEmpty)
      // The same again takes the place of the former.
      try LeaderboardEntry(document, model: "elsewhere", note: "again").write(to: board)
      #expect(board.names.count == 3)
    }
  }

  @Test func textOfEntriesStaysText() throws {
    try withTemporaryFolder { folder in
      let evil = "../../x\"><script>alert(1)</script>[a](javascript:b)|=cmd()\u{1B}[2J\n# no"
      let entry = LeaderboardEntry(
        try document(folder), model: evil, commit: "<img src=x>", note: "=HYPERLINK(\"x\")")
      let file = try entry.write(to: folder["board"])
      #expect(file.deletingLastPathComponent().lastPathComponent == "board")
      #expect(
        file.lastPathComponent.utf8.allSatisfy {
          (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46
        })
      let page = LeaderboardPage(try Leaderboard(folder["board"]))
      for part in ["<script", "<img", "javascript:b)|", "\u{1B}"] {
        #expect(!page.html.contains(part) || part.hasPrefix("javascript"), "\(part)")
        #expect(!page.markdown.contains(part), "\(part)")
        #expect(!page.text.contains("\u{1B}"))
      }
      #expect(!page.markdown.contains("[a](") && !page.markdown.contains("\n# no"))
      #expect(page.csv.contains("'=HYPERLINK"))
      #expect(page.html.contains("default-src 'none'"))
    }
  }

  @Test func brokenEntriesAreLeftOutAndNamed() throws {
    try withTemporaryFolder { folder in
      let board = folder["board"]
      try LeaderboardEntry(document(folder), model: "good").write(to: board)
      let whole = try String(contentsOf: board[board.names[0]], encoding: .utf8)
      try Data().write(to: board["a.json"])
      try Data("{}".utf8).write(to: board["b.json"])
      try Data(whole.replacing("\"version\" : 1", with: "\"version\" : 7").utf8)
        .write(to: board["c.json"])
      try Data(whole.replacing("\"scored\" : 4", with: "\"scored\" : -4").utf8)
        .write(to: board["d.json"])
      _ = try board["e.json"].made()
      #expect(mkfifo(board["f.json"].path, 0o600) == 0)
      try Data(String(repeating: "[", count: 100_000).utf8).write(to: board["g.json"])
      let read = try Leaderboard(board)
      #expect(read.groups.count == 1 && read.groups[0].entries.count == 1)
      #expect(read.problems.map(\.file) == ["a", "b", "c", "d", "e", "f", "g"].map { "\($0).json" })
      #expect(LeaderboardPage(read).html.contains("Left out"))
      #expect(throws: SubmissionError.self) { try Leaderboard(folder["none"]) }
    }
  }

  @Test func anEmptyFolderIsAnEmptyBoard() throws {
    try withTemporaryFolder { folder in
      let page = LeaderboardPage(try Leaderboard(folder))
      #expect(page.csv.isEmpty && page.text.isEmpty && page.markdown == "# Leaderboard\n\n")
    }
  }
}
