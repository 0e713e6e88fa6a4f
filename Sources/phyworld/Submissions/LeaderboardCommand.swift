import ArgumentParser
import Foundation
import Submissions

struct LeaderboardCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "leaderboard",
    abstract: "Show a folder of leaderboard entries as text, Markdown, page or CSV.",
    discussion: """
      An entry is a JSON file that phyworld evaluate writes with --entry FOLDER --model NAME.

      Examples:
        phyworld leaderboard board
        phyworld leaderboard board --html board.html --markdown board.md --csv board.csv
      """)

  @Argument(help: "The folder of entries.")
  var folder: String

  @Option(help: "Write a page that needs nothing else.")
  var html: String?

  @Option(help: "Write Markdown.")
  var markdown: String?

  @Option(help: "Write comma-separated values.")
  var csv: String?

  @OptionGroup var global: GlobalOptions

  func execute() throws {
    let board = try Leaderboard(URL(fileURLWithPath: folder))
    let page = LeaderboardPage(board)
    for (path, text) in [(html, page.html), (markdown, page.markdown), (csv, page.csv)] {
      guard let path else { continue }
      do {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
      } catch {
        throw SubmissionError.cannotWrite(path: path, cause: error.localizedDescription)
      }
    }
    if global.json { try Terminal.result(json: board.groups.map(\.entries)) }
    if !global.quiet { Terminal.write(page.text) }
    for problem in board.problems { Terminal.line("left out: \(problem)") }
    if !board.problems.isEmpty { throw Exit.partial }
  }
}
