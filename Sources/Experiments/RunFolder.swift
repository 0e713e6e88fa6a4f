import Datasets
import Foundation
import Measures
import Models
import Tensors
import Training
import Videos

/// The folder of one run: configuration in, everything the run made beside it.
public struct RunFolder: Hashable, Sendable {
  /// Where it is.
  public let url: URL

  /// A run's folder, which need not exist yet.
  public init(_ url: URL) { self.url = url }

  private func file(_ name: String) -> URL { url.appendingPathComponent(name) }

  /// The resolved configuration.
  public var configurationFile: URL { file("config.yaml") }
  /// Build, machine and start.
  public var environmentFile: URL { file("environment.json") }
  /// The frozen autoencoder.
  public var autoencoder: URL { file("autoencoder") }
  /// The trained transformer.
  public var model: URL { file("model") }
  /// Where an autoencoder is trained when none is released.
  public var autoencoderTraining: URL { file("autoencoder-training") }
  /// Generated videos, one folder per sampling setting and level.
  public var samples: URL { file("samples") }
  /// One record per generated video.
  public var scoresFile: URL { file("scores.jsonl") }
  /// One record per floor video: `floors/NAME.jsonl`.
  public func floorFile(_ name: String) -> URL {
    file("floors").appendingPathComponent("\(name).jsonl")
  }
  /// The results.
  public var metricsFile: URL { file("metrics.json") }
  /// The shapes kept by the autoencoder.
  public var gateFile: URL { file("shape-gate.json") }
  /// Seconds per stage.
  public var timingsFile: URL { file("timings.json") }
  /// Wall time and peak memory of a whole demo.
  public var resourcesFile: URL { file("resources.json") }
  /// Continuations of the probe's scenes after some step of training, as a picture.
  public func probePicture(step: Int) -> URL {
    let digits = String(step)
    let name = "step-" + String(repeating: "0", count: max(8 - digits.count, 0)) + digits
    return file("probes").appendingPathComponent("\(name).png")
  }
  /// The page for people.
  public var report: URL { file("report.html") }

  /// Generated videos of a level at a number of sampling steps.
  public func sampleFolder(_ level: EvaluationLevel, steps: Int) -> URL {
    samples.appendingPathComponent("steps-\(steps)").appendingPathComponent(level.rawValue)
  }

  /// Continued scenes of a named set.
  public func setSamples(_ set: String) -> URL {
    samples.appendingPathComponent("sets").appendingPathComponent(
      set.replacingOccurrences(of: "/", with: "-"))
  }

  /// Whether there is anything at the place.
  public var exists: Bool { FileManager.default.fileExists(atPath: url.path) }
  /// Whether the transformer is trained.
  public var isTrained: Bool { Self.exists(model.appendingPathComponent("config.json")) }
  /// Whether the results are there.
  public var isMeasured: Bool { Self.exists(metricsFile) }
  /// Whether training has left a checkpoint.
  public var hasCheckpoint: Bool { CheckpointStore(folder: url).latest != nil }

  static func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }

  /// Makes the folder with its configuration; a failure leaves no folder.
  /// - Throws: `RunError.alreadyThere`, `.cannotWrite`.
  public func create(_ configuration: RunConfiguration) throws {
    guard !exists else { throw RunError.alreadyThere(url.path) }
    try writing(url) {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try AtomicFolder.write(to: url) { temporary in
        try Data(ConfigurationFile.yaml(configuration).utf8)
          .write(to: RunFolder(temporary).configurationFile)
      }
    }
  }

  /// Reads the configuration of a run that exists.
  /// - Throws: `RunError.notARun`, `ConfigurationError`.
  public func configuration() throws -> RunConfiguration {
    guard Self.exists(configurationFile) else { throw RunError.notARun(url.path) }
    return try RunConfiguration.load(configurationFile)
  }

  /// Adds the seconds of a stage to `timings.json`; repeated stages add up, and of memory the most counts.
  public func addTiming(_ stage: String, seconds: Double, memoryBytes: Int? = nil) throws {
    var all = timings()
    let index = all.firstIndex { $0.stage == stage } ?? all.endIndex
    if index == all.endIndex { all.append(StageTiming(stage: stage, seconds: 0)) }
    all[index].seconds += seconds
    all[index].memoryBytes = [all[index].memoryBytes, memoryBytes].compactMap { $0 }.max()
    try writing(timingsFile) { try AtomicFolder.write(json: all, to: timingsFile) }
  }

  /// Where and with what it was run; nil where that is not noted.
  public func environment() -> RunEnvironment? {
    guard let data = try? Data(contentsOf: environmentFile) else { return nil }
    return try? JSONDecoder().decode(RunEnvironment.self, from: data)
  }

  /// Seconds per stage so far.
  public func timings() -> [StageTiming] {
    guard let data = try? Data(contentsOf: timingsFile) else { return [] }
    return (try? JSONDecoder().decode([StageTiming].self, from: data)) ?? []
  }

  /// The records of the generated videos.
  /// - Throws: `RunError.missing`, `MeasureError`.
  public func scores() throws -> [VideoScore] {
    try ScoresFile.scores(data(scoresFile, remedy: "phyworld evaluate \(url.path)"))
  }

  /// The records of a floor.
  public func floorScores(_ name: String) throws -> [VideoScore] {
    try ScoresFile.scores(data(floorFile(name), remedy: "phyworld evaluate \(url.path)"))
  }

  /// The results.
  public func metrics() throws -> MetricsDocument {
    let file = try data(metricsFile, remedy: "phyworld evaluate \(url.path)")
    do {
      return try MetricsDocument(json: file)
    } catch {
      throw RunError.unreadable(metricsFile.path, reason: "\(error)")
    }
  }

  /// Generated video `index` of a level.
  /// - Throws: `RunError.missing`, `VideoError`.
  public func sample(_ index: Int, level: EvaluationLevel, steps: Int) throws -> Video {
    let file = sampleFolder(level, steps: steps)
      .appendingPathComponent(SampleManifest.fileName(index))
    guard Self.exists(file) else {
      throw RunError.missing(file.path, remedy: "phyworld sample \(url.path)")
    }
    return try VideoFile.read(file)
  }

  /// Writes the picture of a probe, where there is one.
  func writeProbe(_ picture: Image?, step: Int) throws {
    guard let picture else { return }
    let file = probePicture(step: step)
    try writing(file) {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try ImageFile.png(picture).write(to: file, options: .atomic)
    }
  }

  private func data(_ file: URL, remedy: String) throws -> Data {
    guard let data = try? Data(contentsOf: file) else {
      throw RunError.missing(file.path, remedy: remedy)
    }
    return data
  }
}

/// How long a stage of a run took.
public struct StageTiming: Codable, Hashable, Sendable {
  /// "training", "sampling", …
  public var stage: String
  /// Wall seconds.
  public var seconds: Double
  /// The most memory that the program had taken by the stage's end, in bytes; on a GPU its tensors.
  public var memoryBytes: Int?

  enum CodingKeys: String, CodingKey {
    case stage, seconds
    case memoryBytes = "memory_bytes"
  }

  init(stage: String, seconds: Double, memoryBytes: Int? = nil) {
    (self.stage, self.seconds, self.memoryBytes) = (stage, seconds, memoryBytes)
  }
}

/// Runs `body`; whatever the system refuses becomes `RunError.cannotWrite` with the place.
package func writing<Value>(_ place: URL, _ body: () throws -> Value) throws -> Value {
  do {
    return try body()
  } catch let error as CocoaError {
    throw RunError.cannotWrite(place.path, reason: error.localizedDescription)
  } catch SafetensorsError.unwritable(_, let reason) {
    throw RunError.cannotWrite(place.path, reason: reason)
  } catch VideoError.cannotWrite(_, let cause) {
    throw RunError.cannotWrite(place.path, reason: cause)
  }
}
