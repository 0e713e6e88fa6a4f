import Datasets
import Measures
import Models
import Submissions
import Videos
import Worlds

/// Turns continued scenes into evidence; called from several threads at once.
struct EvidenceReader: Sendable {
  let cases: CaseDistance
  let conditionFrames: Int

  private var scorer: SceneScorer { SceneScorer(conditionFrames: conditionFrames) }
  private var judge: Judge { Judge(conditionFrames: conditionFrames) }

  /// What one video says beside its references.
  ///
  /// - Parameter references: videos of the same scene by name; nil where a reference had no answer.
  func evidence(
    of video: Video, labelled: LabelledScene, truth: Trajectory, id: String,
    references: [String: Video]
  ) throws -> SceneEvidence {
    let (score, tracks) = try scorer.scoreWithTracks(
      video, scene: labelled.scene, truth: truth, scenario: labelled.scenario, id: id,
      index: labelled.index, level: labelled.level, parameters: labelled.parameters)
    let truth = truth.prefix(video.frames)
    let free = labelled.scene.bodies.indices.filter { labelled.scene.bodies[$0].mobility == .free }
    let seen = free.map { body in
      free.count == 1 ? Self.only(tracks, body) : tracks.bodies[body]
    }
    let distances = cases.distances(of: seen, scene: labelled.scene, truth: truth)
    var errors: [String: [String: Double?]] = [:]
    for (name, other) in references {
      let measures = try scorer.score(
        other, scene: labelled.scene, truth: truth, scenario: labelled.scenario, id: id,
        index: labelled.index
      ).measures
      errors[name] = Dictionary(
        uniqueKeysWithValues: SceneEvidence.errorNames.compactMap { key in
          measures[key].map { (key, $0.isFinite ? $0 : nil) }
        })
    }
    return SceneEvidence(
      score: score,
      verdict: try? judge.judge(tracks, scene: labelled.scene, truth: truth).verdict,
      bodies: zip(free, seen).map { body, track in
        bodyEvidence(labelled.scene.bodies[body], truth.path(ofBody: body), track)
      }, references: errors, truthDistance: distances.truth, caseDistance: distances.nearestCase)
  }

  /// The track of a body that is alone: what looks like another body is the same one changed.
  private static func only(_ tracks: ObjectTracks, _ body: Int) -> [SeenObject?] {
    zip(tracks.bodies[body], tracks.surplus).map { own, others in
      own ?? others.max { $0.area < $1.area }
    }
  }

  private func bodyEvidence(
    _ body: Body, _ path: [Vector2], _ track: [SeenObject?]
  ) -> SceneEvidence.BodyEvidence {
    let frames = ScoredFrames.indices(
      truth: path, radius: body.radius, conditionFrames: conditionFrames)
    func velocity(_ first: Vector2, _ last: Vector2, _ rows: Int) -> Vector2 {
      let duration = Double(rows) * Scene.frameInterval
      return Vector2(x: (last.x - first.x) / duration, y: (last.y - first.y) / duration)
    }
    let seen: [(Int, SeenObject)] = frames.compactMap { frame in track[frame].map { (frame, $0) } }
    let whole: [(Int, SeenObject)] = seen.filter { $0.1.isWhole }
    var given = SceneEvidence.Look(
      shape: body.shape, color: body.color, radius: body.radius, velocity: body.velocity)
    if let first = frames.first, let last = frames.last, last > first {
      given.velocity = velocity(path[first], path[last], last - first)
    }
    var shown: SceneEvidence.Look?
    if let first = whole.first, let last = whole.last, last.0 > first.0 {
      let objects: [SeenObject] = whole.map { $0.1 }
      let radius: Double = objects.reduce(0.0) { $0 + $1.radius } / Double(objects.count)
      shown = SceneEvidence.Look(
        shape: Majority.of(objects.map { $0.shape }) ?? body.shape,
        color: Majority.of(objects.map { $0.color }) ?? body.color, radius: radius,
        velocity: velocity(first.1.position, last.1.position, last.0 - first.0))
    }
    return SceneEvidence.BodyEvidence(
      given: given, shown: shown,
      seenShare: frames.isEmpty ? 1 : Double(seen.count) / Double(frames.count))
  }
}
