import Datasets
import Experiments
import Foundation
import Measures
import Models
import Submissions
import Tensors
import Videos
import Worlds

/// Lets a trained arm continue the scenes of a probe, and measures them beside their references.
///
/// What is finished stays: `probes/ADDRESS/videos` has one file for each scene, `probes/ADDRESS/evidence.json` all
/// the numbers.
struct ProbeStage {
  let run: RunFolder
  let configuration: RunConfiguration
  let observer: any StageObserver
  let shouldStop: () -> Bool
  /// Made once for all probes of an arm.
  let memory: ArmMemory

  /// Continues and measures.
  ///
  /// - Throws: `RunError.interrupted`, and what the parts throw.
  func callAsFunction(_ probe: Probe, count: Int) throws -> ProbeEvidence {
    let folder = Self.folder(run, probe, count: count, configuration)
    let file = folder.appendingPathComponent("evidence.json")
    if let data = try? Data(contentsOf: file),
      let stored = try? JSONDecoder().decode(Stored.self, from: data),
      stored.generation == Stored.generation, stored.looks == looks(probe)
    {
      return ProbeEvidence(scenes: stored.scenes, numbers: stored.numbers ?? [:])
    }
    var configuration = configuration
    if let steps = probe.steps { configuration.sampling.steps = steps }
    let asked = try AskedSets.scenes(
      named: probe.set, seed: Probe.seed, count: count, frames: configuration.evaluation.frames)
    var clock = ContinuousClock.now
    let videos = folder.appendingPathComponent("videos")
    try SplitSampleStage(run, configuration, observer: observer, shouldStop: shouldStop)(
      asked, into: videos)
    try run.addTiming("sampling", seconds: clock.duration(to: .now).inSeconds)
    clock = ContinuousClock.now
    let autoencoder = try LatentCodecs.load(run.autoencoder)
    let found = try measure(asked, probe, videos, configuration, autoencoder)
    try writing(folder) {
      try AtomicFolder.write(json: Stored(found, looks: looks(probe)), to: file)
    }
    try run.addTiming("measuring", seconds: clock.duration(to: .now).inSeconds)
    return found
  }

  private func measure(
    _ asked: any AskedScenes, _ probe: Probe, _ videos: URL, _ configuration: RunConfiguration,
    _ autoencoder: any LatentCodec
  ) throws -> ProbeEvidence {
    switch asked {
    case let asked as TestbedScenes:
      return try TestbedProbeStage(
        asked: asked, videos: videos, configuration: configuration, autoencoder: autoencoder,
        codec: run.autoencoder, memory: memory, references: references(asked, configuration),
        observer: observer)()
    case let split as SceneSplit:
      var scenes = try measure(split, videos, configuration, autoencoder)
      if let second = probe.secondShape {
        let distance = OutcomeDistance(autoencoder, hasRings: second == .ring)
        for scene in scenes.indices {
          guard let body = scenes[scene].bodies.first else { continue }
          scenes[scene].changes = try distance.changes(of: body.given)
        }
      }
      return ProbeEvidence(scenes: scenes)
    default:
      throw SubmissionError.request("\(asked.identity.name): no ruler for these scenes")
    }
  }

  /// What is measured of the testbed's looks: other networks that are there bring other measures.
  private func looks(_ probe: Probe) -> String? {
    CombinatorialSet.isName(probe.set) ? TestbedRuler.measures(in: memory.networks) : nil
  }

  /// Beside the arms: the same scenes through the same codec.
  private func references(_ asked: TestbedScenes, _ configuration: RunConfiguration) -> URL {
    let codec = URL(fileURLWithPath: configuration.autoencoder.released).lastPathComponent
    let set = asked.identity.name.replacingOccurrences(of: "/", with: "-")
    return run.url.deletingLastPathComponent().appendingPathComponent("references")
      .appendingPathComponent("\(set)-\(asked.count)-\(asked.frames)-\(codec)")
  }

  /// Where the videos and numbers of a probe are.
  static func folder(
    _ run: RunFolder, _ probe: Probe, count: Int, _ configuration: RunConfiguration
  ) -> URL {
    let steps = probe.steps ?? configuration.sampling.steps
    let set = probe.set.replacingOccurrences(of: "/", with: "-")
    return run.url.appendingPathComponent("probes").appendingPathComponent(
      "\(set)-\(count)-steps-\(steps)")
  }

  private struct Stored: Codable {
    /// Changes with what is measured.
    static let generation = 2
    var generation = Stored.generation
    var scenes: [SceneEvidence]
    /// Only where there are any.
    var numbers: [String: Double]?
    /// Which measures of looks; only in the testbed.
    var looks: String?

    init(_ evidence: ProbeEvidence, looks: String?) {
      self.looks = looks
      scenes = evidence.scenes
      numbers = evidence.numbers.isEmpty ? nil : evidence.numbers
    }
  }

  private func measure(
    _ split: SceneSplit, _ videos: URL, _ configuration: RunConfiguration,
    _ autoencoder: any LatentCodec
  ) throws -> [SceneEvidence] {
    let size = autoencoder.resolution
    let indices = (0..<split.count).map(split.index)
    observer.began(
      "measuring", "\(indices.count) videos of \(split.identity.name) with four references")
    let truths = try Parallel.map(indices.indices, threads: Workers.limit) { place in
      let (labelled, path) = try split.scene(at: indices[place])
      let video = try RenderedTruth(labelled.scene, path).video(size: size)
      return Truth(labelled: labelled, path: path, video: video)
    }
    let rebuilt = try Reconstruction(autoencoder)
      .continuation(of: truths.map(\.video), frames: split.frames)
    let reader = EvidenceReader(
      cases: try memory.distances(configuration),
      conditionFrames: configuration.evaluation.conditionFrames)
    let nearest = try memory.nearestCase(configuration)
    let straight = ConstantVelocity(conditionFrames: configuration.evaluation.conditionFrames)
    let evidence = try Parallel.map(truths.indices, threads: Workers.limit) { place in
      let truth = truths[place]
      let video = try VideoFile.read(
        videos.appendingPathComponent(SampleManifest.fileName(indices[place])))
      var references = ["ground_truth": truth.video, "reconstruction": rebuilt[place]]
      for model in [straight, nearest] as [any WorldModel & Sendable] {
        // A reference that cannot read the given frames has no answer, and no number.
        if let answer = try? model.continuation(of: [truth.video], frames: split.frames) {
          references[model.name.replacingOccurrences(of: " ", with: "_")] = answer[0]
        }
      }
      return try reader.evidence(
        of: video, labelled: truth.labelled, truth: truth.path, id: split.id(of: indices[place]),
        references: references)
    }
    observer.advanced(evidence.count, of: evidence.count, "videos")
    return evidence
  }

  private struct Truth: Sendable {
    var labelled: LabelledScene
    var path: Trajectory
    var video: Video
  }
}
