import Worlds

/// The stretches of a scene between impacts, from the truth.
///
/// Where the trajectory lists contacts these are the cuts. Where only positions are known, a cut is
/// where a body's velocity jumps by more than 0.1 world units per second beyond what gravity does in
/// a frame: the released evaluator's rule. A new stretch begins with the first frame after the
/// impact.
struct Flights {
  /// The released evaluator's smallest jump of velocity.
  static let smallestJump = 0.1

  private let truth: Trajectory
  private let gravity: Vector2

  init(truth: Trajectory, gravity: Vector2) {
    self.truth = truth
    self.gravity = gravity
  }

  /// The first frames after the impacts of any of the bodies, in order and each once.
  func impacts(of bodies: Range<Int>) -> [Int] {
    let frames =
      truth.contacts.isEmpty && truth.velocities.isEmpty
      ? bodies.flatMap(jumps)
      : truth.contacts.filter { bodies.contains($0.first) || bodies.contains($0.second) }
        .map(\.frame)
    return Set(frames).filter { $0 > 0 && $0 < truth.frameCount }.sorted()
  }

  /// The stretches of one body, in order.
  func stretches(of body: Int) -> [Range<Int>] {
    let cuts = [0] + impacts(of: body..<(body + 1)) + [truth.frameCount]
    return zip(cuts, cuts.dropFirst()).map { $0..<$1 }
  }

  private func jumps(of body: Int) -> [Int] {
    guard truth.frameCount > 2 else { return [] }
    let interval = Scene.frameInterval
    func velocity(_ frame: Int) -> Vector2 {
      (truth[frame: frame + 1, body: body] - truth[frame: frame, body: body]) * (1 / interval)
    }
    var frames: [Int] = []
    for frame in 1..<(truth.frameCount - 1) {
      let jump = velocity(frame) - velocity(frame - 1) - gravity * interval
      guard max(abs(jump.x), abs(jump.y)) > Flights.smallestJump else { continue }
      // An impact within a frame interval shows in two rows; they are one impact.
      if frames.last != frame { frames.append(frame + 1) }
    }
    return frames
  }
}
