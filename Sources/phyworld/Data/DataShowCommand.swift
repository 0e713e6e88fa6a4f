import ArgumentParser
import Combinatorial
import Datasets
import Foundation
import Reports
import Videos
import Worlds

struct DataShowCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a named set: what it is, where its scenes lie, and how they look.",
    discussion: """
      Writes region.svg (where the scenes lie, by level) and samples.png (a row of
      frames for each of some scenes spread over the set).

      Examples:
        phyworld data show uniform/hole-1.5-3.5
        phyworld data show collision/eval --output pictures --samples 12
      """)

  @Argument(help: "The set's name; see phyworld data list.")
  var name: String

  @Option(help: "The folder for the pictures; the set's name with dashes unless told otherwise.")
  var output: String?

  @Option(help: "Scenes in samples.png, 1 to 64.")
  var samples = 8

  @Option(help: "Dots in region.svg, at most.")
  var dots = 3000

  @Option(help: "Seed of the scenes.")
  var seed: UInt64 = 0

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if !(1...64).contains(samples) {
      throw ValidationError("--samples \(samples): must be 1 to 64")
    }
    if !(1...100_000).contains(dots) {
      throw ValidationError("--dots \(dots): must be 1 to 100000")
    }
  }

  func execute() throws {
    if CombinatorialSet.isName(name) { return try showCombinatorial() }
    let set = try SceneCatalogue.set(named: name)
    let entry = DataListCommand.Entry(set)
    let folder = URL(fileURLWithPath: output ?? name.replacing("/", with: "-"))
    let stream = set.stream(seed: seed)
    try OutputFile.makeFolder(folder)
    let region = folder.appendingPathComponent("region.svg")
    let sheet = folder.appendingPathComponent("samples.png")
    try OutputFile.write(
      Data(try figure(of: stream, set).svgFile().utf8), to: region)
    try OutputFile.write(try contactSheet(of: stream, count: set.count), to: sheet)
    if global.json {
      try Terminal.result(json: entry)
    } else {
      Terminal.result(Data(Self.text(entry).utf8))
    }
    if !global.quiet { Terminal.line("pictures: \(region.path), \(sheet.path)") }
  }

  private func showCombinatorial() throws {
    let source = try RenderedCombinatorial(CombinatorialSet(named: name), seed: seed, size: 128)
    let folder = URL(fileURLWithPath: output ?? name.replacing("/", with: "-"))
    try OutputFile.makeFolder(folder)
    let sheet = folder.appendingPathComponent("samples.png")
    let videos = try source.set.spread(samples).map {
      try source.video(at: $0).video
    }
    let frames = (0..<8).map { $0 * (CombinatorialSimulator.frames - 1) / 7 }
    try OutputFile.write(
      ImageFile.png(Filmstrip.image(rows: videos, frameIndices: frames)), to: sheet)
    if global.json {
      try Terminal.result(json: source.set)
    } else {
      Terminal.result(
        Data(
          """
          \(name): \(source.set.text)
          scenes: \(source.set.count)
          templates: \(source.set.templates.map { "\($0) \($0.letters)" }.joined(separator: ", "))
          """.utf8))
    }
    if !global.quiet { Terminal.line("pictures: \(sheet.path)") }
  }

  /// Numbers spread evenly over 0..<count, the middle of each share.
  static func spread(_ wanted: Int, over count: Int) -> [Int] {
    let number = min(wanted, count)
    return (0..<number).map { (2 * $0 + 1) * count / (2 * number) }
  }

  private func figure(of stream: SceneStream, _ set: SceneSet) throws -> RegionFigure {
    // Places of a random order: evenly spaced ones would hit the same value of an inner axis.
    let order = ShuffledOrder(count: set.count, seed: 1)
    let numbers = (0..<min(dots, set.count)).map { order[$0] }.sorted()
    let scenes = try numbers.map { number in
      let scene = try stream.labelledScene(at: number)
      return RegionFigure.Scene(level: scene.level ?? "", parameters: scene.parameters)
    }
    return RegionFigure(title: name, scenes: scenes)
  }

  private func contactSheet(of stream: SceneStream, count: Int) throws -> Data {
    let videos = try Self.spread(samples, over: count).map {
      try LabelledVideo(stream.labelledScene(at: $0), size: 128).video
    }
    let last = (videos.map(\.frames).max() ?? 1) - 1
    let frames = (0..<8).map { $0 * last / 7 }
    return try ImageFile.png(Filmstrip.image(rows: videos, frameIndices: frames))
  }

  private static func text(_ entry: DataListCommand.Entry) -> String {
    var lines = [
      "\(entry.name): \(entry.summary)",
      "origin: \(entry.origin.rawValue)" + (entry.figure.map { ", \($0)" } ?? "")
        + (entry.officialName.map { ", officially \($0)" } ?? ""),
      "scenes: \(entry.count)"
        + (entry.gridCount.map { " of \($0) on the grid; the others have no feasible start" } ?? ""),
      "official stream: "
        + (entry.hasOfficialStream ? "yes (data make --compatible)" : "no script was released"),
    ]
    for part in entry.parts {
      lines.append("  \(part.level.map { "\($0): " } ?? "")\(part.scenario) on \(part.region)")
    }
    return lines.joined(separator: "\n")
  }
}
