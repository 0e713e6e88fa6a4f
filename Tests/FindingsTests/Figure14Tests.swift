import Findings
import Measures
import Testing
import Worlds

/// Which of two events a model shows.
@Suite struct Figure14Tests {
  private func scene(_ index: Int, _ level: String, errors: [Double]) -> SceneEvidence {
    let look = SceneEvidence.Look(
      shape: .disc, color: .red, radius: 1, velocity: Vector2(x: 1, y: 0))
    let body = SceneEvidence.BodyEvidence(given: look, shown: look, seenShare: 1)
    let measures = errors.enumerated().map { ("track_error.body_\($0.offset)", $0.element) }
    return made(
      index, Dictionary(uniqueKeysWithValues: measures), level: level,
      bodies: errors.map { _ in body })
  }

  @Test func theTableCountsWhichBodyIsFollowed() throws {
    var evidence = Evidence(seeds: [0])
    let both = [[0.1, 0.2], [0.1, 2], [0.1, .nan], [1, 0.2], [1, 1], [0.31, 0.29]]
    evidence.add(
      both.enumerated().map { scene($0.offset, "unseen_both", errors: $0.element) }
        + [scene(6, "seen_square_moves", errors: [0.1, 0.1])]
        + [scene(7, "seen_square_moves", errors: [0.1])], arm: "spatial", probe: "events", seed: 0)
    let table = try #require(
      ExperimentCatalogue.named("figure-14-spatial").tables(evidence).first {
        $0.name == "followed"
      })
    #expect(table.columns.suffix(3) == ["square alone", "ball alone", "neither"])
    #expect(
      table.rows == [
        ["square moves", "1", "1", "0", "0", "0"], ["both (unseen)", "6", "1", "2", "2", "1"],
      ])
  }

  @Test func withoutScenesThereAreNoRows() throws {
    let tables = try ExperimentCatalogue.named("figure-14-temporal").tables(Evidence(seeds: [0]))
    #expect(tables.map(\.rows.isEmpty) == [true])
  }
}
