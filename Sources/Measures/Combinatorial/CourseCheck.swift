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
    var shown: [[BodyMotion]] = []
    let begin = max(video.start, 2)
    var end = video.frames.upperBound
    for frame in (begin - 2)..<max(end, begin) where frame < end {
      guard let state = try state(frame, after: shown) else {
        (shown, known) = ([], nil)
        continue
      }
      shown.append(state)
      if shown.count > 3 { shown.removeFirst() }
      guard shown.count == 3, frame >= begin else { continue }
      let outcome = try step(
        known: known ?? step.flying(shown[0], shown[1], forward: true), shown[0], shown[1], shown[2]
      )
      known = outcome.state
      for (body, distance) in outcome.distances.enumerated() where reasons[body] == nil {
        let isBar = video.scene.bodies[video.moving[body]].objectType == .standingBars
        let share = isBar ? video.limits.standingBars : 1
        drifting[body] = distance > video.limits.drift * share ? drifting[body] + 1 : 0
        guard distance > video.limits.course * share || drifting[body] >= 3 else { continue }
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

  /// What a frame shows of all bodies. One that is not seen is where the frames before it lead; nil
  /// without two of those.
  private func state(
    _ frame: Int, after shown: [[BodyMotion]]
  ) throws(CombinatorialError) -> [BodyMotion]? {
    var state: [BodyMotion] = []
    var expected: [BodyMotion]?
    for (body, track) in video.tracks.bodies.enumerated() {
      if let seen = track[frame] {
        state.append(
          BodyMotion(
            pose: Pose(
              x: Float(seen.position.x), y: Float(seen.position.y), angle: Float(seen.angle))))
        continue
      }
      guard shown.count > 1 else { return nil }
      if expected == nil {
        let start = step.flying(shown[shown.count - 2], shown[shown.count - 1], forward: false)
        expected = try step.motion.carry(start)
      }
      if let expected { state.append(BodyMotion(pose: expected[body].pose)) }
    }
    return state
  }
}
