import Combinatorial
import Worlds

/// What breaks a law in a video of a combinatorial scene: the ways in which the judge is tried.
public enum CombinatorialCorruption: String, CaseIterable, Codable, Sendable {
  /// A moving body is gone from some frame on.
  case removed
  /// A body that moves at least 15 units a frame stops dead.
  case frozen
  /// A body is at least 60 units elsewhere from some frame on.
  case teleported
  /// A body is a fifth to a third larger or smaller from some frame on.
  case resized
  /// Gravity pulls upwards from some frame on.
  case reversedGravity = "reversed_gravity"

  /// A scene with poses that differ from frame to frame, as it is painted.
  public struct Film: Sendable {
    /// The scene of each frame: bodies may be missing or of another size.
    public var scenes: [CombinatorialScene]
    /// The poses of each frame's moving bodies.
    public var poses: [[Pose]]
  }

  /// A corrupted film of a scene; nil where it has nothing to corrupt, such as no moving body to stop.
  ///
  /// - Parameter truth: what truly happens.
  /// - Throws: `CombinatorialError` when the scene is not valid.
  public func film(
    of scene: CombinatorialScene, truth: CombinatorialTrajectory, seed: UInt64
  ) throws(CombinatorialError) -> Film? {
    var random = CounterRandom(recipe: "corruption-\(rawValue)", seed: seed, index: 0)
    let poses = (0..<truth.frameCount).map { Array(truth.frame($0)) }
    var film = Film(scenes: poses.map { _ in scene }, poses: poses)
    guard truth.frameCount > 20, truth.bodyCount > 0 else { return nil }
    let start = 4 + random.number(below: truth.frameCount / 2)
    let body = random.number(below: truth.bodyCount)
    let number = scene.dynamicIndices[body]
    switch self {
    case .removed:
      for frame in start..<truth.frameCount {
        film.scenes[frame].bodies.remove(at: number)
        film.poses[frame].remove(at: body)
      }
    case .frozen:
      guard let (frame, body) = Self.flight(poses, using: &random) else { return nil }
      for later in frame..<truth.frameCount { film.poses[later][body] = poses[frame][body] }
    case .teleported:
      let reach = Float(scene.bodies[number].diameter / 2)
      let target = Self.elsewhere(poses[start][body], reach, using: &random)
      let (x, y) = (target.x - poses[start][body].x, target.y - poses[start][body].y)
      let extent = Float(CombinatorialScene.extent)
      for frame in start..<truth.frameCount {
        let pose = poses[frame][body]
        film.poses[frame][body].x = min(max(pose.x + x, 0), extent)
        film.poses[frame][body].y = min(max(pose.y + y, 0), extent)
      }
    case .resized:
      let scale = random.uniform(1.2, 1.33)
      let factor = random.unit() < 0.5 ? scale : 1 / scale
      for frame in start..<truth.frameCount { film.scenes[frame].bodies[number].resize(by: factor) }
    case .reversedGravity:
      let motion = try SceneMotion(scene)
      var state = try motion.carry(motion.start, steps: 1)
      film.poses[0] = state.map(\.pose)
      let turn = 3 + random.number(below: 12)
      for frame in 1..<truth.frameCount {
        state = try motion.carry(
          state, gravity: frame > turn ? -SceneMotion.gravity : SceneMotion.gravity)
        film.poses[frame] = state.map(\.pose)
      }
    }
    return film
  }

  /// A body and a frame in the midst of a fast motion.
  private static func flight(
    _ poses: [[Pose]], using random: inout CounterRandom
  ) -> (frame: Int, body: Int)? {
    func length(_ a: Pose, _ b: Pose) -> Float {
      ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
    }
    var found: [(Int, Int)] = []
    for frame in 4..<(poses.count - 3) {
      for body in poses[frame].indices
      where length(poses[frame][body], poses[frame - 1][body]) > 15
        && length(poses[frame + 1][body], poses[frame][body]) > 15
      {
        found.append((frame, body))
      }
    }
    return found.isEmpty ? nil : found[random.number(below: found.count)]
  }

  private static func elsewhere(
    _ pose: Pose, _ reach: Float, using random: inout CounterRandom
  ) -> (x: Float, y: Float) {
    let extent = Float(CombinatorialScene.extent)
    let margin = min(reach, extent / 3)
    while true {
      let x = Float(random.uniform(Double(margin), Double(extent - margin)))
      let y = Float(random.uniform(Double(margin), Double(extent - margin)))
      let (dx, dy) = (x - pose.x, y - pose.y)
      if dx * dx + dy * dy > 3600 { return (x, y) }
    }
  }
}

extension CounterRandom {
  /// A whole number from 0 up to a bound.
  fileprivate mutating func number(below count: Int) -> Int {
    min(Int(unit() * Double(count)), count - 1)
  }
}

extension CombinatorialBody {
  /// Makes the body larger or smaller around its origin.
  fileprivate mutating func resize(by factor: Double) {
    shapes = shapes.map { shape in
      switch shape {
      case .circle(let radius): .circle(radius: radius * factor)
      case .polygon(let corners):
        .polygon(corners.map { Vector2(x: $0.x * factor, y: $0.y * factor) })
      }
    }
    diameter *= factor
  }
}
