import Datasets
import Experiments
import Foundation
import Measures
import Models
import Perception
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
      stored.generation == Stored.generation
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
    try writing(folder) { try AtomicFolder.write(json: Stored(found), to: file) }
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
        memory: memory, references: references(asked, configuration), observer: observer)()
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

    init(_ evidence: ProbeEvidence) {
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

/// The training cases of an arm as a memory; made when the first probe asks.
final class ArmMemory {
  /// The most cases that are remembered.
  static let most = 20_000
  private let networks: NetworkStore
  private var scenes: [Scene]?
  private var distance: CaseDistance?
  private var nearest: NearestCase?
  private var testbed: TestbedMemory?
  private var ruler: TestbedRuler?

  /// Remembers nothing yet.
  init(networks: NetworkStore) { self.networks = networks }

  private func cases(_ configuration: RunConfiguration) throws -> [Scene] {
    if let scenes { return scenes }
    var found = try TrainingData(configuration).cases(Self.most)
    if configuration.data.flips { found += found.map(\.flippedHorizontally) }
    scenes = found
    return found
  }

  /// Distances from the training cases.
  func distances(_ configuration: RunConfiguration) throws -> CaseDistance {
    if let distance { return distance }
    let made = try CaseDistance(
      try cases(configuration), frames: configuration.evaluation.frames,
      conditionFrames: configuration.evaluation.conditionFrames)
    distance = made
    return made
  }

  /// The training videos of a testbed arm.
  func testbedCases(_ configuration: RunConfiguration) throws -> TestbedMemory {
    if let testbed { return testbed }
    let made = try TestbedMemory(configuration)
    testbed = made
    return made
  }

  /// The measures of testbed videos, with their networks.
  func testbedRuler(conditionFrames: Int) throws -> TestbedRuler {
    if let ruler { return ruler }
    let made = try TestbedRuler(conditionFrames: conditionFrames, store: networks)
    ruler = made
    return made
  }

  /// The baseline that replays the nearest case.
  func nearestCase(_ configuration: RunConfiguration) throws -> NearestCase {
    if let nearest { return nearest }
    let made = try NearestCase(
      try cases(configuration), conditionFrames: configuration.evaluation.conditionFrames)
    nearest = made
    return made
  }
}

extension Scene {
  /// The scene in a mirror: x becomes 10 − x.
  fileprivate var flippedHorizontally: Scene {
    var scene = self
    scene.gravity.x = -scene.gravity.x
    for body in scene.bodies.indices {
      scene.bodies[body].position.x = Scene.extent - scene.bodies[body].position.x
      scene.bodies[body].velocity.x = -scene.bodies[body].velocity.x
    }
    return scene
  }
}
