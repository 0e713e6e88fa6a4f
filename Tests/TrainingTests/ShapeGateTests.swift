import Foundation
import Models
import TestSupport
import Testing
import Training

@Suite struct ShapeGateTests {
  @Test func anUntrainedAutoencoderFails() throws {
    let autoencoder = try VideoAutoencoder(tinyAutoencoderTraining().architecture, seed: 1)
    let gate = try ShapeGate.measure(autoencoder, frames: 8)
    #expect(gate.bands.count == 3)
    #expect(gate.bands.allSatisfy { $0.frames == 8 && $0.pairsKept == 0 })
    #expect(gate.worstInside == 0)
    // It is kept beside the weights.
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("autoencoder")
      try autoencoder.save(to: url, notes: ["shape-gate": gate])
      let data = try Data(contentsOf: url.appendingPathComponent("shape-gate.json"))
      #expect(try JSONDecoder().decode(ShapeGate.self, from: data) == gate)
      _ = try VideoAutoencoder(folder: url)
    }
  }
}
