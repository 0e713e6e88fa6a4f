import Perception
import Tensors
import Testing
import Videos

@Suite(.enabled(if: Networks.arePresent, "\(Networks.absent)")) struct LPIPSTests {
  @Test(arguments: LPIPS.Backbone.allCases) func equalPicturesHaveNoDistance(
    backbone: LPIPS.Backbone
  ) throws {
    let lpips = try LPIPS(backbone, store: Networks.store)
    let video = Pictures.discs(red: 40, blue: 90)
    #expect(try lpips.values(FramePair(generated: video, truth: video)) == [0])
  }

  @Test(arguments: LPIPS.Backbone.allCases) func framesDoNotDisturbEachOther(
    backbone: LPIPS.Backbone
  ) throws {
    let lpips = try LPIPS(backbone, store: Networks.store)
    let (a, b) = (
      Pictures.motion(speed: 1, frames: 5), Pictures.motion(speed: 3, frames: 5)
    )
    let together = try lpips.values(FramePair(generated: a, truth: b))
    #expect(together.count == 5 && together[0] == 0 && together[4] > together[1])
    for frame in 0..<5 {
      let alone = try lpips.values(
        FramePair(generated: a.selecting([frame]), truth: b.selecting([frame])))
      #expect(abs(alone[0] - together[frame]) < 1e-6)
    }
    let swapped = try lpips.values(FramePair(generated: b, truth: a))
    for (x, y) in zip(together, swapped) { #expect(abs(x - y) < 1e-6) }
  }

  /// More frames than go through the network at once.
  @Test func longVideosGoInPieces() throws {
    let lpips = try LPIPS(.alex, store: Networks.store)
    let (a, b) = (Pictures.discs(red: 40, blue: 90), Pictures.discs(red: 44, blue: 86))
    let pair = try FramePair(
      generated: Pictures.film([Video](repeating: a, count: 19)),
      truth: Pictures.film([Video](repeating: b, count: 19)), conditionFrames: 1)
    let values = try lpips.values(pair)
    #expect(values.count == 18)
    for value in values { #expect(abs(value - 0.05490891) < 1e-6) }
  }

  @Test(arguments: LPIPS.Backbone.allCases) func theLeastSideIsTheLeast(
    backbone: LPIPS.Backbone
  ) throws {
    let lpips = try LPIPS(backbone, store: Networks.store)
    let side = backbone.leastSide
    let fitting = try FramePair(
      generated: Pictures.flat(0, side: side), truth: Pictures.flat(255, side: side))
    #expect(try lpips.values(fitting)[0] > 0)
    let small = try FramePair(
      generated: Pictures.flat(0, side: side - 1), truth: Pictures.flat(255, side: side - 1))
    #expect(throws: PerceptionError.self) { try lpips.values(small) }
  }

  @Test func brokenNumbersAreRefused() throws {
    let lpips = try LPIPS(.alex, store: Networks.store)
    #expect(throws: PerceptionError.notFinite(measure: "LPIPS (alex)")) {
      try lpips.distances(.full([1, 3, 64, 64], .nan), .zeros([1, 3, 64, 64]))
    }
  }
}
