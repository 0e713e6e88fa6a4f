import Videos
import Worlds

/// Scores a video of any law against its scene: everything that one video can tell.
///
/// Which measures a score has depends on the scene alone, so that scores of one set can be compared;
/// what cannot be measured on a video is NaN. Documentation/Measures.md defines every name. A value
/// without state: many threads may score at once.
public struct SceneScorer: Hashable, Sendable {
  /// Frames the model was given; never scored.
  public var conditionFrames: Int
  /// Edge at which the frames were painted before averaging; fixes the scale (see `PixelGrid`).
  public var renderedSize: Int

  /// A scorer; the defaults are the paper's three condition frames and 256-pixel rendering.
  public init(conditionFrames: Int = 3, renderedSize: Int = 256) {
    self.conditionFrames = conditionFrames
    self.renderedSize = renderedSize
  }

  /// Measures one video. A shorter video is compared with the start of the truth.
  /// - Parameters:
  ///   - scene: What the video should show.
  ///   - truth: The scene's trajectory.
  ///   - scenario: The scenario's name, such as `collision`.
  ///   - id: The video's name.
  ///   - index: The scene's number within its set.
  ///   - level: The scene's level, where its set names one.
  ///   - parameters: What the scene was made from.
  /// - Throws: `MeasureError.frameSize`, `.frameMismatch` when the video outlasts the truth,
  ///   `.bodyMismatch`.
  public func score(
    _ video: Video, scene: Scene, truth: Trajectory, scenario: String, id: String, index: Int,
    level: String? = nil, parameters: [String: Double] = [:]
  ) throws -> SceneScore {
    try scoreWithTracks(
      video, scene: scene, truth: truth, scenario: scenario, id: id, index: index, level: level,
      parameters: parameters
    ).score
  }

  /// Measures one video like ``score(_:scene:truth:scenario:id:index:level:parameters:)`` and hands out
  /// the tracks it measured, for whoever has further questions, such as a ``Judge``.
  public func scoreWithTracks(
    _ video: Video, scene: Scene, truth: Trajectory, scenario: String, id: String, index: Int,
    level: String? = nil, parameters: [String: Double] = [:]
  ) throws -> (score: SceneScore, tracks: ObjectTracks) {
    guard video.frames > 0, video.width > 0, video.width == video.height else {
      throw MeasureError.frameSize(
        frames: video.frames, width: video.width, height: video.height)
    }
    guard video.frames <= truth.frameCount else {
      throw MeasureError.frameMismatch(video: video.frames, truth: truth.frameCount)
    }
    guard scene.bodies.count == truth.bodyCount else {
      throw MeasureError.bodyMismatch(scene: scene.bodies.count, truth: truth.bodyCount)
    }
    let truth = video.frames < truth.frameCount ? truth.prefix(video.frames) : truth
    var measures: [String: Double] = [:]
    measures.reserveCapacity(64)
    // One look over all pixels; what follows reads the painted areas only.
    let areas = video.paintedAreas(below: .bright)
    try addOfficial(video, scene, truth, areas, to: &measures)
    let tracks = try ObjectReader(renderedSize: renderedSize)
      .tracks(of: video, scene: scene, truth: truth, areas: areas)
    add(tracks, scene, truth, to: &measures)
    let score = SceneScore(
      id: id, index: index, level: level, scenario: scenario, parameters: parameters,
      measures: measures)
    return (score, tracks)
  }

  /// What the objects that were read off the pixels say.
  private func add(
    _ tracks: ObjectTracks, _ scene: Scene, _ truth: Trajectory,
    to measures: inout [String: Double]
  ) {
    let paths = scene.bodies.indices.map { body in
      BodySightings(
        scene.bodies[body], truth: truth.path(ofBody: body), seen: tracks.bodies[body],
        conditionFrames: conditionFrames)
    }
    let free = paths.indices.filter { scene.bodies[$0].mobility == .free }
    let flights = Flights(truth: truth, gravity: scene.gravity)
    if scene.isOneFreeBody {
      OneBodyLaw(path: paths[0], gravity: scene.gravity).add(to: &measures)
    } else {
      ManyBodiesLaw(paths: free.map { ($0, paths[$0]) }, flights: flights).add(to: &measures)
    }
    if scene.isFreePair {
      let way = truth[frame: 0, body: 1] - truth[frame: 0, body: 0]
      CollisionLaw(
        paths[0], paths[1], impact: flights.impacts(of: 0..<2).first,
        axis: VelocityError.direction(of: way)
      ).add(to: &measures)
    }
    let keepings = paths.map(Keeping.init)
    Keeping.together(free.map { keepings[$0] }).add(to: &measures)
    if paths.count > 1 {
      for (body, keeping) in keepings.enumerated() {
        keeping.add(to: &measures, part: ".body_\(body)")
      }
    }
    let scored = tracks.surplus.dropFirst(max(conditionFrames, 0))
    measures["surplus_share"] = Double(scored.count { !$0.isEmpty }) / Double(scored.count)
  }
}

extension Scene {
  /// Whether one free body is all there is: uniform motion and parabola.
  var isOneFreeBody: Bool { bodies.count == 1 && bodies[0].mobility == .free }

  /// Whether two free bodies without gravity are all there is: collisions.
  var isFreePair: Bool {
    bodies.count == 2 && bodies.allSatisfy { $0.mobility == .free } && gravity == .zero
  }

  /// Whether this is a collision as the released evaluator knows it: red comes first, then blue.
  var isReleasedCollision: Bool {
    isFreePair && bodies[0].color == .red && bodies[1].color == .blue
  }
}
