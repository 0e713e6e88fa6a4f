import ArgumentParser
import Combinatorial
import Datasets
import Foundation
import Videos
import Worlds

struct DataMakeCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "make",
    abstract: "Simulate, render and store a named set, or a recipe of one's own.",
    discussion: """
      Scene i depends on recipe, seed and i alone: any number of threads and
      processes gives the same bytes. With --compatible the scenes are those of the
      released files, drawn from the official random numbers in the official order.

      Examples:
        phyworld data make uniform/eval --output sets/uniform-eval --merge
        phyworld data make uniform/train-30k --format tar --size 128 --output u30k
        phyworld data make collision/train-level2 --shard $TASK/64 --output c2
        phyworld data make uniform/train-30k --compatible --output sets/as-released
        phyworld data make my-recipe.json --count 5000 --output sets/mine
        phyworld data make combinatorial/train-6 --tasks 10 --trials 20 --output c6
      """)

  @Argument(help: "A set's name (see phyworld data list) or a recipe as a .json file.")
  var set: String

  @Option(help: "Only the first so many scenes; recipes of regions have no end and need it.")
  var count: Int?

  @Option(
    help: """
      Pixels along each side: 256 unless told otherwise, or a divisor of it. Combinatorial scenes are \
      painted at 512, which their hdf5 files have.
      """)
  var size: Int?

  @Option(help: "Of combinatorial sets: only the first so many tasks of every template.")
  var tasks: Int?

  @Option(help: "Of combinatorial sets: only the first so many trials of every task.")
  var trials: Int?

  @Option(help: "Frames of each video, 0.1 seconds apart; the set's own unless told otherwise.")
  var frames: Int?

  @Option(help: "The speed the files play at; it says nothing about the physics.")
  var fps = 10

  @Option(help: "Seed of the scenes.")
  var seed: UInt64 = 0

  @Flag(help: "The scenes of the released files instead of seeded ones.")
  var compatible = false

  @OptionGroup var storage: StorageOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if let count, count < 1 { throw ValidationError("--count \(count): must be at least 1") }
    if let frames, frames < 1 { throw ValidationError("--frames \(frames): must be at least 1") }
    let largest = isCombinatorial ? 512 : 256
    if let size, size < 8 || largest % size != 0 {
      throw ValidationError(
        "--size \(size): must be 8, 16, 32, 64, 128\(isCombinatorial ? ", 256 or 512" : " or 256")")
    }
    for (name, value) in [("tasks", tasks), ("trials", trials)] {
      guard let value else { continue }
      if value < 1 { throw ValidationError("--\(name) \(value): must be at least 1") }
      if !isCombinatorial {
        throw ValidationError("--\(name): only combinatorial sets have \(name)")
      }
    }
    if isCombinatorial {
      if frames != nil {
        throw ValidationError("--frames: combinatorial videos have 50 frames; leave it out")
      }
      if compatible {
        throw ValidationError(
          "--compatible: the released combinatorial tasks were drawn without a seed and cannot be "
            + "made again; leave it out")
      }
    }
    if !(1...1000).contains(fps) { throw ValidationError("--fps \(fps): must be 1 to 1000") }
  }

  private var isCombinatorial: Bool { CombinatorialSet.isName(self.set) }

  func execute() throws {
    Interruption.listen()
    if isCombinatorial { return try makeCombinatorial() }
    let scenes = try sequence()
    guard let available = count ?? scenes.count else {
      throw DatasetError.request(
        "\(set) draws from a region and has no end; say how many videos with --count")
    }
    let source = RenderedScenes(scenes, size: size ?? 256)
    let settings = DatasetSettings(
      storage: storage.format, provenance: source.provenance, count: available, size: size ?? 256,
      frames: try scenes.labelledScene(at: 0).scene.frames, framesPerSecond: fps,
      quality: storage.quality ?? .fast, shardSize: storage.shardSize)
    try write(source, settings)
  }

  private func makeCombinatorial() throws {
    var chosen = try CombinatorialSet(named: set)
    chosen.tasks = chosen.tasks.prefix(tasks ?? chosen.tasks.count)
    chosen.trials = chosen.trials.prefix(trials ?? chosen.trials.count)
    // The official files hold the trials of one task each.
    if storage.format == .hdf5 { chosen.order = .tasks }
    let size = self.size ?? (storage.format == .hdf5 ? 512 : 256)
    let source = try RenderedCombinatorial(chosen, seed: seed, size: size)
    let settings = DatasetSettings(
      storage: storage.format, provenance: source.provenance, count: count ?? chosen.count,
      size: size, frames: CombinatorialSimulator.frames, framesPerSecond: fps,
      quality: storage.quality ?? .fast, shardSize: storage.shardSize)
    try write(source, settings)
  }

  private func write(_ source: some VideoSource, _ settings: DatasetSettings) throws {
    let writer = DatasetWriter(
      settings, to: storage.folder, threads: storage.workers, selection: storage.shard ?? .all)
    let observer = global.observer
    observer.began(
      "making",
      "\(settings.count) videos of \(set) as \(storage.format.rawValue), \(settings.quality)")
    let manifest = try writer.write(InterruptibleSource(base: source)) { done, total in
      observer.advanced(done, of: total, "videos")
    }
    try DataResult.report(manifest, storage, global)
  }

  private func sequence() throws -> any SceneSequence {
    guard !set.hasSuffix(".json") else {
      if compatible {
        throw DatasetError.request("--compatible needs a named set; \(set) is a recipe")
      }
      return SceneStream(recipe: try Self.recipe(set, frames: frames), seed: seed)
    }
    let named = try SceneCatalogue.set(named: set)
    guard compatible else {
      var recipe = named.recipe
      if let frames { recipe.frames = frames }
      return SceneStream(recipe: recipe, seed: seed)
    }
    if frames != nil || seed != 0 {
      throw DatasetError.request(
        "--compatible fixes frames and seed; leave --frames and --seed out")
    }
    guard let official = try named.officialStream() else {
      throw DatasetError.request(
        "\(set) has no official stream: no script for it was released; leave --compatible out")
    }
    return official
  }

  private static func recipe(_ path: String, frames: Int?) throws -> SceneRecipe {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw DatasetError.missing(file: path)
    }
    do {
      var recipe = try JSONDecoder().decode(SceneRecipe.self, from: data)
      if let frames { recipe.frames = frames }
      try recipe.validate()
      return recipe
    } catch let error as DecodingError {
      throw DatasetError.broken(DatasetFault(file: path, cause: DecodingProblem.text(error)))
    } catch {
      throw DatasetError.broken(DatasetFault(file: path, cause: "\(error)"))
    }
  }
}

/// What making and converting print at the end.
enum DataResult {
  struct Summary: Codable {
    var folder: String
    var finished: Bool
    var count: Int?
    var shards: Int?
    var bytes: Int?
    var merged: String?
  }

  static func report(
    _ manifest: DatasetManifest?, _ storage: StorageOptions, _ global: GlobalOptions
  ) throws {
    var summary = Summary(
      folder: storage.folder.path, finished: manifest != nil, count: manifest?.settings.count,
      shards: manifest?.shards.count, bytes: manifest?.shards.reduce(0) { $0 + $1.bytes })
    if storage.merge {
      if manifest == nil {
        Terminal.line("not merged: shards of other processes are still missing")
      } else {
        summary.merged = try DatasetConversion.merge(storage.folder).path
      }
    }
    if global.json {
      try Terminal.result(json: summary)
    }
    guard !global.quiet else { return }
    Terminal.line(
      "set: \(summary.folder)" + (manifest == nil ? " (other shards are still missing)" : ""))
    if let merged = summary.merged { Terminal.line("merged: \(merged)") }
  }
}
