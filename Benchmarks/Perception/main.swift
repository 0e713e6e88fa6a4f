import Foundation
import Perception
import Tensors

// Answers requests `{"job": NAME, "repeats": N}`, one line of JSON each, until the input ends: the same
// jobs on the same numbers as twin.py. THREADS says how many threads operators have.

/// What is asked for.
struct Request: Decodable {
  var job: String
  var repeats: Int
}

/// Seconds of one repeat, and the sum of what was answered.
struct Answer: Encodable {
  var seconds: Double
  var checksum: Double
}

/// ((7919 i) mod 1000) / 999 · 2 − 1.
func formula(_ shape: [Int]) -> Tensor {
  Tensor(
    (0..<shape.reduce(1, *)).map { (index: Int) -> Float in
      let step = index * 7919 % 1000
      return Float(Double(step) / 999 * 2 - 1)
    }, shape)
}

do {
  Torch.setThreads(ProcessInfo.processInfo.environment["THREADS"].flatMap { Int($0) } ?? 1)
  let pictures = formula([32, 3, 128, 128])
  let (first, second) = (
    pictures.narrow(0, start: 0, length: 16), pictures.narrow(0, start: 16, length: 16)
  )
  let clip = formula([1, 3, 16, 224, 224])
  let (alex, vgg, i3d) = (try LPIPS(.alex), try LPIPS(.vgg), try I3D())
  let jobs: [String: () throws -> Double] = [
    "lpips-alex": { try alex.distances(first, second).reduce(0, +) },
    "lpips-vgg": { try vgg.distances(first, second).reduce(0, +) },
    "i3d": { try i3d.features(clip).doubles().reduce(0, +) },
  ]
  while let line = readLine() {
    let request = try JSONDecoder().decode(Request.self, from: Data(line.utf8))
    guard let job = jobs[request.job] else { throw CocoaError(.featureUnsupported) }
    let checksum = try job()
    let duration = try ContinuousClock().measure {
      for _ in 0..<request.repeats { _ = try job() }
    }
    let answer = Answer(
      seconds: duration / .seconds(1) / Double(request.repeats), checksum: checksum)
    try FileHandle.standardOutput.write(
      contentsOf: try JSONEncoder().encode(answer) + Data("\n".utf8))
  }
} catch {
  FileHandle.standardError.write(Data("perceptionbenchmark: \(error)\n".utf8))
  exit(65)
}
