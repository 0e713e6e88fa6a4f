import Datasets
import Foundation
import TestSupport
import Testing
import Worlds

struct OfficialTests {
  /// The part of `hdf5_sample.json` that is compared.
  private struct Sample: Decodable {
    struct Expected: Decodable {
      let init_streams: [String: [[Double]]]
      let position_streams: [String: [[[Double]]]]
    }
    struct Order: Decodable {
      struct Level: Decodable {
        let count: Int
        let first: [[Double]]
      }
      let in_dist_first: [[Double]]
      let in_dist_count: Int
      let ood: [String: Level]
      let numpy_rand_after_seed42: [Double]
    }
    let hdf5_size: Int
    let expected: Expected
    let order: Order
  }

  private static func sample() throws -> Sample {
    let url = GoldenFolder.url.appendingPathComponent("hdf5_sample.json")
    return try JSONDecoder().decode(Sample.self, from: Data(contentsOf: url))
  }

  /// `numpy.random.RandomState(5489)`, whose words are those of the generator's own paper.
  @Test func wordsAreThoseOfThePublishedGenerator() {
    var random = MersenneTwister(seed: 5489)
    #expect(random.next() == 3_499_211_612)
    for _ in 1..<9999 { _ = random.next() }
    #expect(random.next() == 4_123_659_995)
  }

  /// `r = numpy.random.RandomState(42); r.rand(3)` and `l = list(range(10)); r.shuffle(l)`.
  @Test func numbersAndShufflesAreNumPys() {
    var random = MersenneTwister(seed: 42)
    #expect(random.unit() == 0.3745401188473625)
    #expect(random.unit() == 0.9507143064099162)
    #expect(random.uniform(1, 4) == 1 + 3 * 0.7319939418114051)
    var fresh = MersenneTwister(seed: 42)
    var list = Array(0..<10)
    fresh.shuffle(&list)
    #expect(list == [8, 1, 5, 0, 7, 2, 9, 4, 3, 6])
    var single = [1]
    fresh.shuffle(&single)
    #expect(single == [1] && fresh.interval(0) == 0)
  }

  @Test(.enabled(if: GoldenFolder.isPresent, "\(GoldenFolder.absent)"))
  func theOrderIsTheRecordedOne() throws {
    let order = try Self.sample().order
    var random = MersenneTwister(seed: OfficialLayout.seed)
    #expect(order.numpy_rand_after_seed42 == (0..<10).map { _ in random.unit() })
    let set = try SceneCatalogue.set(named: "uniform/eval")
    let official = try OfficialOrder(set.recipe, layout: OfficialLayout())
    func tuple(_ index: Int) throws -> [Double] {
      let point = try official.parameters(at: index)
      return [point["r"] ?? .nan, point["v"] ?? .nan]
    }
    #expect(try (0..<20).map(tuple) == order.in_dist_first)
    var first = order.in_dist_count
    let levels = SceneCatalogue.sets(under: "uniform/eval").dropFirst(2)
    #expect(levels.count == order.ood.count)
    for level in levels {
      let recorded = try #require(order.ood[level.officialName ?? ""], "\(level.name)")
      #expect(level.count == recorded.count)
      #expect(try (first..<first + 5).map(tuple) == recorded.first, "\(level.name)")
      first += recorded.count
    }
    #expect(official.count == first)
  }

  @Test(.enabled(if: GoldenFolder.isPresent, "\(GoldenFolder.absent)"))
  func scenesAreThoseOfTheRecordedFile() throws {
    let sample = try Self.sample()
    let set = try SceneCatalogue.set(named: "uniform/eval")
    let stream = try OfficialStream(
      recipe: set.recipe, layout: OfficialLayout(chunkSize: sample.hdf5_size))
    for (chunk, key) in sample.expected.init_streams.keys.sorted().enumerated() {
      let rows = try #require(sample.expected.init_streams[key])
      let paths = try #require(sample.expected.position_streams[key])
      for (row, index) in stream.indices(ofChunk: chunk).enumerated() {
        let labelled = try stream.labelledScene(at: index)
        #expect(labelled.index == index && labelled.level == "id")
        #expect([labelled.parameters["r"], labelled.parameters["v"]] == rows[row])
        let path = try Simulator().simulate(labelled.scene).positions.map { [$0.x, $0.y] }
        #expect(path == paths[row], "chunk \(key), row \(row)")
      }
    }
  }

  /// The recorded draws of every scene, one-ball and two-ball, from the recorded seeds.
  @Test(.enabled(if: GoldenFolder.isPresent, "\(GoldenFolder.absent)"))
  func everyRecordedDrawIsOurs() throws {
    struct Scenes: Decodable {
      struct Entry: Decodable {
        struct Draw: Decodable {
          let u: Double
          let low: Double
          let high: Double
          let value: Double
        }
        let id: String
        let numpy_seed: UInt32
        let uniform_draws: [Draw]
      }
      let scenes: [Entry]
    }
    let data = try Data(contentsOf: GoldenFolder.url.appendingPathComponent("scenes.json"))
    for entry in try JSONDecoder().decode(Scenes.self, from: data).scenes {
      var random = MersenneTwister(seed: entry.numpy_seed)
      for draw in entry.uniform_draws {
        var twin = random
        #expect(random.unit() == draw.u, "\(entry.id)")
        #expect(twin.uniform(draw.low, draw.high) == draw.value, "\(entry.id)")
      }
    }
  }

  @Test func chunksLeaveOutRefusedScenesButNotTheirDraws() throws {
    let set = try SceneCatalogue.set(named: "collision/eval")
    let stream = try #require(try set.officialStream())
    #expect(stream.count == 1635 && stream.chunkCount == 3)
    let order = try OfficialOrder(set.recipe, layout: OfficialLayout())
    #expect(order.count == 2462)
    // By hand: the first chunk from one generator, scene by scene.
    var random = MersenneTwister(seed: 42)
    var stored = 0
    var refused = 0
    for place in 0..<1000 {
      let parameters = try order.parameters(at: place)
      let law = Collision()
      let draws = Collision.officialDraws(parameters)
      var count = 0
      let scene = try law.officialScene(for: parameters) {
        count += 1
        return random.unit()
      }
      #expect(count == draws)
      guard var scene else {
        refused += 1
        continue
      }
      // The released files were made with the engine's sleeping on.
      scene.allowsSleep = true
      let labelled = try stream.labelledScene(at: stored)
      #expect(labelled.scene == scene && labelled.parameters == parameters)
      stored += 1
    }
    #expect(refused > 20 && stream.indices(ofChunk: 0) == 0..<stored)
  }

  @Test func accessInAnyOrderGivesTheSameScenes() throws {
    let set = try SceneCatalogue.set(named: "pairs/color-size/eval")
    let one = try #require(try set.officialStream())
    let other = try #require(try set.officialStream())
    let count = try #require(one.count)
    let scenes = try (0..<count).map { try one.labelledScene(at: $0) }
    for index in stride(from: count - 1, through: 0, by: -7) {
      #expect(try other.labelledScene(at: index) == scenes[index])
    }
    // Every chunk begins with the same draws: equal radii and speeds would start alike.
    #expect(scenes.map(\.index) == Array(0..<count))
    #expect(Set(scenes.map(\.level)).count == 4)
  }

  @Test func holesAreTakenOutOfTheShuffledListOrTheStoredFile() throws {
    let hole = try SceneCatalogue.set(named: "uniform/hole-1.5-3.5")
    let order = try OfficialOrder(hole.recipe, layout: OfficialLayout())
    #expect(order.count == 100_200)
    var whole = hole.recipe
    whole.parts[0].parameters = .grid(
      Grid(axes: [.linear("r", 0.7, 1.4, 300), .linear("v", 1, 4, 1000)]))
    let all = try OfficialOrder(whole, layout: OfficialLayout())
    let kept = try (0..<600).map { try all.parameters(at: $0) }
      .filter { !(1.5...3.5).contains($0["v"] ?? 0) }
    #expect(try kept.indices.map { try order.parameters(at: $0) } == kept)

    let pair = try SceneCatalogue.set(named: "pairs/size-velocity/train-150k")
    let filtered = try #require(try pair.officialStream())
    let base = try OfficialStream(recipe: whole)
    let grid = try #require(pair.recipe.parts[0].parameters.grid?.keeping)
    let expected = try (0..<500).map { try base.labelledScene(at: $0) }
      .filter { Region(boxes: grid).contains($0.parameters) }
    for (index, labelled) in expected.enumerated() {
      #expect(try filtered.labelledScene(at: index).scene == labelled.scene)
    }
    #expect(filtered.count == 150_000)
  }

  @Test func theOfficialRoundingDropsExactFits() throws {
    let set = try SceneCatalogue.set(named: "collision/train-level3")
    #expect(try set.officialStream()?.count == 3_187_380)
  }

  @Test func streamsWithoutAnOfficialScriptAreRefused() throws {
    let region = SceneRecipe(region: EvaluationLevel.idLevel.region)
    #expect(throws: OfficialError.region(part: 0)) { try OfficialStream(recipe: region) }
    let set = try SceneCatalogue.set(named: "uniform/eval/level2")
    #expect(throws: OfficialError.chunkSize(0)) {
      try OfficialStream(recipe: set.recipe, layout: OfficialLayout(chunkSize: 0))
    }
    let matched = try SceneCatalogue.set(named: "uniform/eval-start-matched/level2")
    #expect(matched.layout == nil)
    #expect(throws: OfficialError.self) { try OfficialStream(recipe: matched.recipe) }
    let collisions = try SceneCatalogue.set(named: "collision/eval-start-matched/level4")
    #expect(throws: OfficialError.self) { try OfficialStream(recipe: collisions.recipe) }
    let stream = try OfficialStream(recipe: set.recipe)
    #expect(throws: RecipeError.index(128, count: 128)) { try stream.labelledScene(at: 128) }
  }
}
