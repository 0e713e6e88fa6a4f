import Combinatorial
import Worlds

/// Goes through a video three frames at a time and asks whether the engine leads to the last.
struct CourseCheck {
  let video: JudgedTracks
  private let step: LawfulStep

  init(_ video: JudgedTracks) throws(CombinatorialError) {
    self.video = video
    step = try LawfulStep(video.scene, limits: video.limits)
  }

  /// The bodies that leave their course, each with the first frame of it. What follows a wrong frame by
  /// more than ``tail`` frames is not asked for: bodies meet others that are elsewhere.
  func reasons() throws(CombinatorialError) -> [Reason] {
    var reasons: [Int: Reason] = [:]
    var drifting = [Int](repeating: 0, count: video.moving.count)
    var known: [BodyMotion]?
    var end = video.frames.upperBound
    for frame in max(video.start, 2)..<max(end, max(video.start, 2)) where frame < end {
      guard let outcome = try outcome(frame, known) else {
        known = nil
        continue
      }
      known = outcome.state
      for (body, distance) in outcome.distances.enumerated() where reasons[body] == nil {
        drifting[body] = distance > video.limits.drift ? drifting[body] + 1 : 0
        guard distance > video.limits.course || drifting[body] >= 3 else { continue }
        end = min(end, frame + Self.tail)
        reasons[body] = Reason(
          kind: .offCourse, body: video.moving[body], frame: frame, value: distance,
          text: "\(video.name(body)) is \(distance.short) units from where any lawful motion "
            + "brings it in frame \(frame)"
            + (drifting[body] >= 3 ? ", and away from it for three frames" : ""))
      }
    }
    return reasons.values.sorted { ($0.frame, $0.body ?? 0) < ($1.frame, $1.body ?? 0) }
  }

  private static let tail = 3

  /// How far every body is from its lawful course in a frame; nil where the frames before it do not show
  /// all bodies.
  private func outcome(
    _ frame: Int, _ known: [BodyMotion]?
  ) throws(CombinatorialError) -> LawfulStep.Outcome? {
    guard let first = state(frame - 2), let second = state(frame - 1), let third = state(frame)
    else { return nil }
    return try step(
      known: known ?? step.flying(first, second, forward: true), first, second, third)
  }

  /// What a frame shows of all bodies; nil where one is not seen.
  private func state(_ frame: Int) -> [BodyMotion]? {
    var state: [BodyMotion] = []
    for track in video.tracks.bodies {
      guard let seen = track[frame] else { return nil }
      state.append(
        BodyMotion(
          pose: Pose(
            x: Float(seen.position.x), y: Float(seen.position.y), angle: Float(seen.angle))))
    }
    return state
  }
}
