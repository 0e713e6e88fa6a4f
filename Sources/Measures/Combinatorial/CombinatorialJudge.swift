import Combinatorial
import Videos
import Worlds

/// Says whether a video obeys the laws of its combinatorial scene: as the truth does, differently, or
/// not at all. The counterpart of ``Judge`` for closed scenes full of contacts.
///
/// Only generated frames are judged. In this order:
///
/// 1. Permanence: nothing leaves a closed scene, so every moving body must be seen, with its colour
///    and shape; bodies that stay must be covered by some colour; nothing else may be there.
/// 2. Rigid shapes: a body keeps its size.
/// 3. Interpenetration: bodies must not be deeper in each other than they were when judging began;
///    these scenes start with overlaps.
/// 4. Motion: from what two frames show, the engine must lead near the next (``LawfulStep``). That is
///    free fall where nothing touches, and no motion without cause where something does.
///
/// Any of these makes a video `wrong`; else it is `asTruth` where all bodies are near their true
/// places, and `lawful` where they are not: contacts are chaotic, and few motions can be foretold.
public struct CombinatorialJudge: Hashable, Sendable {
  /// Frames that the model was given; never judged.
  public var conditionFrames: Int
  /// What passes.
  public var limits: CombinatorialLimits
  /// Whether one reason is enough: motion, which costs most, is then looked at only where all else is right.
  public var isBrief = false

  /// A judge of frames after the first three, with the default limits unless told otherwise.
  public init(conditionFrames: Int = 3, limits: CombinatorialLimits = CombinatorialLimits()) {
    self.conditionFrames = conditionFrames
    self.limits = limits
  }

  /// Reads and judges a video of a scene, coded ones with ``CombinatorialLimits/ofCodedVideos``.
  ///
  /// - Parameter truth: what truly happens; also where the reader looks first.
  /// - Throws: ``MeasureError`` when video, scene and truth do not fit each other, and
  ///   `CombinatorialError` when the scene is not valid.
  public func judge(
    _ video: Video, scene: CombinatorialScene, truth: CombinatorialTrajectory,
    reader: CombinatorialReader = CombinatorialReader()
  ) throws -> Judgement {
    let tracks = try reader.tracks(of: video, scene: scene, hint: truth)
    var judge = self
    if CodingTraces.areIn(video) { judge.limits = limits.ofCodedVideos }
    return try judge.judge(tracks, scene: scene, truth: truth)
  }

  /// Judges tracks. Without a frame to judge there is nothing against them: `asTruth`.
  ///
  /// - Throws: as ``judge(_:scene:truth:reader:)``.
  public func judge(
    _ tracks: CombinatorialTracks, scene: CombinatorialScene, truth: CombinatorialTrajectory
  ) throws -> Judgement {
    let moving = scene.dynamicIndices
    guard tracks.frameCount <= truth.frameCount else {
      throw MeasureError.frameMismatch(video: tracks.frameCount, truth: truth.frameCount)
    }
    guard tracks.bodies.count == moving.count, truth.bodyCount == moving.count else {
      throw MeasureError.bodyMismatch(
        scene: moving.count,
        truth: truth.bodyCount == moving.count ? tracks.bodies.count : truth.bodyCount)
    }
    let video = JudgedTracks(
      tracks: tracks, scene: scene, moving: moving, limits: limits, start: max(conditionFrames, 0))
    guard !video.frames.isEmpty else { return Judgement(verdict: .asTruth, reasons: []) }
    var reasons = video.appearance() + video.overlaps()
    if reasons.isEmpty || !isBrief { reasons += try CourseCheck(video).reasons() }
    reasons.sort { $0.frame < $1.frame }
    if !reasons.isEmpty { return Judgement(verdict: .wrong, reasons: reasons) }
    guard let difference = difference(video, truth) else {
      return Judgement(verdict: .asTruth, reasons: [])
    }
    return Judgement(verdict: .lawful, reasons: [difference])
  }

  /// The farthest body from its true place; nil where all are near.
  private func difference(_ video: JudgedTracks, _ truth: CombinatorialTrajectory) -> Reason? {
    var worst: (body: Int, frame: Int, distance: Double)?
    for body in video.moving.indices {
      for frame in video.frames {
        guard let seen = video.tracks.bodies[body][frame] else { continue }
        let pose = truth[frame: frame, body: body]
        let distance = Vector2(
          x: seen.position.x - Double(pose.x), y: seen.position.y - Double(pose.y)
        ).length
        if distance > max(limits.truth, worst?.distance ?? 0) { worst = (body, frame, distance) }
      }
    }
    return worst.map { worst in
      Reason(
        kind: .otherMotion, body: video.moving[worst.body], frame: worst.frame,
        value: worst.distance,
        text: "\(video.name(worst.body)) is up to \(worst.distance.short) units from its true place"
      )
    }
  }
}
