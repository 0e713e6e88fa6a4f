import ArgumentParser
import Experiments
import Findings
import Foundation
import Models
import Training

struct AutoencoderCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "autoencoder",
    abstract: "What reconstruction by an autoencoder costs on the released ruler.",
    discussion: """
      Truth is encoded and decoded, and the official velocity error of the result is
      set against that of the truth itself: every law, in and out of distribution,
      shapes and colours, one line each. No model on these latents can do better.
      Behind the cost stands its 95 % interval: the scenes drawn anew, each with both
      its errors (paired bootstrap). With --walls, scenes with walls, blocks and gaps,
      which the released evaluators do not know: unbiased errors and distances from
      the true tracks.

      Examples:
        phyworld autoencoder autoencoder-128
        phyworld autoencoder runs/spatial/autoencoder --scenes 32 --json
        phyworld autoencoder taesd --kind collision
        phyworld autoencoder autoencoder-64-many --walls
        phyworld autoencoder autoencoder-testbed --testbed --scenes 60
      """)

  @Argument(help: "A folder's name under Weights/, or a path.")
  var codec: String

  @Option(help: "Scenes of every kind.")
  var scenes = 16

  @Option(help: "Only kinds whose name contains this text, such as collision.")
  var kind: String?

  @Flag(help: "Scenes with walls, blocks and gaps instead.")
  var walls = false

  @Flag(help: "Scenes of the combinatorial testbed instead.")
  var testbed = false

  @Option(help: "Seed of the scenes.")
  var seed: UInt64 = 0

  @Option(help: "Threads; 0 means all cores.")
  var threads = 0

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if scenes < 1 { throw ValidationError("--scenes \(scenes): must be at least 1") }
    if testbed, walls || kind != nil {
      throw ValidationError("--testbed has scenes of its own: leave --walls and --kind out")
    }
  }

  func execute() throws {
    useThreads(threads)
    if testbed { return try measureTestbed() }
    let all = walls ? ReconstructionCost.walledKinds : ReconstructionCost.kinds
    let kinds = kind.map { text in all.filter { $0.name.contains(text) } } ?? all
    guard !kinds.isEmpty else {
      throw ValidationError(
        "--kind \(kind ?? ""): no kind of scene is called so; try uniform_motion, parabola, "
          + "collision, square, ring, blue or a level such as r_low; with --walls also wall, gap, edge"
      )
    }
    let loaded = try LatentCodecs.load(ReleasedWeights.folder(codec))
    let observer = global.observer
    observer.began("measuring", "\(kinds.count * scenes) scenes")
    let cost = try ReconstructionCost.measure(loaded, videos: scenes, seed: seed, kinds: kinds) {
      observer.advanced($0, of: $1, "kinds of scenes")
    }
    if global.json { return try Terminal.result(json: cost) }
    for group in cost.groups {
      Terminal.line(
        "\(group.name) \(group.measure): truth \(Self.text(group.floor)), reconstruction "
          + "\(Self.text(group.reconstruction)), cost \(Self.text(group.cost))"
          + (group.interval.map {
            " (\(Self.text($0.lowerBound)) to \(Self.text($0.upperBound)))"
          } ?? ""))
    }
    for (law, mean) in cost.laws { Terminal.line("\(law): cost \(Self.text(mean)) on average") }
  }

  private func measureTestbed() throws {
    let loaded = try LatentCodecs.load(ReleasedWeights.folder(codec))
    let observer = global.observer
    observer.began("measuring", "\(2 * scenes) scenes of the testbed")
    let cost = try TestbedCost.measure(loaded, scenes: scenes, seed: seed) {
      observer.advanced($0, of: $1, "sets")
    }
    if global.json { return try Terminal.result(json: cost) }
    for group in cost.groups {
      for shown in ["ground_truth", "reconstruction", "constant_velocity"] {
        let numbers = (group.means[shown] ?? [:]).sorted { $0.key < $1.key }
          .map { "\($0.key) \(Self.text($0.value))" }.joined(separator: ", ")
        Terminal.line("\(group.set), \(group.scenes) scenes, \(shown): \(numbers)")
      }
    }
  }

  private static func text(_ value: Double) -> String {
    String(format: "%.4f", locale: Locale(identifier: "en_US_POSIX"), value)
  }
}
