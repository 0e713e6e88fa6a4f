import Datasets
import Foundation
import Worlds

/// What the command line asks for.
struct Request {
  var job: Job
  var law = Law.uniform
  var videos = 100
  var threads = 1
  var output: URL?

  init(_ arguments: [String]) throws {
    let jobs = Job.allCases.map(\.rawValue).joined(separator: ", ")
    guard let name = arguments.first else { throw UsageError("name a job: \(jobs)") }
    guard let job = Job(rawValue: name) else {
      throw UsageError("there is no job '\(name)'; choose \(jobs)")
    }
    self.job = job
    var rest = arguments.dropFirst()
    while let option = rest.popFirst() {
      guard let value = rest.popFirst() else { throw UsageError("\(option) needs a value") }
      switch option {
      case "--law":
        guard let law = Law(rawValue: value) else {
          throw UsageError("there is no law '\(value)'; choose uniform or collision")
        }
        self.law = law
      case "--videos": videos = try Self.positive(value, option)
      case "--threads": threads = try Self.positive(value, option)
      case "--output": output = URL(fileURLWithPath: value)
      default: throw UsageError("unknown option '\(option)'")
      }
    }
  }

  private static func positive(_ text: String, _ option: String) throws -> Int {
    guard let number = Int(text), number > 0 else {
      throw UsageError("\(option) \(text): give a whole number above 0")
    }
    return number
  }
}

/// A command line that cannot be followed.
struct UsageError: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}

/// The two laws that are timed, with the parameters of the official training sets.
enum Law: String, Codable {
  case uniform, collision

  /// Scene after scene, the same in every run.
  var scenes: SceneStream {
    switch self {
    case .uniform:
      let region = Region(boxes: [["r": 0.7...1.4, "v": 1...4]])
      return SceneStream(recipe: SceneRecipe(region: region), seed: 3)
    case .collision:
      let region = Region(
        boxes: [["r1": 0.5...1.5, "r2": 0.5...1.5, "v1": 1...4, "v2": 1...4]])
      return SceneStream(recipe: SceneRecipe(scenario: Collision(), region: region), seed: 3)
    }
  }
}

/// What one job did.
struct Result: Encodable {
  var job: Job
  var law: Law?
  var videos: Int?
  var threads: Int?
  /// Wall seconds, without the preparation.
  var seconds: Double
  /// Bytes of pixels made, or of memory written, in that time.
  var bytes: Int?
  /// Bytes of the file.
  var fileBytes: Int?
  /// Keeps the work from being optimised away, and differs when the work does.
  var checksum: Int?
}

/// Wall seconds of some work.
func seconds(of work: () throws -> Void) rethrows -> Double {
  let duration = try ContinuousClock().measure(work)
  return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
}
