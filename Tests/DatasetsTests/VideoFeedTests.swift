import Datasets
import Testing
import Videos
import Worlds

struct VideoFeedTests {
  static let stream = SceneStream(
    recipe: SceneRecipe(
      scenario: UniformMotion(frames: 4), region: EvaluationLevel.idLevel.region), seed: 4)

  /// The first `count` videos of the stream, as a source with an end.
  struct Finite: VideoSource {
    let base = RenderedScenes(VideoFeedTests.stream, size: 32)
    let count: Int?
    var identity: String { "\(count ?? 0) of \(base.identity)" }
    func video(at index: Int) throws -> LabelledVideo { try base.video(at: index) }
  }

  @Test func everyEpochTakesEveryVideoOnceInAnotherOrder() throws {
    let feed = try VideoFeed(Finite(count: 11), seed: 3)
    let epochs = (0..<4).map { epoch in (0..<11).map { feed.item(at: epoch * 11 + $0).index } }
    for epoch in epochs { #expect(epoch.sorted() == Array(0..<11)) }
    #expect(Set(epochs).count == 4)
    let other = try VideoFeed(Finite(count: 11), seed: 4)
    #expect((0..<11).map { other.item(at: $0).index } != epochs[0])
  }

  @Test func anEndlessSourceIsTakenAsItComes() throws {
    let feed = try VideoFeed(RenderedScenes(Self.stream), seed: 3)
    #expect([0, 7, 1_000_000_000].map { feed.item(at: $0).index } == [0, 7, 1_000_000_000])
    let limited = try VideoFeed(RenderedScenes(Self.stream), count: 5, isShuffled: false)
    #expect((0..<12).map { limited.item(at: $0).index } == [0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1])
  }

  @Test func bytesAreTheVideosPixelsWhateverTheSource() throws {
    let rendered = try VideoFeed(RenderedScenes(Self.stream), isShuffled: false)
    let copied = try VideoFeed(Finite(count: 9), isShuffled: false)
    let bytes = try rendered.bytes(at: 2..<5, frames: 3, size: 32)
    #expect(try bytes == copied.bytes(at: 2..<5, frames: 3, size: 32))
    let expected = try (2..<5).flatMap {
      try LabelledVideo(Self.stream, index: $0, size: 32).video.prefix(frames: 3).bytes
    }
    #expect(bytes == expected)
    // A source of larger pictures is averaged.
    let averaged = try (2..<5).flatMap {
      try LabelledVideo(Self.stream, index: $0, size: 32).video.areaAveraged(to: 16)
        .prefix(frames: 3).bytes
    }
    #expect(try copied.bytes(at: 2..<5, frames: 3, size: 16) == averaged)
  }

  @Test func halfAreMirroredAndTwiceMirroredIsPlain() throws {
    let feed = try VideoFeed(RenderedScenes(Self.stream), seed: 1, flips: true)
    let flips = (0..<400).filter { feed.item(at: $0).isFlipped }
    #expect((150...250).contains(flips.count))
    let place = try #require(flips.first)
    let plain = try VideoFeed(RenderedScenes(Self.stream), seed: 1)
    let mirrored = try feed.bytes(at: place..<(place + 1), frames: 4, size: 64)
    let original = try plain.bytes(at: place..<(place + 1), frames: 4, size: 64)
    #expect(mirrored != original)
    var turned: [UInt8] = []
    for row in stride(from: 0, to: original.count, by: 64 * 3) {
      for column in (0..<64).reversed() {
        let pixel = row + column * 3
        turned += original[pixel..<(pixel + 3)]
      }
    }
    #expect(mirrored == turned)
  }

  @Test func theIdentityTellsFeedsApart() throws {
    let texts = try [
      VideoFeed(RenderedScenes(Self.stream)).identity,
      VideoFeed(RenderedScenes(Self.stream), count: 8).identity,
      VideoFeed(RenderedScenes(Self.stream), count: 8, seed: 1).identity,
      VideoFeed(RenderedScenes(Self.stream), count: 8, flips: true).identity,
      VideoFeed(RenderedScenes(Self.stream), count: 8, isShuffled: false).identity,
      VideoFeed(
        RenderedScenes(SceneStream(recipe: Self.stream.recipe, seed: 5)), count: 8
      ).identity,
    ]
    #expect(Set(texts).count == texts.count)
  }

  @Test func tooFewTooShortAndOddSizesAreRefused() throws {
    #expect(throws: VideoSourceError.tooFew(source: Finite(count: 3).identity, count: 3, needed: 4))
    { try VideoFeed(Finite(count: 3), count: 4) }
    #expect(throws: VideoSourceError.self) { try VideoFeed(Finite(count: 0)) }
    let feed = try VideoFeed(Finite(count: 3), isShuffled: false)
    #expect(
      throws: VideoSourceError.tooShort(
        source: Finite(count: 3).identity, index: 1, frames: 4, needed: 5)
    ) { try feed.bytes(at: 1..<2, frames: 5, size: 32) }
    #expect(
      throws: VideoSourceError.size(
        source: Finite(count: 3).identity, index: 0, width: 32, height: 32, needed: 24)
    ) { try feed.bytes(at: 0..<1, frames: 4, size: 24) }
  }
}
