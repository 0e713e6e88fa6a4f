import ArgumentParser
import Foundation
import Submissions

/// Tasks for other people's models.
struct ChallengeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "challenge",
    abstract: "Hand the given frames of a named set to people who run their own models.",
    subcommands: [ChallengeExportCommand.self])
}

struct ChallengeExportCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the given frames of every scene, the ids and a README of the task.",
    discussion: """
      The folder tells nothing about how scenes go on. What does, the key, is written beside it: keep
      it, and evaluate answers with it.

      Examples:
        phyworld challenge export uniform/eval --output challenges/uniform
        phyworld challenge export collision/eval --count 200 --seed 7 --size 128 --output challenges/c
        phyworld evaluate --videos answers --key challenges/c.key.json
      """)

  @Argument(help: "A set's name; see phyworld data list.")
  var name: String

  @Option(help: "The folder to be made; the key becomes FOLDER.key.json.")
  var output: String

  @Option(help: "Seed of the scenes.")
  var seed: UInt64 = 0

  @Option(help: "Only so many scenes, spread over the set.")
  var count: Int?

  @Option(help: "Frames of a scene, the given ones included; the set's own unless told otherwise.")
  var frames: Int?

  @Option(help: "Frames that are given.")
  var conditionFrames = 3

  @Option(help: "Pixels along each side: 32, 64, 128 or 256.")
  var size = 256

  @Flag(help: "The scenes of the released files instead of seeded ones.")
  var compatible = false

  @Option(help: "Threads; 0 means all cores.")
  var threads = 0

  @OptionGroup var global: GlobalOptions

  func execute() throws {
    Interruption.listen()
    let split = try SceneSplit(
      named: name, seed: seed, count: count, frames: frames, compatible: compatible)
    let folder = ChallengeFolder(URL(fileURLWithPath: output))
    let observer = global.observer
    observer.began("exporting", "\(split.count) scenes of \(name)")
    try folder.export(
      split, size: size, conditionFrames: conditionFrames,
      threads: threads > 0 ? threads : ProcessInfo.processInfo.activeProcessorCount,
      progress: { observer.advanced($0, of: $1, "scenes") },
      isCancelled: { Interruption.isRequested })
    if global.json {
      try Terminal.result(json: ["folder": folder.url.path, "key": folder.key.path])
    }
    guard !global.quiet else { return }
    Terminal.line("challenge: \(folder.url.path)")
    Terminal.line("key, not to be given away: \(folder.key.path)")
  }
}
