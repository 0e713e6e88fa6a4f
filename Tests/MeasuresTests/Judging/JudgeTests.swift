import Foundation
import Measures
import Testing
import Videos
import Worlds

@Suite struct JudgeTests {
  @Test(arguments: [64, 128, 256])
  func theTruthOfEveryScenarioIsTrue(size: Int) throws {
    for sample in try SceneSample.ofEveryKind(6) {
      let judgement = try sample.judge(try sample.video(size: size))
      #expect(
        judgement == Judgement(verdict: .asTruth, reasons: []),
        "\(sample.name) \(sample.scene.bodies)")
    }
  }

  @Test func anotherSpeedIsLawful() throws {
    let samples: [(SceneSample, [Double])] = [
      (try SceneSample(UniformMotion(), ["r": 1, "v": 2]), [1.4]),
      (try SceneSample(UniformMotion(shape: .square), ["r": 1, "v": 2]), [0.6]),
      (try SceneSample(UniformMotion(shape: .ring, color: .blue), ["r": 1, "v": 3]), [0.7]),
      (try SceneSample(Parabola(), ["r": 0.8, "v": 2]), [1.5]),
      (try SceneSample(Collision(), ["r1": 0.6, "r2": 1, "v1": 2, "v2": 2]), [1.3, 1.3]),
      (try SceneSample(Collision(), ["r1": 1, "r2": 0.7, "v1": 2, "v2": 1.5]), [0.6, 1.4]),
      (try SceneSample(WallBounce(), ["r": 0.8, "v": 3]), [0.8]),
      (
        try SceneSample(SquareAndBall(), ["rs": 0.8, "rb": 0.8, "vs": 1.5, "vb": 3]), [1.5, 1.2]
      ),
      (
        try SceneSample(
          CollisionThenBounce(), ["r1": 1, "r2": 0.6, "v1": 2, "v2": 1.5]), [1.2, 0.8]
      ),
    ]
    for (sample, factors) in samples {
      let other = try sample.sped(factors)
      let judgement = try sample.judge(try other.video(size: 128))
      #expect(judgement.verdict == .lawful, "\(sample.name): \(judgement)")
      #expect(judgement.reasons.map(\.kind) == [.otherMotion])
    }
  }

  /// Generated videos begin with given frames: the speed may change where the model takes over.
  @Test func anotherSpeedFromTheFirstGeneratedFrameOnIsLawful() throws {
    let sample = try SceneSample([
      Body(radius: 0.8, position: Vector2(x: 1.5, y: 5), velocity: Vector2(x: 2, y: 0))
    ])
    let film = Film(sample).changing(from: 3) { $0.position.x -= 0.08 * Double($1 + 1) }
    let judgement = try sample.judge(film)
    #expect(judgement.verdict == .lawful)
    let reason = try #require(judgement.reasons.first)
    #expect(reason.kind == .otherMotion && reason.body == 0)
    #expect(reason.text.contains("1.20"))
  }

  @Test func anElasticImpactOfSlowBallsIsLawfulToo() throws {
    let slow = try SceneSample([
      Body(radius: 0.8, position: Vector2(x: 3, y: 5), velocity: Vector2(x: 0.4, y: 0)),
      Body(
        color: .blue, radius: 0.8, position: Vector2(x: 5.4, y: 5),
        velocity: Vector2(x: -0.4, y: 0)),
    ])
    var bouncing = slow.scene
    bouncing.restitutionThreshold = 0
    let other = SceneSample(
      name: "elastic", scene: bouncing, truth: try Simulator().simulate(bouncing))
    #expect(try slow.judge(try slow.video(size: 128)).verdict == .asTruth)
    #expect(try slow.judge(try other.video(size: 128)).verdict == .lawful)
  }

  @Test func aJudgementSurvivesJSON() throws {
    let sample = try SceneSample(UniformMotion(), ["r": 1, "v": 2])
    let judgement = try sample.judge(try sample.video(size: 64).erasing(12..<32))
    let data = try JSONEncoder().encode(judgement)
    #expect(try JSONDecoder().decode(Judgement.self, from: data) == judgement)
    #expect(String(decoding: data, as: UTF8.self).contains("\"wrong\""))
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let sample = try SceneSample(UniformMotion(), ["r": 1, "v": 2])
    let tracks = try ObjectReader().tracks(
      of: try sample.video(size: 64), scene: sample.scene, truth: sample.truth)
    #expect(throws: MeasureError.frameMismatch(video: 32, truth: 9)) {
      try Judge().judge(tracks, scene: sample.scene, truth: sample.truth.prefix(9))
    }
    var still = sample.scene
    still.bodies[0].radius = -1
    #expect(throws: SceneError.self) {
      try Judge().judge(tracks, scene: still, truth: sample.truth)
    }
    let two = Scene(bodies: sample.scene.bodies + sample.scene.bodies)
    #expect(throws: MeasureError.bodyMismatch(scene: 2, truth: 1)) {
      try Judge().judge(tracks, scene: two, truth: sample.truth)
    }
  }

  @Test(arguments: [0, 127, 255] as [UInt8])
  func emptyAndDarkVideosAreWrong(level: UInt8) throws {
    for sample in try SceneSample.ofEveryKind(1) {
      let judgement = try sample.judge(.filled(level, frames: 32, size: 64))
      #expect(judgement.verdict == .wrong)
      #expect(!judgement.reasons.isEmpty)
    }
  }

  @Test func noiseIsWrong() throws {
    let sample = try SceneSample(Collision(), ["r1": 1, "r2": 0.7, "v1": 2, "v2": 1.5])
    var random = CounterRandom(recipe: "noise", seed: 3, index: 0)
    let bytes = (0..<32 * 64 * 64 * 3).map { _ in UInt8(random.next() & 255) }
    let noise = Video(frames: 32, height: 64, width: 64, bytes: bytes)
    #expect(try sample.judge(noise).verdict == .wrong)
  }

  @Test func aShorterVideoIsJudgedByTheStartOfTheTruth() throws {
    let sample = try SceneSample(Collision(), ["r1": 1, "r2": 0.7, "v1": 2, "v2": 1.5])
    let video = try sample.video(size: 64)
    for frames in [0, 1, 3, 4, 5, 20] {
      #expect(try sample.judge(video.prefix(frames: frames)).verdict == .asTruth)
    }
  }

  @Test func aBallThatFliesAboutIsWrong() throws {
    let sample = try SceneSample(Parabola(), ["r": 0.5, "v": 2])
    var random = CounterRandom(recipe: "anywhere", seed: 1, index: 0)
    let film = Film(sample).changing { ball, _ in
      ball.position = Vector2(x: random.uniform(1, 9), y: random.uniform(1, 9))
    }
    let judgement = try sample.judge(film)
    #expect(judgement.verdict == .wrong)
    #expect(try !JSONEncoder().encode(judgement).isEmpty)
  }
}
