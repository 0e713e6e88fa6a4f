import ArgumentParser
import Datasets
import Foundation

struct DataConvertCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Store a set in another format, with its labels and its recipe.",
    discussion: """
      Without --crf or --lossless the bytes of mp4 files stay as they are.

      Examples:
        phyworld data convert released.hdf5 --format tar --output sets/released
        phyworld data convert sets/u30k --format hdf5 --merge --output official
      """)

  @Argument(help: "A set: a folder, or a .hdf5, .tar or .npz file.")
  var source: String

  @OptionGroup var storage: StorageOptions
  @OptionGroup var global: GlobalOptions

  func execute() throws {
    Interruption.listen()
    let observer = global.observer
    observer.began("converting", "\(source) to \(storage.format.rawValue)")
    let manifest = try DatasetConversion.convert(
      URL(fileURLWithPath: source), to: storage.folder, storage: storage.format,
      quality: storage.quality, shardSize: storage.shardSize, threads: storage.workers,
      selection: storage.shard ?? .all
    ) { done, total in observer.advanced(done, of: total, "videos") }
    try DataResult.report(manifest, storage, global)
  }
}
