import Combinatorial
import Datasets
import Experiments
import Foundation
import Measures
import Models
import Perception
import Tensors
import Videos

/// Measures continued scenes of the combinatorial testbed beside their references.
///
/// The counterpart of what ``ProbeStage`` does with the laws' scenes: bodies have no one speed here, so the error is how
/// far they are from their places, and memory is a set of small videos.
struct TestbedProbeStage {
  let asked: TestbedScenes
  /// The folder of generated videos.
  let videos: URL
  let configuration: RunConfiguration
  let autoencoder: any LatentCodec
  /// The codec's folder.
  let codec: URL
  let memory: ArmMemory
  /// Where what is the same for all models is kept.
  let references: URL
  let observer: any StageObserver

  /// Measures all scenes, and the set as a whole.
  func callAsFunction() throws -> ProbeEvidence {
    let size = autoencoder.resolution
    let given = configuration.evaluation.conditionFrames
    observer.began(
      "measuring", "\(asked.count) videos of \(asked.identity.name) with four references")
    let ruler = try memory.testbedRuler(conditionFrames: given)
    let (asked, indices) = (asked, asked.indices)
    let scenes = try Parallel.map(indices.indices, threads: Workers.limit) { place in
      try asked.labelledTruth(at: indices[place], size: size)
    }
    let known = try TestbedReferences(
      scenes, frames: asked.frames, autoencoder, .init(codec), ruler, in: references)
    let cases = try memory.testbedCases(configuration)
    let source = try TrainingData(configuration).source
    let generated = try indices.map {
      try VideoFile.read(videos.appendingPathComponent(SampleManifest.fileName($0)))
    }
    let evidence = try Parallel.map(indices.indices, threads: Workers.limit) { place in
      let (label, truth) = scenes[place]
      let video = generated[place]
      let found = try ruler.measures(of: video, truth: truth, label: label)
      let distances = try cases.distances(of: video, truth: truth)
      var others: [String: [String: Double?]] = known.scenes[place].mapValues {
        $0.mapValues { $0 }
      }
      let replayed = try Self.replay(
        cases.nearestStart(to: truth), of: source, frames: asked.frames, size: size)
      others["nearest_case"] = try ruler.measures(of: replayed, truth: truth, label: label)
        .measures.mapValues { $0 }
      return SceneEvidence(
        score: SceneScore(
          id: asked.id(of: indices[place]), index: indices[place],
          level: label.scene.template?.description,
          scenario: LabelledVideo.combinatorialScenario,
          parameters: ["task": Double(label.scene.task), "trial": Double(label.scene.trial)],
          measures: found.measures),
        verdict: found.verdict, bodies: [], references: others,
        truthDistance: distances.truth, caseDistance: distances.nearestCase)
    }
    var numbers: [String: Double] = [:]
    if let distance = known.distance {
      for video in generated {
        try distance.add(video, frames: given..<asked.frames, to: .generated)
      }
      numbers["fvd"] = try distance.value().distance
      numbers["fvd_reconstruction"] = known.reconstructionDistance
    }
    observer.advanced(evidence.count, of: evidence.count, "videos")
    return ProbeEvidence(scenes: evidence, numbers: numbers)
  }

  /// A training video again.
  private static func replay(
    _ index: Int, of source: any VideoSource, frames: Int, size: Int
  ) throws -> Video {
    var bytes = [UInt8](repeating: 0, count: frames * size * size * 3)
    try bytes.withUnsafeMutableBufferPointer {
      try source.copy(videoAt: index, frames: frames, size: size, into: $0)
    }
    return Video(frames: frames, height: size, width: size, bytes: bytes)
  }
}

extension TestbedScenes {
  /// Scene `index`, simulated once, with its true video.
  func labelledTruth(
    at index: Int, size: Int
  ) throws -> (label: CombinatorialLabel, truth: Video) {
    let label = try label(at: index)
    return (label, try CombinatorialRenderer.video(of: label, frames: frames, size: size))
  }
}

extension CombinatorialRenderer {
  /// The first frames of a label's motion.
  static func video(of label: CombinatorialLabel, frames: Int, size: Int) throws -> Video {
    try CombinatorialRenderer(size: size).video(of: label.scene, label.trajectory)
      .prefix(frames: frames)
  }
}
