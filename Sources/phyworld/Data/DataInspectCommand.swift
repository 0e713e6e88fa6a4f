import ArgumentParser
import Datasets
import Foundation

struct DataInspectCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Say what a file or folder of videos is: format, counts, shapes, recipe.",
    discussion: """
      Decodes one video; damaged parts are listed and the rest is described. Exit
      code 65 when something is damaged.

      Examples:
        phyworld data inspect released.hdf5
        phyworld data inspect sets/u30k --json
      """)

  @Argument(help: "A folder, or a .hdf5, .tar or .npz file.")
  var path: String

  @OptionGroup var global: GlobalOptions

  func execute() throws {
    let found = try DatasetInspection(of: URL(fileURLWithPath: path))
    if global.json {
      try Terminal.result(json: found)
    } else {
      Terminal.result(Data(Self.text(found).utf8))
    }
    DataFaults.list(found.faults)
    if !found.faults.isEmpty { throw Exit.badData }
  }

  private static func text(_ found: DatasetInspection) -> String {
    var lines = ["\(found.file): \(found.kind)", "videos: \(found.count)"]
    if let frames = found.frames, let width = found.width, let height = found.height {
      let rate = found.framesPerSecond.map { ", \(Terminal.number($0, 1)) frames/s" } ?? ""
      lines.append(
        "frames: \(frames) of \(width) by \(height) pixels, \(found.pixels ?? "unknown")\(rate)")
    }
    if let scenario = found.scenario {
      lines.append(
        "scenes: \(scenario), \(found.bodies ?? 0) bodies"
          + (found.hasVelocities ? "" : ", positions only")
          + (found.isReconstructed ? ", start reconstructed from positions" : ""))
    }
    for (name, stream) in found.streams.sorted(by: { $0.key < $1.key }) {
      lines.append("  \(name): \(stream.type) \(stream.shape)")
    }
    if let recipe = found.recipe { lines.append("recipe: \(recipe)") }
    if let seed = found.seed {
      lines.append("seed: \(seed), \(found.mode?.rawValue ?? "unknown") mode")
    }
    lines.append("files: \(found.parts.count), \(found.parts.reduce(0) { $0 + $1.bytes }) bytes")
    return lines.joined(separator: "\n")
  }
}

/// Lists what is wrong with a set, on stderr.
enum DataFaults {
  private static let shown = 100

  static func list(_ faults: [DatasetFault]) {
    for fault in faults.prefix(shown) { Terminal.line("fault: \(fault)") }
    if faults.count > shown {
      Terminal.line("and \(faults.count - shown) more; --json lists all of them")
    }
  }
}
