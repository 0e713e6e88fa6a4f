import Combinatorial
import Datasets
import Experiments
import Foundation
import Models
import Perception
import Tensors
import Videos

/// What is the same for every model that is asked the same scenes through the same codec: measures of the truth, of its
/// reconstruction and of bodies that go straight on, and the features of the true clips.
///
/// Kept beside the arms, so that ten models measure them once.
struct TestbedReferences {
  /// Measures of every scene: `ground_truth`, `reconstruction`, `constant_velocity`.
  let scenes: [[String: [String: Double]]]
  /// The Fréchet distance of the reconstruction from the truth; nil without the network.
  let reconstructionDistance: Double?
  /// The true clips, with no generated ones; nil without the network.
  let distance: FrechetVideoDistance?

  /// What tells a codec from others.
  struct CodecMark: Codable, Hashable, Sendable {
    /// Its configuration and weights, in hexadecimal digits.
    var digest: String

    /// Of a codec's folder.
    init(_ folder: URL) throws {
      let parts = try ["config.json", "model.safetensors"].map {
        SHA256.digest(of: try Data(contentsOf: folder.appendingPathComponent($0)))
      }
      digest = parts.joined()
    }
  }

  private struct Stored: Codable, Equatable {
    /// Changes with what is measured.
    static let generation = 1
    var generation = Stored.generation
    var measured: String
    /// The codec that reconstructed.
    var codec: CodecMark
    var scenes: [[String: [String: Double]]]
    var reconstructionDistance: Double?
  }

  /// Reads what is kept in `folder`, or measures and keeps it.
  ///
  /// - Parameter asked: the scenes with their true videos at the codec's size.
  init(
    _ asked: [(label: CombinatorialLabel, truth: Video)], frames: Int,
    _ autoencoder: any LatentCodec, _ codec: CodecMark, _ ruler: TestbedRuler, in folder: URL
  ) throws {
    let file = folder.appendingPathComponent("references.json")
    let clips = folder.appendingPathComponent("clips.safetensors")
    distance = ruler.distance(clips: asked.count)
    if let stored = try? JSONDecoder().decode(Stored.self, from: Data(contentsOf: file)),
      stored.generation == Stored.generation, stored.measured == ruler.identity,
      stored.codec == codec,
      stored.scenes.count == asked.count,
      try Self.restore(distance, from: clips, frames: frames - ruler.conditionFrames)
    {
      scenes = stored.scenes
      reconstructionDistance = stored.reconstructionDistance
      return
    }
    let found = try Self.measure(asked, frames: frames, autoencoder, ruler)
    scenes = found.scenes
    var rebuiltDistance: Double?
    if let distance {
      let generated = ruler.conditionFrames..<frames
      for (place, scene) in asked.enumerated() {
        try distance.add(scene.truth, frames: generated, to: .truth)
        try distance.add(found.rebuilt[place], frames: generated, to: .generated)
      }
      rebuiltDistance = try distance.value().distance
      distance.removeGenerated()
    }
    reconstructionDistance = rebuiltDistance
    let stored = Stored(
      measured: ruler.identity, codec: codec, scenes: scenes,
      reconstructionDistance: rebuiltDistance)
    let distance = distance
    try writing(folder) {
      try AtomicFolder.write(to: folder) { temporary in
        if let distance {
          try Safetensors.write(
            distance.state, to: temporary.appendingPathComponent("clips.safetensors"))
        }
        try AtomicFolder.write(
          json: stored, to: temporary.appendingPathComponent("references.json"))
      }
    }
  }

  /// The measures of every scene, and the codec's reconstructions.
  static func measure(
    _ asked: [(label: CombinatorialLabel, truth: Video)], frames: Int,
    _ autoencoder: any LatentCodec, _ ruler: TestbedRuler
  ) throws -> (scenes: [[String: [String: Double]]], rebuilt: [Video]) {
    let rebuilt = try Reconstruction(autoencoder)
      .continuation(of: asked.map(\.truth), frames: frames)
    let scenes = try Parallel.map(asked.indices, threads: Workers.limit) { place in
      let (label, truth) = asked[place]
      let straight = try CombinatorialRenderer.video(
        of: label.straightOn(conditionFrames: ruler.conditionFrames), frames: frames,
        size: truth.width)
      var all: [String: [String: Double]] = [:]
      for (name, video) in [
        ("ground_truth", truth), ("reconstruction", rebuilt[place]),
        ("constant_velocity", straight),
      ] {
        all[name] = try ruler.measures(of: video, truth: truth, label: label).measures
      }
      return all
    }
    return (scenes, rebuilt)
  }

  /// Fills the true clips; false where they are not there.
  private static func restore(
    _ distance: FrechetVideoDistance?, from file: URL, frames: Int
  ) throws -> Bool {
    guard let distance else { return true }
    guard let saved = try? Safetensors.read(file).tensors else { return false }
    return distance.restore(saved, frames: frames)
  }
}
