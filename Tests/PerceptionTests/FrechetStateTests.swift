import Foundation
import Perception
import Tensors
import TestSupport
import Testing
import Videos

/// Sums of a Fréchet distance that are saved and taken up again.
struct FrechetStateTests {
  /// A stand-in for I3D whose answers follow from the clip and differ in 400 ways.
  private struct Projection: ClipFeatures {
    var name: String { "projection" }

    func features(_ clips: Tensor) throws -> Tensor {
      let pixels = clips.narrow(3, start: 0, length: 8).narrow(4, start: 0, length: 8)
      let flat = pixels.contiguous().reshape([clips.size(0), 3 * clips.size(2) * 64])
      let weights = RandomStream(seed: 3).normal([flat.size(1), 400])
      return flat.matmul(weights)
    }
  }

  private func clip(_ number: Int) -> Tensor {
    RandomStream(seed: 9, index: UInt64(number)).normal([1, 3, 10, 224, 224])
  }

  private func add(_ numbers: Range<Int>, to distance: FrechetVideoDistance) throws {
    for number in numbers {
      try distance.add(clips: clip(number), to: .generated)
      try distance.add(clips: clip(number + 100), to: .truth)
    }
  }

  @Test func aResumedDistanceIsThatOfOneGo() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("moments.safetensors")
      let whole = FrechetVideoDistance(features: Projection())
      try add(0..<5, to: whole)
      let first = FrechetVideoDistance(features: Projection())
      try add(0..<2, to: first)
      try Safetensors.write(first.state, to: file)
      let second = FrechetVideoDistance(features: Projection())
      #expect(second.restore(try Safetensors.read(file).tensors, frames: 10))
      try add(2..<5, to: second)
      let (expected, found) = (try whole.value(), try second.value())
      #expect(found.generatedClips == 5)
      #expect(found.trueClips == 5)
      #expect(found.frames == 10)
      #expect(expected.distance > 1)
      #expect(abs(found.distance - expected.distance) < 1e-9 * expected.distance)
      // Clips of another length belong to another distance.
      let other = RandomStream(seed: 1).normal([1, 3, 12, 224, 224])
      #expect(throws: PerceptionError.self) { try second.add(clips: other, to: .truth) }
    }
  }

  @Test func whatAreNoSumsChangesNothing() throws {
    let distance = FrechetVideoDistance(features: Projection())
    try add(0..<2, to: distance)
    let before = try distance.value()
    let sums = distance.state
    for name in sums.keys {
      var broken = sums
      broken[name] = nil
      #expect(!distance.restore(broken, frames: 10), "\(name)")
      broken[name] = RandomStream(seed: 1).normal([3])
      #expect(!distance.restore(broken, frames: 10), "\(name)")
    }
    #expect(try distance.value() == before)
  }
}
