import Foundation
import TestSupport
import Testing

@Suite("estimate") struct EstimateTests {
  private struct Answer: Decodable {
    struct Part: Decodable {
      let name: String
      let seconds: Double
    }
    let parameters: Int
    let flops_per_step: Double
    let memory_bytes: Int
    let seconds: Double
    let parts: [Part]
  }

  private func answer(_ arguments: [String]) throws -> Answer {
    let outcome = try Program.expectSuccess(["estimate", "--json", "--quiet"] + arguments)
    return try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8))
  }

  /// Time is not compared here: other programs run beside the tests.
  @Test func tellsWhatARunWillTake() throws {
    try withTemporaryFolder { folder in
      let settings = try Miniature.settings(["loop.steps=40", "loop.probeEvery=0"])
      let estimate = try answer(settings)
      #expect(
        Set(estimate.parts.map(\.name)) == [
          "encoding", "making the model", "training", "checkpoints",
        ])
      #expect(abs(estimate.parts.reduce(0) { $0 + $1.seconds } - estimate.seconds) < 1e-6)
      #expect(estimate.memory_bytes > 50_000_000)
      let run = folder.appendingPathComponent("run")
      try Program.expectSuccess(["train", "--output", run.path] + settings)
      let card = try String(
        contentsOf: run.appendingPathComponent("model/README.md"), encoding: .utf8)
      #expect(card.contains("| weights | \(estimate.parameters) |"))
    }
  }

  @Test func tellsOfASizeOfThePaper() throws {
    let estimate = try answer([
      "--model", "S", "--batch", "2", "--steps", "10", "--threads", "1",
    ])
    #expect(abs(Double(estimate.parameters) / 1e6 - 22.5) < 0.5)
    #expect(estimate.flops_per_step > 2e11)
    #expect(estimate.memory_bytes > 22_500_000 * 16)
  }

  @Test func refusesWhatCannotBe() throws {
    try Program.expectFailure(
      65, ["estimate", "--scale", "quick", "--set", "model.heads=5"], naming: ["heads is 5"])
    #expect(try Program.run(["estimate", "--model", "M"]).code == 64)
    #expect(try Program.run(["estimate", "--batch", "0"]).code == 64)
  }
}
