import Combinatorial
import Foundation

/// What the reference counted in its 7000 tasks, and the same of tasks of ours.
enum TemplateStatistics {
  /// Number, least, greatest and mean value of a parameter.
  struct Summary: Decodable {
    var n: Int
    var min: Double
    var max: Double
    var mean: Double
    var std: Double?
  }

  struct Template: Decodable {
    var templateID: Int
    var objectTypes: [ObjectType]
    var objects: [String: Object]

    private enum CodingKeys: String, CodingKey {
      case templateID = "template_id"
      case objectTypes = "object_types"
      case objects
    }
  }

  /// The parameters of a type, and what else is counted of it.
  struct Object: Decodable {
    var parameters: [String: Summary] = [:]
    var upright: Int?

    private struct Key: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Key.self)
      for key in values.allKeys {
        if key.stringValue == "n_upright_angle_0" {
          upright = try values.decode(Int.self, forKey: key)
        } else if let summary = try? values.decode(Summary.self, forKey: key) {
          parameters[key.stringValue] = summary
        }
      }
    }
  }

  struct Reference: Decodable {
    var templates: [Template]
    var all: [String: Object]
    var redBall: [String: Summary]

    private enum CodingKeys: String, CodingKey {
      case templates
      case all = "global_by_type"
      case redBall = "red_ball_global"
    }
  }

  /// What was drawn of a parameter in one task after another.
  struct Drawn {
    var tasks: [(sum: Double, count: Double)] = []
    var least = Double.infinity
    var greatest = -Double.infinity

    mutating func add(_ values: [Double]) {
      tasks.append((values.reduce(0, +), Double(values.count)))
      least = min(least, values.min() ?? least)
      greatest = max(greatest, values.max() ?? greatest)
    }

    var mean: Double {
      tasks.reduce(0) { $0 + $1.sum } / Swift.max(tasks.reduce(0) { $0 + $1.count }, 1)
    }

    /// Standard error of the mean; the bodies of one task belong together.
    var error: Double {
      let (mean, count) = (mean, tasks.reduce(0) { $0 + $1.count })
      return tasks.reduce(0) { $0 + pow($1.sum - mean * $1.count, 2) }.squareRoot() / count
    }
  }

  /// The reference's counts.
  static func read() throws -> Reference {
    let url = GoldenRollout.folder.appendingPathComponent("template_stats.json")
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
  }
}
