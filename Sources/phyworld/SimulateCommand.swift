import ArgumentParser
import Datasets
import Experiments
import Foundation
import Videos
import Worlds

struct SimulateCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Simulate scenes of a law and render them: videos and states.",
    discussion: """
      Writes 00000.mp4 … with scenes.jsonl (parameters, bodies, positions of every frame).
      Scene i depends on the level, the seed and i alone.

      Examples:
        phyworld simulate uniform-motion --count 20 --output videos
        phyworld simulate uniform-motion --level v_high --size 128 --lossless --output fast
      """)

  @Argument(help: "The law: uniform-motion.")
  var scenario: String

  @Option(
    help: ArgumentHelp(
      "Region of radius and speed: "
        + "\(EvaluationLevel.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "level"))
  var level: EvaluationLevel = .idLevel

  @Option(help: "Videos.")
  var count = 10

  @Option(help: "Frames of each video, 0.1 seconds apart.")
  var frames = 32

  @Option(help: "Pixels along each side: 256 or a divisor (rendered at 256, then averaged).")
  var size = 256

  @Option(help: "Seed of the scenes.")
  var seed: UInt64 = 0

  @Flag(help: "Store every pixel exactly instead of the official H.264 (crf 25).")
  var lossless = false

  @Option(help: "The folder to make.")
  var output: String

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if scenario != UniformMotion.name, scenario != "uniform-motion" {
      throw ValidationError("unknown scenario '\(scenario)'; this build has: uniform-motion")
    }
    if count < 1 { throw ValidationError("--count \(count): must be at least 1") }
    if frames < 1 { throw ValidationError("--frames \(frames): must be at least 1") }
    if size < 8 || 256 % size != 0 {
      throw ValidationError("--size \(size): must be 8, 16, 32, 64, 128 or 256")
    }
  }

  func execute() throws {
    let folder = URL(fileURLWithPath: output)
    let stream = SceneStream(
      recipe: SceneRecipe(scenario: UniformMotion(frames: frames), region: level.region), seed: seed
    )
    let observer = global.observer
    observer.began("simulating", "\(count) scenes of uniform motion, level \(level.rawValue)")
    try VideoFolder.write(
      stream, count: count, size: size, quality: lossless ? .lossless : .official, to: folder
    ) { observer.advanced($0, of: count, "videos") }
    if !global.quiet { Terminal.line("videos: \(folder.path)") }
  }
}
