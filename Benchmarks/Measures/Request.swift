import Datasets
import Foundation
import Worlds

/// The jobs.
enum Job: String, CaseIterable, Encodable {
  /// Videos, scenes and truths in files, for the official method.
  case videos
  /// Every measure of every video: the released ones, the objects and the unbiased ones.
  case score
  /// The released evaluator's numbers alone.
  case official
  /// Those numbers of each video, for comparison.
  case values
}

/// The laws that are timed, over the ranges of the official training sets.
enum Law: String, CaseIterable, Codable {
  case uniform, parabola, collision

  /// Scene after scene, the same in every run.
  var scenes: SceneStream {
    let ball = Region(boxes: [["r": 0.7...1.4, "v": 1...4]])
    let recipe =
      switch self {
      case .uniform: SceneRecipe(region: ball)
      case .parabola: SceneRecipe(scenario: Parabola(), region: ball)
      case .collision:
        SceneRecipe(
          scenario: Collision(),
          region: Region(
            boxes: [["r1": 0.5...1.5, "r2": 0.5...1.5, "v1": 1...4, "v2": 1...4]]))
      }
    return SceneStream(recipe: recipe, seed: 5)
  }
}

/// What the command line asks for.
struct Request {
  var job: Job
  var law = Law.uniform
  var size = 128
  /// Videos to go through.
  var videos = 100
  /// Different videos in memory; the job goes through them again and again.
  var distinct = 40
  var output: URL?

  init(_ arguments: [String]) throws {
    guard let name = arguments.first, let job = Job(rawValue: name) else {
      throw UsageError("name a job: \(Job.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self.job = job
    var rest = arguments.dropFirst()
    while let option = rest.popFirst() {
      guard let value = rest.popFirst() else { throw UsageError("\(option) needs a value") }
      switch option {
      case "--law":
        guard let law = Law(rawValue: value) else {
          throw UsageError("there is no law '\(value)'; choose uniform, parabola or collision")
        }
        self.law = law
      case "--size": size = try Self.positive(value, option)
      case "--videos": videos = try Self.positive(value, option)
      case "--distinct": distinct = try Self.positive(value, option)
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
