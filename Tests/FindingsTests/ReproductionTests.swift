import Experiments
import Findings
import Foundation
import Perception
import Tensors
import TestSupport
import Testing

/// Every experiment from end to end with models that learn nothing: a handful of videos, two steps, two scenes.
@Suite(.serialized) struct ReproductionTests {
  private static let tiny = [
    "autoencoder.released=autoencoder-64", "data.videos=6", "loop.steps=2", "optimization.batch=2",
    "model.width=16", "model.depth=1", "model.heads=1", "model.size=null", "model.patch=1",
    "sampling.steps=2",
  ]

  private func reproduction(
    _ name: String, _ folder: URL, scenes: Int = 2, observer: any StageObserver = SilentObserver()
  ) throws -> Reproduction {
    var run = Reproduction(
      try ExperimentCatalogue.named(name), scale: .quick, seeds: [0], arms: folder,
      observer: observer)
    run.overrides = Self.tiny
    run.scenes = scenes
    // The same on every machine, whichever networks it has.
    run.networks = NetworkStore(folder: folder.appendingPathComponent("no networks"))
    return run
  }

  private static let arms = FileManager.default.temporaryDirectory
    .appendingPathComponent("phyworld-arms-\(ProcessInfo.processInfo.processIdentifier)")

  @Test(arguments: ExperimentCatalogue.all.map(\.name))
  func everyExperimentRunsFromEndToEnd(_ name: String) throws {
    // Words need an encoder: a small one, in the place of the published one.
    let (finding, clips) = try SmallT5.withFolder { encoder in
      var run = try reproduction(name, Self.arms)
      if name == "figure-18" { run.overrides.append("model.textEncoder=\(encoder.path)") }
      return try run()
    }
    let experiment = try ExperimentCatalogue.named(name)
    #expect(finding.claims.map(\.name) == experiment.claims.map(\.name))
    #expect(finding.arms.count == experiment.arms(at: .quick).count)
    #expect(finding.arms.allSatisfy { $0.videos == 6 && $0.steps == 2 && $0.parameters > 0 })
    #expect(!clips.isEmpty && Set(clips.map(\.clip.file)).count == clips.count)
    let table = try #require(finding.tables.first)
    #expect(!table.rows.isEmpty)
    // The same scenes at several numbers of sampling steps. Models that learn nothing lose their balls, and then there
    // is nothing to draw; in the testbed a lost body has a distance, too.
    if name == "table-1" { #expect(finding.figures.contains { $0.name == "steps" }) }
    for steps in [1, 4, 8, 32] {
      #expect(table.rows.contains { $0[1].contains("\(steps) sampling steps") })
    }
    let models = Set(finding.arms.flatMap(\.addresses)).count
    let places = try #require(finding.provenance["trained_on"])
    #expect(places.hasPrefix("\(models) on ") && places.hasSuffix("libtorch \(Torch.version)"))
    #expect(finding.time.total >= finding.time.training && finding.time.training > 0)
    // What a file holds is what was found.
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .throw
    let again = try JSONDecoder().decode(Finding.self, from: encoder.encode(finding))
    #expect(again == finding)
  }

  @Test func whatIsFinishedIsNotDoneAgain() throws {
    let folder = Self.arms.appendingPathComponent("again")
    let first = Stages()
    let found = try reproduction("figure-19", folder, observer: first)().finding
    #expect(first.names.contains("training") && first.names.contains("sampling"))
    let second = Stages()
    let same = try reproduction("figure-19", folder, observer: second)().finding
    #expect(second.names.allSatisfy { $0.hasPrefix("arm ") })
    #expect(same.claims == found.claims && same.tables == found.tables)
    // Other scenes are asked of the same model.
    let third = Stages()
    _ = try reproduction("figure-19", folder, scenes: 3, observer: third)()
    #expect(!third.names.contains("training") && third.names.contains("sampling"))
  }

  @Test func anArmWhoseConfigurationChangedIsRefused() throws {
    let folder = Self.arms.appendingPathComponent("changed")
    let run = try reproduction("figure-19", folder)
    let training = try #require(try run.trainings().first)
    var other = training.configuration
    other.loop.steps = 3
    try training.run.create(other)
    #expect(throws: ExperimentError.changedArm(training.run.url.path)) { try run.train(training) }
  }

  @Test func anInterruptionIsGoneOnWith() throws {
    let folder = Self.arms.appendingPathComponent("interrupted")
    var run = try reproduction("figure-19", folder)
    run.shouldStop = { true }
    #expect {
      _ = try run()
    } throws: { error in
      guard case RunError.interrupted = error else { return false }
      return true
    }
    run.shouldStop = { false }
    #expect(try run().finding.arms.count == 1)
  }

  @Test func aMissingCodecIsSaidFirst() throws {
    var run = try reproduction("figure-19", Self.arms.appendingPathComponent("codec"))
    run.overrides.append("autoencoder.released=no-such-codec")
    #expect {
      _ = try run()
    } throws: {
      "\($0)".contains("no-such-codec")
    }
  }

  private final class Stages: StageObserver {
    var names: [String] = []
    func began(_ stage: String, _ detail: String) { names.append(stage) }
    func advanced(_ done: Int, of total: Int, _ unit: String) {}
  }
}
