import Datasets
import Experiments
import Foundation
import Models
import Testing
import Training

/// The spatial autoencoder that comes with the program.
@Suite("Released spatial autoencoder") struct ReleasedAutoencoderTests {
  private func folder() throws -> URL { try ReleasedWeights.folder("autoencoder-128") }

  @Test func isSmall() throws {
    let file = try folder().appendingPathComponent("model.safetensors")
    let size = try #require(
      try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int)
    #expect(size <= 5_000_000)
    #expect(try LatentCodecs.layout(folder()).latentShape(frames: 31) == [31, 16, 16, 16])
  }

  /// A few scenes; `phyworld autoencoder` measures many.
  @Test func hardlyMovesAnything() throws {
    let codec = try LatentCodecs.load(folder())
    let wanted = [
      "uniform_motion id disc red", "uniform_motion id square blue", "parabola id ring red",
      "collision id",
    ]
    let kinds = ReconstructionCost.kinds.filter { wanted.contains($0.name) }
    #expect(kinds.count == wanted.count)
    let cost = try ReconstructionCost.measure(codec, videos: 2, kinds: kinds)
    #expect(cost.groups.count == wanted.count + 1)
    for group in cost.groups {
      #expect(abs(group.cost) < 0.015, "\(group)")
      #expect(group.floor < 0.05)
    }
  }

  @Test func keepsShapesAndColours() throws {
    let gate = try ShapeGate.measure(LatentCodecs.load(folder()), frames: 8)
    for band in gate.bands {
      #expect(
        [band.squaresKept, band.discsKept, band.colorsKept, band.pairsKept].allSatisfy { $0 == 1 })
    }
  }
}
