import Foundation

/// Everything a finished evaluation found: the contents of `metrics.json`.
///
/// `velocity_error.FORM.LEVEL` and `floors.FLOOR.FORM.LEVEL` hold a mean, its 95 % interval and a
/// count; keys are sorted and NaN is null.
public struct MetricsDocument: Codable, Hashable, Sendable {
  /// Form, then level, to a mean with its interval.
  public typealias Table = [String: [String: Summary]]

  /// The levels in the order of every table.
  public static let levels = [
    "id", "r_low", "r_high", "v_low", "v_high", "rv_low", "rv_high", "cross",
  ]
  /// The levels whose speeds alone lie outside the training range.
  public static let speedLevels = ["v_low", "v_high"]
  /// The four floors and baselines in the order of every table.
  public static let floorNames = [
    "ground_truth", "autoencoder", "constant_velocity", "nearest_case",
  ]

  /// Version of this layout.
  public var version = 1
  /// The model's velocity error.
  public var velocityError: Table
  /// The same rulers on other videos of the same scenes.
  public var floors: [String: Table]
  /// Per level: balls kept and lost.
  public var kept: [String: Kept]
  /// Per level: what else the balls kept.
  public var attributes: [String: KeptAttributes]
  /// Mean error of the v levels over the in-distribution one, per form.
  public var ratioOutToIn: [String: Summary]
  /// Number of sampling steps, then as `velocityError`.
  public var samplingSteps: [String: Table] = [:]
  /// How loss and law error fell over training.
  public var training: [TrainingPoint] = []
  /// The resolved configuration.
  public var config: JSONValue = .null
  /// Seed of the run.
  public var seed: UInt64 = 0
  /// Where the numbers come from: version, machine, times.
  public var provenance: [String: String] = [:]

  enum CodingKeys: String, CodingKey {
    case version, floors, kept, attributes, training, config, seed, provenance
    case velocityError = "velocity_error"
    case ratioOutToIn = "ratio_out_to_in"
    case samplingSteps = "sampling_steps"
  }

  /// Balls kept and lost on one level.
  public struct Kept: Codable, Hashable, Sendable {
    /// Fraction of videos whose ball is kept.
    @NullableNumber public var fraction: Double
    /// Videos of the level.
    public var videos: Int
    /// Videos whose ball is not kept.
    public var lost: Int
    /// Mean fraction of scored frames without a visible ball.
    @NullableNumber public var lostFrames: Double
    /// Velocity error among the kept, per form.
    public var errorAmongKept: [String: Summary]

    enum CodingKeys: String, CodingKey {
      case fraction, videos, lost
      case lostFrames = "lost_frames"
      case errorAmongKept = "error_among_kept"
    }
  }

  /// Colour, size and shape on one level.
  public struct KeptAttributes: Codable, Hashable, Sendable {
    /// Fraction of videos that keep the colour.
    @NullableNumber public var colorKept: Double
    /// Fraction whose mean radius is within 15 % of the truth.
    @NullableNumber public var sizeKept: Double
    /// Fraction that keep the shape.
    @NullableNumber public var shapeKept: Double
    /// Mean of largest minus smallest radius, world units.
    @NullableNumber public var radiusDrift: Double
    /// Mean signed relative radius error.
    @NullableNumber public var radiusError: Double

    enum CodingKeys: String, CodingKey {
      case colorKept = "color_kept"
      case sizeKept = "size_kept"
      case shapeKept = "shape_kept"
      case radiusDrift = "radius_drift"
      case radiusError = "radius_error"
    }
  }
}

extension MetricsDocument {
  /// The document as JSON: sorted keys, NaN as null, a newline at the end.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// Reads a document that `json` wrote.
  /// - Throws: `MeasureError.unreadable`.
  public init(json: Data) throws {
    do {
      self = try JSONDecoder().decode(MetricsDocument.self, from: json)
    } catch {
      throw MeasureError.unreadable("metrics document: \(error)")
    }
  }
}

/// One entry of the training curve.
public struct TrainingPoint: Codable, Hashable, Sendable {
  /// Optimiser steps taken.
  public var step: Int
  /// Training time so far, seconds.
  public var seconds: Double
  /// Training loss; NaN where it was not recorded.
  @NullableNumber public var loss: Double
  /// Form, then level, to the mean error of the small evaluation; empty where none was run.
  public var velocityError: [String: [String: Double]]

  /// Makes an entry.
  public init(
    step: Int, seconds: Double, loss: Double = .nan,
    velocityError: [String: [String: Double]] = [:]
  ) {
    self.step = step
    self.seconds = seconds
    self.loss = loss
    self.velocityError = velocityError
  }

  enum CodingKeys: String, CodingKey {
    case step, seconds, loss
    case velocityError = "velocity_error"
  }
}
