import Foundation
import Models

/// The weights that come with the program: `Weights/NAME/{config.json, model.safetensors}`.
public enum ReleasedWeights {
  /// The folder of released weights, or of a path.
  ///
  /// Looked for as a path, in `PHYWORLD_WEIGHTS`, and in a folder `Weights` beside or above the
  /// program and the working directory.
  /// - Throws: `RunError.noWeights`.
  public static func folder(
    _ name: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> URL {
    var places = [URL(fileURLWithPath: name)]
    if let own = environment["PHYWORLD_WEIGHTS"] {
      places.append(URL(fileURLWithPath: own).appendingPathComponent(name))
    }
    let program = URL(fileURLWithPath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
    let executable = Bundle.main.executableURL?.resolvingSymlinksInPath()
    let work = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    for start in [
      executable?.deletingLastPathComponent(), program.deletingLastPathComponent(), work,
    ] {
      guard var place = start else { continue }
      while place.path != "/" {
        places.append(place.appendingPathComponent("Weights").appendingPathComponent(name))
        place.deleteLastPathComponent()
      }
    }
    for place in places where RunFolder.exists(place.appendingPathComponent("config.json")) {
      return place
    }
    throw RunError.noWeights(name, searched: Array(places.prefix(3).map(\.path)))
  }
}
