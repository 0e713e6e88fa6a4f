import ArgumentParser
import Datasets
import Foundation
import Videos

/// Everything about data sets: what there is, how it looks, making, converting and checking.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Data sets: list and look at named sets; make, convert, inspect and verify files.",
    discussion: """
      Examples:
        phyworld data list collision
        phyworld data show uniform/hole-1.5-3.5
        phyworld data make uniform/train-30k --format tar --output sets/uniform-30k
        phyworld data verify sets/uniform-30k
      """,
    subcommands: [
      DataListCommand.self, DataShowCommand.self, DataMakeCommand.self, DataConvertCommand.self,
      DataInspectCommand.self, DataVerifyCommand.self,
    ])
}

extension DatasetFormat: ExpressibleByArgument {}
extension EncoderPreset: ExpressibleByArgument {}

extension ShardSelection: ExpressibleByArgument {
  /// `2/8`: the second of eight equal shares of the shards.
  public init?(argument: String) {
    guard let selection = try? ShardSelection(argument) else { return nil }
    self = selection
  }
}

/// How the videos of a set are stored.
struct StorageOptions: ParsableArguments {
  @Option(
    help: """
      hdf5 (the official layout), tar (WebDataset), folder (mp4 files and a list), npz (pixels).
      """)
  var format: DatasetFormat = .hdf5

  @Option(help: "Rate factor of H.264, 0 (best) to 51; official files have 25.")
  var crf: Int?

  @Option(
    help: """
      Encoder preset: light (ours: three times as fast as medium, files over twice as large), changes \
      (an encoder of our own for still backgrounds: faster again, larger again) or one of x264's; \
      official files have medium.
      """)
  var preset: EncoderPreset?

  @Flag(help: "Store every pixel exactly.")
  var lossless = false

  @Option(
    name: .customLong("shard-size"),
    help: "Videos in a file: 1000 unless told otherwise, 100 for npz.")
  var shardSize: Int?

  @Option(help: "Make only this share of the files, e.g. 2/8; any number of processes may join in.")
  var shard: ShardSelection?

  @Option(help: "Threads; 0 means all cores.")
  var threads = 0

  @Option(help: "The folder to make; a second run goes on where the first was interrupted.")
  var output: String

  @Flag(
    help: "With hdf5: also join the chunks into one file OUTPUT.hdf5, as the official tools do.")
  var merge = false

  func validate() throws {
    if let crf, !(0...51).contains(crf) {
      throw ValidationError("--crf \(crf): must be 0 to 51")
    }
    if preset != nil, lossless {
      throw ValidationError("--preset and --lossless exclude each other")
    }
    if crf != nil, lossless { throw ValidationError("--crf and --lossless exclude each other") }
    if let shardSize, shardSize < 1 {
      throw ValidationError("--shard-size \(shardSize): must be at least 1")
    }
    if threads < 0 { throw ValidationError("--threads \(threads): must not be negative") }
    if merge, format != .hdf5 {
      throw ValidationError("--merge joins hdf5 chunks; the format is \(format.rawValue)")
    }
  }

  /// What was asked for; nil where nothing was.
  var quality: VideoQuality? {
    if lossless { return .lossless }
    return crf == nil && preset == nil ? nil : .h264(crf: crf ?? 25, preset: preset ?? .light)
  }

  var workers: Int { threads > 0 ? threads : ProcessInfo.processInfo.activeProcessorCount }
  var folder: URL { URL(fileURLWithPath: output) }
}

/// A source that stops when the user asks for it; finished files stay.
struct InterruptibleSource: VideoSource {
  let base: any VideoSource

  var count: Int? { base.count }
  var identity: String { base.identity }
  var provenance: DatasetProvenance? { base.provenance }

  func video(at index: Int) throws -> LabelledVideo {
    try Interruption.check("making videos", remedy: "run the same command again to go on")
    return try base.video(at: index)
  }
}
