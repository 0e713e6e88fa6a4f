import Combinatorial
import Foundation
import Testing

struct SplitTests {
  @Test func splitsHaveThePapersCounts() {
    let counts = CombinatorialSplit.allCases.map(\.selection.count)
    #expect(
      counts == [
        594_000, 2_970_000, 5_940_000, 5_643_000, 6_000, 30_000, 60_000, 57_000, 1_000, 700, 1_000,
      ])
    #expect(
      CombinatorialSplit.train6.templates.map(\.letters)
        == ["EFGH", "CDEF", "CDGH", "ABCD", "ABEF", "ABGH"])
    #expect(CombinatorialSplit.train30.templates.compactMap(\.number).allSatisfy { $0 % 2 == 0 })
  }

  @Test func leakFreeSplitsShareNothing() throws {
    func compositions(_ split: CombinatorialSplit) -> Set<String> {
      Set(split.templates.map(\.composition))
    }
    // What the paper calls unseen has been seen in part.
    #expect(compositions(.train60).intersection(compositions(.outOfTemplate)).count == 3)
    #expect(
      compositions(.train60).isDisjoint(with: compositions(.outOfTemplateWithoutTwins)))
    #expect(
      compositions(.trainLeakFree).isDisjoint(with: compositions(.outOfTemplateLeakFree)))
    #expect(CombinatorialSplit.trainLeakFree.templates.count == 57)
    for split in [CombinatorialSplit.train6, .train30] {
      #expect(compositions(split).isDisjoint(with: compositions(.outOfTemplate)))
    }
    // Nor do they share chains of static balls.
    func seeds(_ split: CombinatorialSplit) -> Set<UInt32> {
      Set(split.selection.tasks.map(StaticBallChain.chainSeed))
    }
    #expect(seeds(.trainLeakFree) == seeds(.outOfTemplate))
    #expect(seeds(.trainLeakFree).isDisjoint(with: seeds(.outOfTemplateLeakFree)))
  }

  @Test func theEvaluatedFilesAreThoseOfThePaper() throws {
    for (split, count, first) in [
      (CombinatorialSplit.inTemplate6, 600, 1), (.inTemplate30, 600, 5), (.inTemplate60, 600, 10),
      (.inTemplateLeakFree, 570, 10), (.outOfTemplate, 500, 2),
      (.outOfTemplateWithoutTwins, 350, 2),
    ] {
      let indices = try #require(split.evaluatedIndices)
      #expect(indices.count == count && indices[1] == first, "\(split)")
      let stream = CombinatorialStream(split, seed: 0)
      let second = try stream.element(at: indices[1])
      #expect(second.template == split.templates[0] && second.task == first)
      let trials = Set(try indices.map { try stream.element(at: $0).trial })
      #expect(trials == [split.role == .inTemplate ? 990 : 0])
    }
    #expect(CombinatorialSplit.train6.evaluatedIndices == nil)
  }

  @Test func trainingIsInterleaved() throws {
    let stream = CombinatorialStream(.train60, seed: 0)
    let begin = try (0..<60).map { try stream.element(at: $0) }
    #expect(begin.map(\.template) == CombinatorialSplit.train60.templates)
    #expect(begin.allSatisfy { $0.task == 0 && $0.trial == 0 })
    let last = try stream.element(at: stream.count - 1)
    #expect(last.template.number == 10059 && last.task == 99 && last.trial == 989)
    var all = Set<CombinatorialSelection.Element>()
    let small = try CombinatorialSelection(
      templates: CombinatorialSplit.train6.templates, tasks: 2..<5, trials: 7..<9)
    for index in 0..<small.count { all.insert(try #require(small.element(at: index))) }
    #expect(all.count == 6 * 3 * 2)
  }

  @Test func whatIsNotThereFails() throws {
    let stream = CombinatorialStream(.outOfTemplate, seed: 0)
    for index in [-1, 1000, Int.max] {
      #expect(
        throws: CombinatorialError.noSuchScene(index: index, split: "out_of_template", count: 1000)
      ) { try stream.scene(at: index) }
    }
    #expect(throws: CombinatorialError.unknownSplit("train_7")) {
      try CombinatorialSplit(named: "train_7")
    }
    #expect(try CombinatorialSplit(named: "train-leak-free") == .trainLeakFree)
    #expect(throws: CombinatorialError.number("task", value: -1)) {
      try CombinatorialSelection(templates: [], tasks: -1..<3, trials: 0..<1)
    }
  }

  /// Sets that others have made must stay what they are.
  @Test func scenesAreFrozen() throws {
    let stream = CombinatorialStream(.train60, seed: 0)
    let balls = try [0, 1, 60, 5999, 5_939_999].map { index -> [Int] in
      let scene = try stream.scene(at: index)
      let ball = try #require(scene.bodies.last)
      return [scene.bodies.count, Int(ball.position.x), Int(ball.position.y), Int(ball.diameter)]
    }
    #expect(
      balls == [
        [7, 354, 409, 88], [5, 81, 376, 20], [8, 377, 304, 62], [9, 151, 431, 128],
        [9, 66, 277, 42],
      ])
  }

  @Test func aSceneFollowsFromSeedAndNumber() throws {
    let stream = CombinatorialStream(.train60, seed: 3)
    let scene = try stream.scene(at: 77)
    #expect(try stream.scene(at: 77) == scene)
    #expect(try CombinatorialStream(.train60, seed: 4).scene(at: 77).bodies != scene.bodies)
    // A trial changes the red ball alone, a task everything.
    let template = try #require(scene.template)
    let other = try CombinatorialScene(template: template, task: scene.task, trial: 1, seed: 3)
    #expect(other.bodies.dropLast() == scene.bodies.dropLast())
    #expect(other.bodies.last != scene.bodies.last)
    let next = try CombinatorialScene(template: template, task: scene.task + 1, seed: 3)
    #expect(next.bodies.dropLast() != scene.bodies.dropLast())
    #expect(throws: CombinatorialError.number("trial", value: -2)) {
      try CombinatorialScene(template: template, trial: -2)
    }
  }
}
