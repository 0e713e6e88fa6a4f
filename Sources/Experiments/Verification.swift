import Datasets
import Foundation
import Measures
import Videos
import Worlds

/// This build against a folder of reference data: the largest deviations, scenario by scenario.
public struct Verification: Codable, Hashable, Sendable {
  /// One scenario's deviations.
  public struct Row: Codable, Hashable, Sendable {
    /// The scenario, as the reference names it.
    public var scenario: String
    /// Whether this build has it.
    public var built: Bool
    /// Scenes compared.
    public var scenes = 0
    /// Largest difference of a simulated position, world units.
    public var position = 0.0
    /// Largest difference of a drawn start, world units; draws come from the reference.
    public var start = 0.0
    /// Parameters that only one of the two makes a scene of.
    public var decisions = 0
    /// Frames compared, rendered from the reference's positions.
    public var frames = 0
    /// Largest difference of a pixel, grey levels.
    public var pixel = 0
    /// Evaluator cases compared.
    public var evaluations = 0
    /// Evaluator cases of measures that this build does not have.
    public var evaluationsNotBuilt = 0
    /// Largest relative difference of a measured number.
    public var measure = 0.0
    /// What does not agree beyond the tolerances, one line each.
    public var failures: [String] = []
  }

  /// What is still taken for equal; from the reference's README.
  public enum Tolerance {
    /// World units.
    public static let position = 1e-5
    /// Grey levels.
    public static let pixel = 1
    /// Relative.
    public static let measure = 1e-9
  }

  /// One row per scenario, in the reference's order.
  public var rows: [Row]

  /// Whether everything that is built lies within the tolerances.
  public var passed: Bool { rows.allSatisfy(\.failures.isEmpty) }

  /// Compares this build with a folder in the layout of the reference.
  /// - Throws: `GoldenError` naming the file that is missing or garbled.
  public init(folder: URL) throws {
    let reference = try GoldenReference(folder: folder)
    var order: [String] = []
    var rows: [String: Row] = [:]
    for scene in reference.scenes {
      let name = scene.scenario
      if rows[name] == nil {
        order.append(name)
        rows[name] = Row(scenario: name, built: Self.built.contains(name))
      }
      guard var row = rows[name], row.built else { continue }
      try Self.compare(scene, reference, &row)
      rows[name] = row
    }
    for evaluation in reference.evaluations {
      let scene = try reference.scene(evaluation.sceneID)
      guard var row = rows[scene.scenario] else { continue }
      try Self.compare(evaluation, scene, reference, &row)
      rows[scene.scenario] = row
    }
    self.rows = order.compactMap { rows[$0] }
  }

  private static let built = [
    "uniform_motion", "color_size", "size_shape", "parabola", "collision",
    "collision_square_out_eval",
  ]

  private static func compare(
    _ scene: GoldenScene, _ reference: GoldenReference, _ row: inout Row
  ) throws {
    row.scenes += 1
    let simulated = try Simulator().simulate(scene.scene)
    var position = 0.0
    for (a, b) in zip(simulated.positions, scene.trajectory.positions) {
      position = max(position, abs(a.x - b.x), abs(a.y - b.y))
    }
    if simulated.positions.count != scene.trajectory.positions.count { position = .infinity }
    row.position = max(row.position, position)
    if !(position <= Tolerance.position) {
      row.failures.append("\(scene.id): a position differs by \(position)")
    }
    try compareStart(scene, &row)
    guard let frames = scene.frames, let indices = frames.indices else { return }
    let golden = try reference.video(frames)
    let rendered = Renderer().render(scene.scene, scene.trajectory).selecting(indices)
    var pixel = rendered.bytes.count == golden.bytes.count ? 0 : 255
    for (a, b) in zip(rendered.bytes, golden.bytes) { pixel = max(pixel, abs(Int(a) - Int(b))) }
    row.frames += indices.count
    row.pixel = max(row.pixel, pixel)
    if pixel > Tolerance.pixel {
      row.failures.append("\(scene.id): a pixel differs by \(pixel) grey levels")
    }
  }

  private static func compare(
    _ evaluation: GoldenEvaluation, _ scene: GoldenScene, _ reference: GoldenReference,
    _ row: inout Row
  ) throws {
    guard evaluation.collision == nil, scene.trajectory.bodyCount == 1 else {
      row.evaluationsNotBuilt += 1
      return
    }
    row.evaluations += 1
    let video = try reference.video(evaluation.frames)
    let found: OneObjectEvaluation
    do {
      found = try OneObjectEvaluation(
        video: video.prefix(frames: evaluation.frameCount),
        truth: scene.trajectory.prefix(evaluation.frameCount).path(ofBody: 0),
        initVector: evaluation.initial)
    } catch {
      if evaluation.oneObject != nil { row.failures.append("\(evaluation.id): \(error)") }
      return
    }
    guard let expected = evaluation.oneObject else {
      row.failures.append("\(evaluation.id): the reference raised an error, this build did not")
      return
    }
    let pairs: [(String, [Double], [Double])] = [
      ("x", found.xPositions, expected.x), ("y", found.yPositions, expected.y),
      ("radius", found.radii, expected.radius),
      ("x velocity", found.xVelocities, expected.xVelocity),
      ("y velocity", found.yVelocities, expected.yVelocity),
      ("x error", [found.xError], [expected.meanXError]),
      ("y error", [found.yError], [expected.meanYError]),
      ("x velocity error", [found.xVelocityError], [expected.meanXVelocityError]),
      ("y velocity error", [found.yVelocityError], [expected.meanYVelocityError]),
      ("radius range", [found.radiusSpread], [expected.radiusRange]),
      ("velocity error", [found.velocityError], [expected.velocityError]),
    ]
    for (name, a, b) in pairs {
      let difference = relative(a, b)
      row.measure = max(row.measure, difference)
      if !(difference <= Tolerance.measure) {
        row.failures.append("\(evaluation.id): \(name) differs by \(difference) relative")
      }
    }
  }

  /// Largest difference relative to the larger of the reference's value and 0.1; NaN only equals NaN.
  private static func relative(_ found: [Double], _ expected: [Double]) -> Double {
    guard found.count == expected.count else { return .infinity }
    return zip(found, expected).reduce(0.0) { largest, pair in
      if pair.0.isNaN || pair.1.isNaN {
        return pair.0.isNaN && pair.1.isNaN ? largest : .infinity
      }
      return max(largest, abs(pair.0 - pair.1) / max(abs(pair.1), 0.1))
    }
  }
}
