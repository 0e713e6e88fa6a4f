import Measures
import Videos
import Worlds

/// A film drawn frame by frame, so that anything may happen in it.
struct Film {
  /// The bodies of every frame, where they are drawn.
  var frames: [[Body]]

  /// What truly happens.
  init(_ sample: SceneSample) {
    frames = (0..<sample.truth.frameCount).map { frame in
      sample.scene.bodies.enumerated().map { number, body in
        var body = body
        body.position = sample.truth[frame: frame, body: number]
        return body
      }
    }
  }

  /// The film with one body changed in every frame from `start` on; the change gets the number of
  /// the frame since then.
  func changing(
    body: Int = 0, from start: Int = 0, _ change: (inout Body, Int) -> Void
  ) -> Film {
    var film = self
    for frame in start..<frames.count { change(&film.frames[frame][body], frame - start) }
    return film
  }

  /// The film as a video.
  func video(size: Int = 128) throws -> Video {
    let renderer = Renderer()
    var bytes: [UInt8] = []
    for bodies in frames {
      if bodies.isEmpty {
        bytes += [UInt8](repeating: 255, count: size * size * 3)
        continue
      }
      let picture = try renderer.render(
        Scene(bodies: bodies, frames: 1),
        Trajectory(bodyCount: bodies.count, positions: bodies.map(\.position)), averagedTo: size)
      bytes += picture.bytes
    }
    return Video(frames: frames.count, height: size, width: size, bytes: bytes)
  }
}

extension SceneSample {
  /// A sample of given parameters.
  init(_ scenario: some Scenario, _ parameters: [String: Double], seed: UInt64 = 1) throws {
    var random = CounterRandom(recipe: "judge", seed: seed, index: 0)
    let scene = try scenario.scene(for: parameters, using: &random)
    self.init(
      name: AnyScenario(scenario).id, scene: scene, truth: try Simulator().simulate(scene))
  }

  /// A scene made by hand.
  init(_ bodies: [Body], gravity: Vector2 = .zero, frames: Int = 32) throws {
    let scene = Scene(bodies: bodies, gravity: gravity, frames: frames)
    self.init(name: "by hand", scene: scene, truth: try Simulator().simulate(scene))
  }

  /// What the judge says of a video that should show this.
  func judge(_ video: Video) throws -> Judgement {
    try Judge().judge(video, scene: scene, truth: truth)
  }

  /// What the judge says of a film that should show this.
  func judge(_ film: Film, size: Int = 128) throws -> Judgement {
    try judge(try film.video(size: size))
  }

  /// The same scene with other velocities of its free bodies.
  func sped(_ factors: [Double]) throws -> SceneSample {
    var other = scene
    for (body, factor) in zip(scene.bodies.indices, factors) {
      other.bodies[body].velocity.x *= factor
      other.bodies[body].velocity.y *= factor
    }
    return SceneSample(name: name, scene: other, truth: try Simulator().simulate(other))
  }
}
