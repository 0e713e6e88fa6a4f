import Combinatorial
import Datasets
import Experiments
import Findings
import Foundation
import Models
import Perception
import Tensors
import Testing
import Videos

@Suite struct TestbedEvidenceTests {
  private let networks = NetworkStore(
    folder: FileManager.default.temporaryDirectory.appendingPathComponent("no networks"))

  @Test func aSetOfTheTestbedIsAskedLikeAnyOther() throws {
    let name = "combinatorial/out-of-template"
    let asked = try AskedSets.scenes(named: name, seed: 3, count: 5, frames: 20)
    #expect(asked.count == 5 && asked.frames == 20 && asked.identity.name == name)
    let set = try CombinatorialSet(named: name)
    let whole = try RenderedCombinatorial(set, seed: 3, size: 64)
    for index in asked.indices {
      let truth = try asked.truth(at: index, size: 64)
      #expect(truth == (try whole.video(at: index).video.prefix(frames: 20)))
    }
    #expect(Set(asked.indices).count == 5)
    #expect(try AskedSets.count(of: name) == 1000)
    let other = try AskedSets.scenes(named: "uniform/eval", count: 4)
    #expect(other.identity.name == "uniform/eval" && !(other is TestbedScenes))
  }

  @Test func whatCannotBeAskedIsSaid() throws {
    #expect {
      try AskedSets.scenes(named: "combinatorial/no-such", count: 5)
    } throws: {
      "\($0)".contains("no-such")
    }
    #expect {
      try AskedSets.scenes(named: "combinatorial/out-of-template", count: 1001)
    } throws: {
      "\($0)".contains("1001") && "\($0)".contains("1000")
    }
    #expect {
      try AskedSets.scenes(named: "combinatorial/out-of-template", frames: 51)
    } throws: {
      "\($0)".contains("51")
    }
    let asked = try AskedSets.scenes(named: "combinatorial/out-of-template", count: 2)
    #expect {
      try asked.toldScene(at: asked.index(at: 0))
    } throws: {
      "\($0)".contains("numbers or words")
    }
  }

  @Test func aLosslessCodecShowsTheTruthAndABlindOneNothing() throws {
    let cost = try TestbedCost.measure(
      Pixels(isBlind: false), scenes: 3, seed: 1, frames: 12, networks: networks)
    #expect(cost.groups.map(\.scenes) == [3, 3])
    for group in cost.groups {
      let truth = try #require(group.means["ground_truth"])
      #expect(group.means["reconstruction"] == truth)
      #expect(truth["ssim"] == 1 && truth["seen_share"] == 1 && truth["judged_wrong"] != nil)
      #expect(try #require(truth["place_error"]) < 3)
      // Whatever falls does not go straight on.
      let straight = try #require(group.means["constant_velocity"]?["place_error"])
      #expect(straight > 5 * (truth["place_error"] ?? .infinity))
      #expect(try #require(group.means["constant_velocity"]?["psnr"]) > 5)
    }
    let blind = try TestbedCost.measure(
      Pixels(isBlind: true), scenes: 2, seed: 1, frames: 12, networks: networks)
    let nothing = try #require(blind.groups.first?.means["reconstruction"])
    #expect(nothing["place_error"] == 128 && nothing["seen_share"] == 0)
    #expect(nothing["judged_wrong"] == 1)
  }
}

/// Latents are the pixels themselves, or white paper.
private struct Pixels: LatentCodec {
  struct Layout: LatentLayout {
    let resolution = 64
    func latentShape(frames: Int) throws -> [Int] { [frames, 64, 64, 3] }
    func fittingFrames(_ frames: Int) -> Int { frames }
    func frames(ofSteps steps: Int) -> Int { steps }
  }

  let isBlind: Bool
  var framesAtOnce = 64
  var layout: any LatentLayout { Layout() }
  func encode(_ bytes: Tensor) throws -> Tensor { bytes.to(.float32) }
  func decode(_ latents: Tensor) throws -> Tensor {
    (isBlind ? latents * 0 + 255 : latents).to(.uint8)
  }
  func save(to folder: URL, notes: [String: any Encodable]) throws {}
}
