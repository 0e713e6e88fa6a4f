import Combinatorial
import Datasets
import Measures
import Videos
import Worlds

/// What one video of a combinatorial scene says by its bodies: the judge's verdict, and how far they are from where they
/// should be.
struct TestbedReading: Codable, Hashable, Sendable {
  /// A quarter of the picture: a body that is farther from its place, or is not seen, counts as so far.
  static let farthest = 128.0

  /// Obeys the laws as the truth does, otherwise, or not; nil where nothing could be judged.
  var verdict: Verdict?
  /// Mean distance of moving bodies from their true places over generated frames, scene units (512 to the picture's
  /// side), each at most ``farthest``.
  var placeError: Double
  /// Share of moving bodies and generated frames in which the body is seen.
  var seenShare: Double

  init(_ video: Video, of label: CombinatorialLabel, conditionFrames: Int) throws {
    var reader = CombinatorialReader()
    reader.seeking = 0
    let tracks = try reader.tracks(of: video, scene: label.scene, hint: label.trajectory)
    var judge = CombinatorialJudge(conditionFrames: conditionFrames)
    judge.isBrief = true
    if CodingTraces.areIn(video) { judge.limits = judge.limits.ofCodedVideos }
    verdict = try? judge.judge(tracks, scene: label.scene, truth: label.trajectory).verdict
    var (sum, seen, count) = (0.0, 0, 0)
    for (body, track) in tracks.bodies.enumerated() {
      for frame in track.indices.dropFirst(conditionFrames) {
        count += 1
        guard let place = track[frame]?.position else {
          sum += Self.farthest
          continue
        }
        let pose = label.trajectory[frame: frame, body: body]
        let way = Vector2(x: place.x - Double(pose.x), y: place.y - Double(pose.y)).length
        sum += min(way, Self.farthest)
        seen += 1
      }
    }
    placeError = count > 0 ? sum / Double(count) : .nan
    seenShare = count > 0 ? Double(seen) / Double(count) : 1
  }
}

extension CombinatorialLabel {
  /// The same bodies going straight on from the last two given frames: what inertia alone would show.
  func straightOn(conditionFrames: Int) -> CombinatorialLabel {
    let last = max(conditionFrames - 1, 0)
    let before = max(last - 1, 0)
    let far = Float(CombinatorialScene.extent)
    let poses = (0..<trajectory.frameCount).flatMap { frame in
      (0..<trajectory.bodyCount).map { body -> Pose in
        guard frame > last else { return trajectory[frame: frame, body: body] }
        let (a, b) = (trajectory[frame: before, body: body], trajectory[frame: last, body: body])
        let steps = Float(frame - last)
        // What has left the picture stays just outside.
        func on(_ a: Float, _ b: Float) -> Float { min(max(b + (b - a) * steps, -far), 2 * far) }
        return Pose(x: on(a.x, b.x), y: on(a.y, b.y), angle: b.angle + (b.angle - a.angle) * steps)
      }
    }
    return CombinatorialLabel(
      scene: scene,
      trajectory: CombinatorialTrajectory(
        frameSteps: trajectory.frameSteps, bodyCount: trajectory.bodyCount, poses: poses))
  }
}
