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

  /// The bodies that leave their course, each with the first frame of it.
  func reasons() throws(CombinatorialError) -> [Reason] {
    var reasons: [Int: Reason] = [:]
    var drifting = [Int](repeating: 0, count: video.moving.count)
    for (frame, distances) in try courses() {
      for (body, distance) in distances.enumerated() where reasons[body] == nil {
        drifting[body] = distance > video.limits.drift ? drifting[body] + 1 : 0
        guard distance > video.limits.course || drifting[body] >= 3 else { continue }
        reasons[body] = Reason(
          kind: .offCourse, body: video.moving[body], frame: frame, value: distance,
          text:
            "\(video.name(body)) is \(distance.short) units from where any lawful motion brings "
            + "it in frame \(frame)"
            + (drifting[body] >= 3 ? ", and away from it for three frames" : ""))
      }
    }
    return reasons.values.sorted { ($0.frame, $0.body ?? 0) < ($1.frame, $1.body ?? 0) }
  }

  /// How far every body is from its lawful course, for every judged frame that can be compared.
  func courses() throws(CombinatorialError) -> [(frame: Int, distances: [Double])] {
    var known: [BodyMotion]?
    var courses: [(Int, [Double])] = []
    for frame in max(video.start, 2)..<max(video.frames.upperBound, max(video.start, 2)) {
      guard let first = state(frame - 2), let second = state(frame - 1), let third = state(frame)
      else {
        known = nil
        continue
      }
      let start = known ?? step.flying(first, second, forward: true)
      let outcome = try step(known: start, first, second, third)
      known = outcome.state
      courses.append((frame, outcome.distances))
    }
    return courses
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
