import Combinatorial
import Foundation

// Answers requests `{"job": NAME, "first": N, "count": N}`, one line of JSON each, until the input ends.
// Scene i is scene i of the split train_60 under seed 1. All jobs run on one thread.

/// What is asked for.
struct Request: Decodable {
  var job: String
  var first: Int
  var count: Int
}

/// Seconds in all, and a sum that shows that the work was done.
struct Answer: Encodable {
  var seconds: Double
  var checksum: Int
}

do {
  let stream = CombinatorialStream(.train60, seed: 1)
  let simulator = CombinatorialSimulator()
  let renderer = try CombinatorialRenderer(size: 256)
  let bytes = CombinatorialSimulator.frames * renderer.frameSize
  let target = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes)
  /// Scene to poses to 512 x 512 colour ids.
  func ids(_ index: Int) throws -> Int {
    let scene = try stream.scene(at: index)
    return try renderer.withIDs(of: scene, simulator.simulate(scene)) { ids in Int(ids[index]) }
  }
  /// Scene to poses to 256 x 256 colours in a training batch.
  func colors(_ index: Int) throws -> Int {
    let scene = try stream.scene(at: index)
    let trajectory = try simulator.simulate(scene)
    try renderer.render(scene, trajectory, frames: trajectory.frameCount, into: target)
    return Int(target[index])
  }
  func simulate(_ index: Int) throws -> Int {
    Int(try simulator.simulate(stream.scene(at: index)).poses[0].x)
  }
  while let line = readLine() {
    let request = try JSONDecoder().decode(Request.self, from: Data(line.utf8))
    let range = request.first..<(request.first + request.count)
    var checksum = 0
    var duration = Duration.zero
    switch request.job {
    case "stepping":
      for index in range {
        let scene = try stream.scene(at: index)
        duration += try simulator.steppingTime(of: scene)
      }
    case "ids", "colors", "simulate":
      let job = ["ids": ids, "colors": colors, "simulate": simulate][request.job] ?? ids
      duration = try ContinuousClock().measure {
        for index in range { checksum += try job(index) }
      }
    default: throw CocoaError(.featureUnsupported)
    }
    let answer = Answer(seconds: duration / .seconds(1), checksum: checksum)
    try FileHandle.standardOutput.write(
      contentsOf: try JSONEncoder().encode(answer) + Data("\n".utf8))
  }
} catch {
  FileHandle.standardError.write(Data("combinatorialbenchmark: \(error)\n".utf8))
  exit(65)
}
