import Videos
import Worlds

/// Pure memory as a baseline: finds the training case most like the condition and replays it.
///
/// Likeness is measured in what the condition frames show: position, velocity and radius of every body, each
/// in units of its spread over the training cases; another shape or colour counts like four spreads. The case is replayed as it was,
/// neither shifted nor scaled, so the video jumps from the condition to the case.
public struct NearestCase: WorldModel, Sendable {
  /// A short name for tables.
  public var name = "nearest case"
  /// Frames it reads.
  public let conditionFrames: Int
  private let cases: [Scene]
  private let features: [[Double]]
  private let spread: [Double]
  private let reader: ConditionReader

  /// Remembers the training cases.
  /// - Throws: `ModelError.configuration` without any case.
  public init(_ cases: [Scene], conditionFrames: Int = 3) throws {
    guard let first = cases.first else {
      throw ModelError.configuration(
        field: "cases", value: "empty", remedy: "give the scenes of the training set")
    }
    self.cases = cases
    self.conditionFrames = conditionFrames
    reader = ConditionReader(frames: conditionFrames)
    features = cases.map { Self.features($0.bodies) }
    let width = Self.features(first.bodies).count
    let alike = features.filter { $0.count == width }
    spread = (0..<width).map { column in
      let values = alike.map { $0[column] }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      return variance > 1e-12 ? variance.squareRoot() : 1
    }
  }

  /// Replays the nearest case of each condition.
  /// - Throws: `ModelError.nothingToContinue` for a condition that no case resembles.
  public func continuation(of condition: [Video], frames: Int) throws -> [Video] {
    try checkLengths(condition, frames: frames)
    let renderer = Renderer(size: reader.paintedSize)
    return try condition.enumerated().map { index, video in
      guard var scene = nearest(to: reader.bodies(in: video)) else {
        throw ModelError.nothingToContinue(
          video: index, reason: "no training case has as many visible bodies")
      }
      scene.frames = frames
      let drawn = try renderer.render(
        scene, try Simulator().simulate(scene), averagedTo: video.width)
      return joined(video, drawn, frames: frames)
    }
  }

  /// The case most like the bodies; nil when none has as many.
  public func nearest(to bodies: [Body]) -> Scene? {
    let wanted = Self.features(bodies)
    let looks = bodies.map { ($0.shape, $0.color) }
    var best: (distance: Double, index: Int)?
    for (index, found) in features.enumerated() where found.count == wanted.count {
      var distance = 0.0
      for (column, value) in wanted.enumerated() {
        let difference = (value - found[column]) / (column < spread.count ? spread[column] : 1)
        distance += difference * difference
      }
      for (body, look) in zip(cases[index].bodies, looks) {
        if body.shape != look.0 { distance += 16 }
        if body.color != look.1 { distance += 16 }
      }
      if distance < best?.distance ?? .infinity { best = (distance, index) }
    }
    return best.map { cases[$0.index] }
  }

  private static func features(_ bodies: [Body]) -> [Double] {
    bodies.flatMap { [$0.position.x, $0.position.y, $0.velocity.x, $0.velocity.y, $0.radius] }
  }
}
