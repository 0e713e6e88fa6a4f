import Foundation
import Measures
import Testing
import Videos
import Worlds

/// Each way of being wrong shows in its own measure, by how much it is wrong.
@Suite struct SceneScorerTests {
  @Test func ballsThatPassThroughEachOtherNeverMeet() throws {
    let scene = try LawScene.longCollision()
    let start = [0, 1].map { scene.truth[frame: 0, body: $0] }
    let ghosts = scene.changed { frame, body, _ in
      let way = scene.scene.bodies[body].velocity.x * Double(frame) * Scene.frameInterval
      return Vector2(x: start[body].x + way, y: start[body].y)
    }
    let measures = try scene.measures(scene.video(along: ghosts))
    #expect(measures["contact_missed"] == 1)
    #expect(measures["contact_time_error.unbiased"]?.isNaN == true)
    #expect(measures["velocity_error.pre.unbiased"] ?? .nan < 0.01)
    #expect(measures["velocity_error.post.unbiased"] ?? 0 > 1)
    // Parting as fast as they came together, on the wrong sides.
    #expect(abs((measures["restitution_error.unbiased"] ?? .nan) - 2) < 0.05)
    #expect(measures["momentum_change.unbiased"] ?? .nan < 0.02)
  }

  @Test func ballsThatStopLoseTheirEnergy() throws {
    let scene = try LawScene.longCollision()
    let impact = try #require(scene.truth.contacts.first).frame
    let frozen = scene.changed { frame, body, place in
      frame < impact ? place : scene.truth[frame: impact, body: body]
    }
    let measures = try scene.measures(scene.video(along: frozen))
    #expect(abs((measures["energy_error.post.unbiased"] ?? .nan) - 1) < 0.02)
    #expect(abs((measures["restitution_error.unbiased"] ?? .nan) - 1) < 0.02)
    #expect(measures["energy_error.pre.unbiased"] ?? .nan < 0.02)
    #expect(measures["contact_missed"] == 0)
  }

  /// The same event two frames later: everything is right but the time.
  @Test func aLateImpactShowsInItsTime() throws {
    let scene = try LawScene.longCollision()
    let (start, later) = (scene.truth, 0.2)
    let late = scene.changed { frame, body, _ in
      if frame >= 2 { return start[frame: frame - 2, body: body] }
      let way = scene.scene.bodies[body].velocity.x * (Double(frame) * 0.1 - later)
      let first = start[frame: 0, body: body]
      return Vector2(x: first.x + way, y: first.y)
    }
    let measures = try scene.measures(scene.video(along: late))
    #expect(abs((measures["contact_time_error.unbiased"] ?? .nan) - later) < 0.01)
    #expect(measures["contact_distance_error.unbiased"] ?? .nan < 0.02)
  }

  @Test func aBallThatDoesNotFallLacksItsAcceleration() throws {
    let scene = try LawScene(.parabola, index: 1)
    let body = scene.scene.bodies[0]
    let straight = scene.changed { frame, _, _ in
      Vector2(
        x: body.position.x + body.velocity.x * Double(frame) * Scene.frameInterval,
        y: body.position.y)
    }
    let measures = try scene.measures(scene.video(along: straight))
    #expect(abs((measures["acceleration_error.unbiased"] ?? .nan) - 2.5) < 0.02)
    #expect(measures["vertical_velocity_error.unbiased"] ?? 0 > 0.5)
    #expect(measures["vertical_velocity_error.per_frame"] ?? 0 > 0.5)
    #expect(measures["x_velocity_error.official"] ?? .nan < 0.1)
  }

  @Test func aBallThatIsNotStoppedByItsWallIsWrong() throws {
    let scene = try LawScene(.wallBounce, index: 1)
    let impact = try #require(scene.truth.contacts.first).frame
    let ghost = scene.changed { frame, body, place in
      guard body == 0, frame >= impact else { return place }
      return Vector2(x: 2 * scene.truth[frame: impact, body: 0].x - place.x, y: place.y)
    }
    let wrong = try scene.measures(scene.video(along: ghost))
    #expect(wrong["velocity_error.unbiased"] ?? 0 > 0.5 || wrong["lost_share"] ?? 0 > 0.2)
  }

  @Test func aLostBallIsCounted() throws {
    let scene = try LawScene.longCollision()
    let measures = try scene.measures(scene.video().erasing(10..<32))
    let lost = try #require(measures["lost_share"])
    #expect(lost > 0.4 && lost < 0.9)
    #expect(measures["velocity_error.post.unbiased"]?.isNaN == true)
    #expect(measures["surplus_share"] == 0)
    #expect(try scene.measures(.filled(255, frames: 32, size: 128))["lost_share"] == 1)
  }

  @Test func aSecondBallIsSurplusAndDoesNotMoveTheFirst() throws {
    let ball = Body(radius: 0.8, position: Vector2(x: 2, y: 3), velocity: Vector2(x: 2, y: 0))
    var twin = ball
    twin.position.y = 7
    let scene = try LawScene(Scene(bodies: [ball]))
    let both = try LawScene(Scene(bodies: [ball, twin]))
    let measures = try scene.measures(both.video())
    #expect(measures["surplus_share"] == 1)
    #expect(measures["lost_share"] == 0)
    #expect(measures["velocity_error.unbiased"] ?? .nan < 0.005)
    #expect(measures["y_error.official"] ?? 0 > 1)
  }

  @Test func colourShapeAndSizeAreMeasuredApart() throws {
    let scene = try LawScene(.uniform, index: 3)
    let frames = scene.truth.frameCount
    let painted = try scene.measures(scene.video().recoloring(17..<frames))
    let share = try #require(painted["color_share"])
    #expect(share > 0.2 && share < 0.8)
    #expect(painted["shape_share"] == 1)
    #expect(painted["lost_share"] == 0)

    var body = scene.scene.bodies[0]
    body.shape = .square
    let square = try scene.measures(scene.video(of: [body]))
    #expect(square["shape_share"] == 0)
    #expect(square["color_share"] == 1)

    body = scene.scene.bodies[0]
    body.radius *= 0.8
    let small = try scene.measures(scene.video(of: [body]))
    #expect(abs((small["radius_error"] ?? .nan) - 0.2) < 0.01)
    #expect(small["radius_drift"] ?? .nan < 0.02)
  }

  /// Half of the frames with the ball as it was, half with a smaller one.
  @Test func aShrinkingBallDrifts() throws {
    let scene = try LawScene(.uniform, index: 3)
    var body = scene.scene.bodies[0]
    body.radius *= 0.7
    let (full, small) = (try scene.video(), try scene.video(of: [body]))
    var mixed = full
    let half = full.frameSize * 12
    mixed.bytes.replaceSubrange(half..., with: small.bytes[half...])
    let drift = try #require(scene.measures(mixed)["radius_drift"])
    #expect(abs(drift - 0.3 * scene.scene.bodies[0].radius) < 0.02)
  }

  @Test func conditionFramesAreNeverScored() throws {
    for law in [Law.uniform, .collision] {
      let scene = try LawScene(law)
      let video = try scene.video()
      same(try scene.measures(video.erasing(0..<3)), try scene.measures(video))
    }
  }

  @Test func aShorterVideoIsComparedWithTheStart() throws {
    let scene = try LawScene(.uniform)
    let measures = try scene.measures(scene.video().prefix(frames: 12))
    #expect(measures["lost_share"] == 0)
    #expect(measures["velocity_error.unbiased"] ?? .nan < 0.005)
  }

  /// The set of names depends on the scene alone.
  @Test(arguments: [0, 127, 255] as [UInt8]) func emptyVideosHaveTheSameMeasures(level: UInt8)
    throws
  {
    for law in Law.allCases {
      let scene = try LawScene(law)
      let truth = try scene.measures(scene.video(size: 64))
      let empty = try scene.measures(
        .filled(level, frames: scene.truth.frameCount, size: 64))
      #expect(Set(truth.keys) == Set(empty.keys))
      #expect(empty["lost_share"] ?? 0 > 0.99)
    }
  }

  /// Noise is no ball, whatever it is taken for, and takes no time to speak of.
  @Test func noiseIsMeasuredToo() throws {
    var random = CounterRandom(recipe: "noise", seed: 2, index: 0)
    let bytes = (0..<(32 * 33 * 33 * 3)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    let noise = Video(frames: 32, height: 33, width: 33, bytes: bytes)
    for law in Law.allCases {
      var scene = try LawScene(law)
      scene.truth = scene.truth.prefix(32)
      let measures = try scene.measures(noise.prefix(frames: scene.truth.frameCount))
      #expect(measures["velocity_error.official"]?.isInfinite != true)
      #expect(measures["lost_share"]?.isNaN == false)
    }
  }

  /// Too short for anything: numbers are missing, nothing stops.
  @Test(arguments: 1...6) func aFewFramesAreNoReasonToStop(frames: Int) throws {
    for law in Law.allCases {
      let scene = try LawScene(law)
      let measures = try scene.measures(scene.video(size: 32).prefix(frames: frames))
      #expect(measures["lost_share"] == 0 || frames <= 3 && measures["lost_share"]?.isNaN == true)
      #expect((measures["surplus_share"]?.isNaN ?? false) == (frames <= 3))
    }
  }

  /// Colours that the released evaluator does not know are no reason to leave the law unmeasured.
  @Test func aPairOfOtherColoursHasNoReleasedNumbers() throws {
    let pair = try LawScene.longCollision()
    var scene = pair.scene
    scene.bodies[0].color = .blue
    scene.bodies[1].color = .red
    let swapped = try LawScene(scene)
    let measures = try swapped.measures(swapped.video())
    #expect(!measures.keys.contains { $0.hasSuffix(".official") })
    #expect(measures["restitution_error.unbiased"] ?? .nan < 0.003)
  }

  @Test func manyThreadsAgreeWithOne() async throws {
    let scenes = try (0..<8).map { try LawScene($0 % 2 == 0 ? .collision : .parabola, index: $0) }
    let videos = try scenes.map { try $0.video(size: 64) }
    let alone = try zip(scenes, videos).map { try $0.measures($1) }
    let together = try await withThrowingTaskGroup(of: (Int, [String: Double]).self) { group in
      for index in 0..<32 {
        let (scene, video) = (scenes[index % 8], videos[index % 8])
        group.addTask { (index % 8, try scene.measures(video)) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(together.count == 32)
    for (index, measures) in together { same(measures, alone[index]) }
  }

  @Test func badInputIsNamed() throws {
    let scene = try LawScene(.uniform)
    #expect(throws: MeasureError.frameMismatch(video: 40, truth: 32)) {
      try scene.score(.filled(255, frames: 40))
    }
    #expect(throws: MeasureError.frameSize(frames: 0, width: 64, height: 64)) {
      try scene.score(.filled(255, frames: 0))
    }
    let wide = Video(frames: 1, height: 2, width: 4, bytes: [UInt8](repeating: 255, count: 24))
    #expect(throws: MeasureError.frameSize(frames: 1, width: 4, height: 2)) {
      try scene.score(wide)
    }
    var other = scene
    other.truth = try LawScene(.collision).truth
    #expect(throws: MeasureError.bodyMismatch(scene: 1, truth: 2)) {
      try other.score(.filled(255, frames: 31))
    }
  }

  private func same(_ left: [String: Double], _ right: [String: Double]) {
    #expect(left.count == right.count)
    for (name, value) in left {
      let other = right[name] ?? .infinity
      #expect(value == other || value.isNaN && other.isNaN, "\(name): \(value) \(other)")
    }
  }
}
