import Datasets
import Experiments
import Foundation
import TestSupport
import Testing
import Videos
import Worlds

struct TrainingDataTests {
  private static func configuration(_ overrides: String...) throws -> RunConfiguration {
    try RunConfiguration.load(scale: .quick, overrides: overrides)
  }

  @Test func theRegionIsTheUsualSource() throws {
    let configuration = try Self.configuration()
    let data = try TrainingData(configuration)
    #expect(data.count == 3000)
    let scene = try #require(data.scenes).labelledScene(at: 7).scene
    let stream = SceneStream(recipe: configuration.data.recipe, seed: configuration.trainingSeed)
    #expect(try scene == stream.scene(at: 7))
    #expect(try configuration.isMeasured)
    let feed = try data.feed(configuration)
    #expect((0..<4).map { feed.item(at: $0).index } == [0, 1, 2, 3])
  }

  @Test func aNamedSetIsTakenWithTheLengthOfTheRun() throws {
    let configuration = try Self.configuration("data.set=collision/eval", "data.feed=streamed")
    let data = try TrainingData(configuration)
    #expect(data.count == 1635)
    #expect(try data.source.video(at: 3).video.frames == configuration.data.frames)
    #expect(try !configuration.isMeasured)
    let feed = try data.feed(configuration)
    #expect(Set((0..<1635).map { feed.item(at: $0).index }).count == 1635)
    #expect((0..<4).map { feed.item(at: $0).index } != [0, 1, 2, 3])
    #expect(try data.cases(5).count == 5)
  }

  @Test func zeroVideosAreAllOfThem() throws {
    #expect(
      try TrainingData(Self.configuration("data.set=uniform/eval", "data.videos=0")).count == 3992)
    let endless = try Self.configuration("data.videos=0", "data.feed=streamed")
    #expect(try TrainingData(endless).count == nil)
    #expect(throws: ConfigurationError.self) { try Self.configuration("data.videos=0") }
  }

  @Test func filesGiveTheSameFramesAsTheirScenes() throws {
    try withTemporaryFolder { folder in
      let set = folder.appendingPathComponent("set")
      var recipe = try SceneCatalogue.set(named: "uniform/eval/level1").recipe
      recipe.frames = 9
      let source = RenderedScenes(SceneStream(recipe: recipe, seed: 2), size: 32)
      try DatasetWriter(
        DatasetSettings(
          storage: .tar, provenance: source.provenance, count: 6, size: 32, frames: 9,
          quality: .lossless), to: set
      ).write(source)
      let configuration = try Self.configuration("data.path=\(set.path)")
      let data = try TrainingData(configuration)
      #expect(data.count == 6 && data.scenes == nil)
      #expect(try configuration.isMeasured)
      let feed = try data.feed(configuration)
      let rendered = try VideoFeed(source, count: 6, isShuffled: false)
      #expect(
        try feed.bytes(at: 0..<6, frames: 9, size: 32)
          == rendered.bytes(at: 0..<6, frames: 9, size: 32))
      #expect(try data.cases(6).count == 6)
      #expect(throws: VideoSourceError.self) { try feed.bytes(at: 0..<1, frames: 10, size: 32) }
    }
  }

  @Test func contradictionsAndUnknownNamesAreRefused() throws {
    for (overrides, value) in [
      (["data.set=uniform/eval", "data.path=x"], "x"), (["data.set=uniform/evil"], "uniform/evil"),
      (["data.feed=later"], "later"), (["data.videos=-1"], "-1"),
    ] {
      #expect {
        try RunConfiguration.load(scale: .quick, overrides: overrides)
      } throws: { "\($0)".contains(value) }
    }
    #expect(throws: DatasetError.missing(file: "/nowhere/at/all")) {
      try TrainingData(Self.configuration("data.path=/nowhere/at/all"))
    }
  }
}
