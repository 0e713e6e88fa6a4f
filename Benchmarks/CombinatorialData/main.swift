import Combinatorial
import Datasets
import Foundation
import Videos

// One side of Benchmarks/combinatorial-data.sh, and the trial of the judge of Benchmarks/judge.sh:
//   scenes COUNT FOLDER      colour ids and features of some videos, for the official method
//   hdf5 FIRST COUNT FOLDER  an official file of COUNT trials of a task, at 512 pixels
//   feed FIRST COUNT         videos at 256 pixels into the memory of a training batch
//   judge FIRST COUNT [KIND …]  verdicts on true and corrupted videos, as they are and after H.264
// Each prints one line of JSON. All jobs run on one thread.

struct Timing: Encodable {
  var videos: Int
  var seconds: Double
}

func output(_ value: some Encodable) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = .sortedKeys
  try FileHandle.standardOutput.write(contentsOf: encoder.encode(value) + Data("\n".utf8))
}

/// The trials of one task of every template of the smallest training set.
func set(trials: Range<Int>) throws -> CombinatorialSet {
  var set = try CombinatorialSet(named: "combinatorial/train-6")
  (set.tasks, set.trials, set.order) = (3..<4, trials, .tasks)
  return set
}

func writeScenes(_ count: Int, _ folder: URL) throws {
  let source = try RenderedCombinatorial(set(trials: 0..<1), seed: 1, size: 512)
  let renderer = try CombinatorialRenderer(size: 512)
  for number in 0..<count {
    let scene = try source.stream.scene(at: number % source.stream.count)
    let truth = try CombinatorialSimulator().simulate(scene)
    let ids = try renderer.withIDs(of: scene, truth) { Data($0) }
    try ids.write(to: folder.appendingPathComponent("ids-\(number).bin"))
    let features = CombinatorialLabel(scene: scene, trajectory: truth).features.map { Float($0) }
    try features.withUnsafeBytes { Data($0) }
      .write(to: folder.appendingPathComponent("features-\(number).bin"))
  }
}

func makeHDF5(_ first: Int, _ count: Int, _ folder: URL) throws -> Timing {
  let perTask = max(1, count / 6)
  let source = try RenderedCombinatorial(
    set(trials: first..<(first + perTask)), seed: 1, size: 512)
  let settings = DatasetSettings(
    storage: .hdf5, provenance: source.provenance, count: source.stream.count, size: 512,
    frames: CombinatorialSimulator.frames, quality: .h264(crf: 23, preset: .changes))
  let duration = try ContinuousClock().measure {
    _ = try DatasetWriter(settings, to: folder).write(source)
  }
  return Timing(videos: source.stream.count, seconds: duration / .seconds(1))
}

func feed(_ first: Int, _ count: Int) throws -> Timing {
  let source = try RenderedCombinatorial(CombinatorialSet(named: "combinatorial/train-60"), seed: 1)
  let frames = CombinatorialSimulator.frames
  let target = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: frames * 256 * 256 * 3)
  defer { target.deallocate() }
  // Memory that was never used costs as much as painting.
  try source.copy(videoAt: first, frames: frames, size: 256, into: target)
  let duration = try ContinuousClock().measure {
    for index in first..<(first + count) {
      try source.copy(videoAt: index, frames: frames, size: 256, into: target)
    }
  }
  return Timing(videos: count, seconds: duration / .seconds(1))
}

let arguments = CommandLine.arguments
do {
  switch (arguments.dropFirst().first, arguments.dropFirst(2).compactMap { Int($0) }) {
  case ("scenes", let numbers) where numbers.count == 1 && arguments.count == 4:
    try writeScenes(numbers[0], URL(fileURLWithPath: arguments[3]))
  case ("hdf5", let numbers) where numbers.count == 2 && arguments.count == 5:
    try output(makeHDF5(numbers[0], numbers[1], URL(fileURLWithPath: arguments[4])))
  case ("feed", let numbers) where numbers.count == 2: try output(feed(numbers[0], numbers[1]))
  case ("judge", let numbers) where numbers.count == 2:
    let kinds = arguments.dropFirst(2).filter { Int($0) == nil }
    try output(
      JudgeTrial(scenes: numbers[0]..<(numbers[0] + numbers[1]), kinds: Set(kinds)).run())
  default:
    FileHandle.standardError.write(
      Data(
        "usage: scenes N FOLDER | hdf5 FIRST N FOLDER | feed FIRST N | judge FIRST N [KIND …]\n"
          .utf8))
    exit(64)
  }
} catch {
  FileHandle.standardError.write(Data("combinatorialdatabenchmark: \(error)\n".utf8))
  exit(65)
}
