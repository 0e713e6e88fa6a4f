import ArgumentParser
import Combinatorial
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
      Writes 00000.mp4 … with scenes.jsonl (parameters, bodies, positions and
      velocities of every frame, contacts). Scene i depends on law, region, seed and
      i alone. Large sets, other formats and the paper's own sets are made with
      phyworld data.

      combinatorial stands for the PHYRE scenes: 00000.json beside a video is its
      scene, to be edited and simulated again with --scene. 50 frames, a third of a
      second apart. See Documentation/Combinatorial.md.

      Examples:
        phyworld simulate uniform-motion --count 20 --output videos
        phyworld simulate uniform-motion --level v_high --size 128 --output fast
        phyworld simulate collision --region r1=0.5...1.5 r2=0.5...1.5 \\
          v1=1...4 v2=1...4 --output collisions
        phyworld simulate combinatorial --template 10005 --count 100 --output bars
        phyworld simulate combinatorial --scene bars/00007.json --output again
      """)

  @Argument(
    help: ArgumentHelp(
      "The law: "
        + AnyScenario.types.map { $0.name.replacing("_", with: "-") }.joined(separator: ", ")
        + ", combinatorial.")
  )
  var scenario: String

  @Option(
    help: ArgumentHelp(
      "Uniform motion: a named region, "
        + "\(EvaluationLevel.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "level"))
  var level: EvaluationLevel?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Ranges of the law's parameters; the law's first named set where it is left out.",
      valueName: "name=low...high"))
  var region: [String] = []

  @Option(help: "Videos.")
  var count = 10

  @Option(help: "Frames of each video, 0.1 seconds apart.")
  var frames: Int?

  @Option(
    help: """
      Pixels along each side: 256 or a divisor (rendered at 256, then averaged); \
      combinatorial scenes 512 too.
      """)
  var size = 256

  @Option(help: "Seed of the scenes.")
  var seed: UInt64 = 0

  @Flag(help: "Store every pixel exactly instead of the official H.264 (crf 25; combinatorial 23).")
  var lossless = false

  @Option(help: "The folder to make.")
  var output: String

  @OptionGroup var combinatorial: CombinatorialOptions
  @OptionGroup var global: GlobalOptions

  private var isCombinatorial: Bool { scenario == "combinatorial" }

  func validate() throws {
    if isCombinatorial { return try validateCombinatorial() }
    if combinatorial.isGiven {
      throw ValidationError(
        "--template, --split, --task, --trial, --scene and --restitution-threshold are for "
          + "combinatorial, not \(scenario)")
    }
    do {
      let type = try AnyScenario.type(named: scenario)
      if level != nil, type.name != UniformMotion.name {
        throw ValidationError("--level is for uniform-motion; give \(scenario) a --region")
      }
    } catch let error as SceneError {
      throw ValidationError("\(error), combinatorial")
    }
    if level != nil, !region.isEmpty {
      throw ValidationError("--level and --region exclude each other")
    }
    if count < 1 { throw ValidationError("--count \(count): must be at least 1") }
    if let frames, frames < 1 { throw ValidationError("--frames \(frames): must be at least 1") }
    if size < 8 || 256 % size != 0 {
      throw ValidationError("--size \(size): must be 8, 16, 32, 64, 128 or 256")
    }
    _ = try box()
  }

  private func validateCombinatorial() throws {
    if level != nil || !region.isEmpty || frames != nil {
      throw ValidationError(
        "--level, --region and --frames are for laws; combinatorial scenes have --template, --split "
          + "or --scene and always 50 frames")
    }
    if count < 1 { throw ValidationError("--count \(count): must be at least 1") }
    if size < 8 || 512 % size != 0 {
      throw ValidationError("--size \(size): must be 8, 16, 32, 64, 128, 256 or 512")
    }
    let names = combinatorial
    if names.template == nil, names.split == nil, names.scene == nil {
      throw ValidationError(CombinatorialOptions.missing)
    }
    if names.scene != nil, count != 10, count != 1 {
      throw ValidationError("--scene is one scene; leave --count out")
    }
  }

  func execute() throws {
    let folder = URL(fileURLWithPath: output)
    if isCombinatorial { return try simulateCombinatorial(to: folder) }
    let stream = try sceneStream()
    let observer = global.observer
    observer.began("simulating", "\(count) scene\(count == 1 ? "" : "s") of \(stream.recipe.id)")
    try VideoFolder.write(
      stream, count: count, size: size, quality: lossless ? .lossless : .official, to: folder
    ) { observer.advanced($0, of: count, "videos") }
    if !global.quiet { Terminal.line("videos: \(folder.path)") }
  }

  private func simulateCombinatorial(to folder: URL) throws {
    let (name, count, scene) = try combinatorial.scenes(count: count, seed: seed)
    let observer = global.observer
    observer.began("simulating", "\(count) scene\(count == 1 ? "" : "s") of \(name)")
    let failures = try CombinatorialFolder.write(
      name, count: count, size: size,
      quality: lossless ? .lossless : CombinatorialFolder.quality,
      simulator: combinatorial.simulator, to: folder,
      progress: { observer.advanced($0, of: count, "videos") }, scene: scene)
    if !global.quiet { Terminal.line("videos: \(folder.path)") }
    for failure in failures {
      Terminal.line("no video of scene \(failure.index): \(failure.cause)")
    }
    if !failures.isEmpty { throw Exit.partial }
  }

  private func sceneStream() throws -> SceneStream {
    let type = try AnyScenario.type(named: scenario)
    let usual = UsualRegion.of(type.name)
    var law = usual?.scenario ?? AnyScenario(type.init())
    if let frames { law.frames = frames }
    let ranges = try box()
    let named = (level ?? (type.name == UniformMotion.name ? .idLevel : nil))?.region
    guard let region = ranges.isEmpty ? named ?? usual?.region : Region(boxes: [ranges]) else {
      throw RegionError.noBoxes
    }
    let recipe = SceneRecipe(scenario: law.base, region: region)
    try recipe.validate()
    return SceneStream(recipe: recipe, seed: seed)
  }

  private func box() throws -> [String: ClosedRange<Double>] {
    var box: [String: ClosedRange<Double>] = [:]
    for text in region {
      guard let match = text.wholeMatch(of: /([A-Za-z][A-Za-z0-9_]*)=(.+)\.\.\.(.+)/),
        let low = Double(match.2), let high = Double(match.3), low <= high
      else {
        throw ValidationError("--region \(text): write it as name=low...high, such as v=1...4")
      }
      box[String(match.1)] = low...high
    }
    return box
  }
}
