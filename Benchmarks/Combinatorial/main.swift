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

/// Seconds of each job in all, by the clock and of the processor, and a sum that shows that the work was
/// done.
struct Answer: Encodable {
  var seconds: [String: Double]
  var processorSeconds: [String: Double]
  var checksum: Int
}

/// Seconds that a job took.
struct Cost {
  var clock: Double
  var processor: Double

  /// Runs a job.
  init(_ body: () throws -> Void) rethrows {
    let start = (clock: ContinuousClock.now, processor: Self.processorSeconds)
    try body()
    clock = (ContinuousClock.now - start.clock) / .seconds(1)
    processor = Self.processorSeconds - start.processor
  }

  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

do {
  let stream = CombinatorialStream(.train60, seed: 1)
  let simulator = CombinatorialSimulator()
  let renderer = try CombinatorialRenderer(size: 256)
  let bytes = CombinatorialSimulator.frames * renderer.frameSize
  let target = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes)
  var checksum = 0
  let jobs: [(name: String, run: (Int) throws -> Cost)] = [
    (
      "stepping",
      { index in
        let steps = try simulator.bareSteps(of: stream.scene(at: index))
        return Cost(steps)
      }
    ),
    (
      "simulate",
      { index in
        try Cost { checksum += try simulator.simulate(stream.scene(at: index)).poses.count }
      }
    ),
    (
      "ids",
      { index in
        try Cost {
          let scene = try stream.scene(at: index)
          checksum += try renderer.withIDs(of: scene, simulator.simulate(scene)) { Int($0[index]) }
        }
      }
    ),
    (
      "colors",
      { index in
        try Cost {
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
    var (seconds, processorSeconds): ([String: Double], [String: Double]) = ([:], [:])
    for index in request.first..<(request.first + request.count) {
      for turn in jobs.indices {
        let job = jobs[(index + turn) % jobs.count]
        let cost = try job.run(index)
        seconds[job.name, default: 0] += cost.clock
        processorSeconds[job.name, default: 0] += cost.processor
      }
    }
    let answer = Answer(
      seconds: seconds, processorSeconds: processorSeconds, checksum: checksum)
    try FileHandle.standardOutput.write(
      contentsOf: try JSONEncoder().encode(answer) + Data("\n".utf8))
  }
} catch {
  FileHandle.standardError.write(Data("combinatorialbenchmark: \(error)\n".utf8))
  exit(65)
}
