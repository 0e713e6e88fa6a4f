import Videos
import Worlds

/// Says whether a video obeys the laws of its scene: as the truth does, differently, or not at all.
///
/// An automatic counterpart of the question that people are asked in the paper, from known physics
/// and measured tracks. Only generated frames are judged, and only bodies that are seen as a whole
/// are measured. In this order:
///
/// 1. Every body must be there until it leaves the picture, keep colour, shape and size, and have no
///    double; fixed bodies must stay.
/// 2. No two bodies may be in the same place.
/// 3. If all bodies are near their true places, the verdict is `asTruth`.
/// 4. Otherwise a lawful motion is sought (`LawfulMotion`): some state of the scene's bodies in the
///    first judged frame that the engine carries on to what is seen. If there is one, the verdict is
///    `lawful`: a ball that goes on at another speed than it was given is not true, but breaks no law
///    afterwards. If there is none, the reason is looked for: a jump, a change of velocity or a bent
///    path in free flight, an impact with a wrong outcome.
///
/// Any reason of 1, 2 or 4 makes a video `wrong`.
public struct Judge: Hashable, Sendable {
  /// Frames that the model was given; never judged.
  public var conditionFrames: Int
  /// What passes.
  public var limits: JudgeLimits

  /// A judge of frames after the first three, with the default limits unless told otherwise.
  public init(conditionFrames: Int = 3, limits: JudgeLimits = JudgeLimits()) {
    self.conditionFrames = conditionFrames
    self.limits = limits
  }

  /// Reads and judges a video. A shorter one is compared with the start of the truth.
  ///
  /// - Parameter reader: knows the scale of the pixels.
  /// - Throws: see ``judge(_:scene:truth:)``.
  public func judge(
    _ video: Video, scene: Scene, truth: Trajectory, reader: ObjectReader = ObjectReader()
  ) throws -> Judgement {
    let truth = video.frames < truth.frameCount ? truth.prefix(video.frames) : truth
    let tracks = try reader.tracks(of: video, scene: scene, truth: truth)
    return try judge(tracks, scene: scene, truth: truth)
  }

  /// Judges the tracks of a video, read with its scene and truth. Without a frame to judge there is
  /// nothing against it: `asTruth`.
  ///
  /// - Throws: ``MeasureError`` when tracks, scene and truth do not fit each other; `SceneError` when
  ///   the scene is not valid.
  public func judge(
    _ tracks: ObjectTracks, scene: Scene, truth: Trajectory
  ) throws -> Judgement {
    guard tracks.frameCount == truth.frameCount else {
      throw MeasureError.frameMismatch(video: tracks.frameCount, truth: truth.frameCount)
    }
    guard tracks.bodies.count == scene.bodies.count, truth.bodyCount == scene.bodies.count else {
      throw MeasureError.bodyMismatch(
        scene: scene.bodies.count,
        truth: truth.bodyCount == scene.bodies.count ? tracks.bodies.count : truth.bodyCount)
    }
    try scene.validate()
    let video = JudgedVideo(
      tracks: tracks, scene: scene, truth: truth, limits: limits, start: max(conditionFrames, 0))
    guard !video.frames.isEmpty else { return Judgement(verdict: .asTruth, reasons: []) }
    let motion = LawfulMotion(video)
    let diagnosis = MotionDiagnosis(video: video, motion: motion)
    var reasons = AppearanceCheck(video: video).reasons()
    if let difference = difference(video, motion) {
      let fit = motion.best()
      if fit.error > limits.law {
        reasons += diagnosis.reasons(motion.fit(motion.starts(), scene))
      } else {
        reasons += diagnosis.overlaps()
        if reasons.isEmpty { return Judgement(verdict: .lawful, reasons: [difference]) }
      }
    } else {
      reasons += diagnosis.overlaps()
    }
    reasons.sort { $0.frame < $1.frame }
    return Judgement(verdict: reasons.isEmpty ? .asTruth : .wrong, reasons: reasons)
  }

  /// What differs from the truth; nil if every body is near its true place, or as invisible.
  private func difference(_ video: JudgedVideo, _ motion: LawfulMotion) -> Reason? {
    var worst: (body: Int, frame: Int, distance: Double)?
    for (body, path) in motion.paths.enumerated()
    where video.scene.bodies[body].mobility == .free {
      for point in path.points {
        let place = video.truth[frame: point.frame, body: body]
        let distance = Vector2(x: point.place.x - place.x, y: point.place.y - place.y).length
        if distance > worst?.distance ?? video.limits.truth {
          worst = (body, point.frame, distance)
        }
      }
      if let frame = video.frames.first(where: { frame in
        video.tracks.bodies[body][frame] == nil && video.isWellInView(body, frame)
      }), worst == nil {
        worst = (body, frame, .infinity)
      }
    }
    guard let worst else { return nil }
    let speed = motion.firstPiece(worst.body)?.velocity
    let start = video.frames.lowerBound
    let actual = video.truth.velocity(frame: start, body: worst.body)
    var text = "\(video.name(worst.body)) is "
    text +=
      worst.distance.isFinite
      ? "\(worst.distance.short) units from its true place in frame \(worst.frame)"
      : "out of the picture in frame \(worst.frame), though truly in it"
    if let speed, let actual {
      text += "; it goes on at \(speed.short) instead of \(actual.short) units per second"
    }
    return Reason(
      kind: .otherMotion, body: worst.body, frame: worst.frame,
      value: worst.distance.isFinite ? worst.distance : Scene.extent, text: text)
  }
}

extension JudgedVideo {
  /// Whether a body is truly in the picture, and by more than is let pass.
  func isWellInView(_ body: Int, _ frame: Int) -> Bool {
    let place = truth[frame: frame, body: body]
    let half = scene.bodies[body].halfExtent
    return place.x - half.x > limits.truth && place.x + half.x < Scene.extent - limits.truth
      && place.y - half.y > limits.truth && place.y + half.y < Scene.extent - limits.truth
  }
}
