import Combinatorial
import Foundation

// Answers requests `{"first": N, "count": N}`, one line of JSON each, until the input ends: the seconds of
// every job over these scenes. All jobs take turns at every scene, in an order that turns with it, on one
// thread. Scene i is scene i of the split train_60 under seed 1.

/// What is asked for.
struct Request: Decodable {
  var first: Int
  var count: Int
}

/// Seconds of each job in all, and a sum that shows that the work was done.
struct Answer: Encodable {
  var seconds: [String: Double]
  var checksum: Int
}

do {
  let stream = CombinatorialStream(.train60, seed: 1)
  let simulator = CombinatorialSimulator()
  let renderer = try CombinatorialRenderer(size: 256)
  let bytes = CombinatorialSimulator.frames * renderer.frameSize
  let target = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes)
  var checksum = 0
  func timed(_ body: () throws -> Void) rethrows -> Duration {
    try ContinuousClock().measure(body)
  }
  let jobs: [(name: String, run: (Int) throws -> Duration)] = [
    ("stepping", { try simulator.steppingTime(of: stream.scene(at: $0)) }),
    (
      "simulate",
      { index in
        try timed { checksum += try simulator.simulate(stream.scene(at: index)).poses.count }
      }
    ),
    (
      "ids",
      { index in
        try timed {
          let scene = try stream.scene(at: index)
          checksum += try renderer.withIDs(of: scene, simulator.simulate(scene)) { Int($0[index]) }
        }
      }
    ),
    (
      "colors",
      { index in
        try timed {
          let scene = try stream.scene(at: index)
          let trajectory = try simulator.simulate(scene)
          try renderer.render(scene, trajectory, frames: trajectory.frameCount, into: target)
          checksum += Int(target[index])
        }
      }
    ),
  ]
  while let line = readLine() {
    let request = try JSONDecoder().decode(Request.self, from: Data(line.utf8))
    var seconds: [String: Double] = [:]
    for index in request.first..<(request.first + request.count) {
      for turn in jobs.indices {
        let job = jobs[(index + turn) % jobs.count]
        seconds[job.name, default: 0] += try job.run(index) / .seconds(1)
      }
    }
    let answer = Answer(seconds: seconds, checksum: checksum)
    try FileHandle.standardOutput.write(
      contentsOf: try JSONEncoder().encode(answer) + Data("\n".utf8))
  }
} catch {
  FileHandle.standardError.write(Data("combinatorialbenchmark: \(error)\n".utf8))
  exit(65)
}
