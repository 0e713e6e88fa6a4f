/// One video of the reference data with what the official evaluator said about it.
public struct GoldenEvaluation: Decodable, Sendable {
  /// What the official evaluator found, by the number of objects.
  public enum Result: Sendable {
    /// `evaluate_xy`: one object.
    case oneObject(GoldenOneObject)
    /// `evaluate_xy_collision`: two balls.
    case collision(GoldenCollision)
    /// The evaluator stopped with this message.
    case error(String)
  }

  /// The identifier, such as `case_00_gt256`.
  public let id: String
  /// The scene whose positions are the truth.
  public let sceneID: String
  /// What was done to the true frames.
  public let perturbation: String
  /// The initial vector handed to the evaluator: r, v and perhaps colour and shape.
  public let initial: [Double]
  /// Frames of the video, and of the truth it is compared with.
  public let frameCount: Int
  /// Width and height of the video.
  public let imageSize: Int
  /// Where the video is.
  public let frames: GoldenFrames
  /// What the evaluator said.
  public let result: Result

  /// The result for one object, or nil.
  public var oneObject: GoldenOneObject? {
    if case .oneObject(let result) = result { result } else { nil }
  }

  /// The result for two balls, or nil.
  public var collision: GoldenCollision? {
    if case .collision(let result) = result { result } else { nil }
  }

  private enum CodingKeys: String, CodingKey {
    case id, perturbation, frames, result, error, function
    case sceneID = "scene"
    case initial = "init"
    case frameCount = "num_frames"
    case imageSize = "image_size"
  }

  /// Reads one case.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    id = try values.decode(String.self, forKey: .id)
    sceneID = try values.decode(String.self, forKey: .sceneID)
    perturbation = try values.decode(String.self, forKey: .perturbation)
    initial = try values.numbers(.initial)
    frameCount = try values.decode(Int.self, forKey: .frameCount)
    imageSize = try values.decode(Int.self, forKey: .imageSize)
    frames = try values.decode(GoldenFrames.self, forKey: .frames)
    let function = try values.decode(String.self, forKey: .function)
    if let error = try values.decodeIfPresent(String.self, forKey: .error) {
      result = .error(error)
    } else if function == "evaluate_xy" {
      result = .oneObject(try values.decode(GoldenOneObject.self, forKey: .result))
    } else if function == "evaluate_xy_collision" {
      result = .collision(try values.decode(GoldenCollision.self, forKey: .result))
    } else {
      throw DecodingError.dataCorruptedError(
        forKey: .function, in: values, debugDescription: "unknown function '\(function)'")
    }
  }
}

/// The layout of `evaluator.json`.
struct GoldenEvaluationFile: Decodable {
  var cases: [GoldenEvaluation]
}
