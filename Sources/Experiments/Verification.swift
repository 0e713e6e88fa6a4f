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
}
