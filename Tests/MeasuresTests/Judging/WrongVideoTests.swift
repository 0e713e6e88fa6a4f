import Measures
import Testing
import Videos
import Worlds

/// Videos with one thing wrong: the judge must say so, and say what.
@Suite struct WrongVideoTests {
  private let uniform: SceneSample
  private let collision: SceneSample
  private let parabola: SceneSample
  private let wall: SceneSample

  init() throws {
    uniform = try SceneSample([
      Body(radius: 0.8, position: Vector2(x: 1.5, y: 5), velocity: Vector2(x: 2, y: 0))
    ])
    collision = try SceneSample([
      Body(radius: 0.8, position: Vector2(x: 1.5, y: 5), velocity: Vector2(x: 2, y: 0)),
      Body(
        color: .blue, radius: 0.6, position: Vector2(x: 8, y: 5), velocity: Vector2(x: -1.5, y: 0)),
    ])
    parabola = try SceneSample(
      [Body(radius: 0.6, position: Vector2(x: 1.5, y: 8.5), velocity: Vector2(x: 2, y: 0))],
      gravity: Parabola.gravity, frames: 24)
    wall = try SceneSample(WallBounce(), ["r": 0.8, "v": 3])
  }

  private func expect(
    _ kind: Reason.Kind, frame: ClosedRange<Int>, _ sample: SceneSample, _ film: Film,
    only: Bool = true, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for size in [64, 128] {
      let judgement = try sample.judge(film, size: size)
      #expect(judgement.verdict == .wrong, sourceLocation: sourceLocation)
      let reason = try #require(
        judgement.reasons.first { $0.kind == kind }, "\(judgement) \(size)",
        sourceLocation: sourceLocation)
      #expect(frame.contains(reason.frame), "\(reason)", sourceLocation: sourceLocation)
      #expect(reason.text.contains("frame"), sourceLocation: sourceLocation)
      if only {
        #expect(judgement.reasons.count == 1, "\(judgement)", sourceLocation: sourceLocation)
      }
    }
  }

  @Test func aBallRemovedHalfWay() throws {
    var film = Film(uniform)
    for frame in 16..<32 { film.frames[frame].removeAll() }
    try expect(.lost, frame: 16...16, uniform, film)
  }

  @Test func aBallThatIsGoneForAWhile() throws {
    var film = Film(parabola)
    for frame in 10..<13 { film.frames[frame].removeAll() }
    try expect(.lost, frame: 10...10, parabola, film)
  }

  @Test func aWallThatVanishes() throws {
    var film = Film(wall)
    for frame in 5..<32 { film.frames[frame].removeLast() }
    try expect(.lost, frame: 5...5, wall, film)
  }

  @Test func aDoubledBall() throws {
    var film = Film(uniform)
    for frame in 12..<32 {
      var second = film.frames[frame][0]
      second.position.y += 2.5
      film.frames[frame].append(second)
    }
    try expect(.surplus, frame: 12...12, uniform, film)
  }

  @Test func aRecoloredBall() throws {
    try expect(
      .recolored, frame: 14...14, uniform,
      Film(uniform).changing(from: 14) { ball, _ in ball.color = .blue })
    try expect(
      .recolored, frame: 20...20, collision,
      Film(collision).changing(body: 1, from: 20) { ball, _ in ball.color = .black })
  }

  @Test(arguments: [Shape.square, .ring])
  func aReshapedBall(shape: Shape) throws {
    try expect(
      .reshaped, frame: 14...14, uniform,
      Film(uniform).changing(from: 14) { ball, _ in ball.shape = shape }, only: shape == .ring)
  }

  @Test func aGrowingBall() throws {
    try expect(
      .resized, frame: 12...16, uniform,
      Film(uniform).changing(from: 8) { $0.radius *= 1 + 0.03 * Double($1) })
  }

  @Test func aShrinkingBall() throws {
    try expect(
      .resized, frame: 12...16, parabola,
      Film(parabola).changing(from: 8) { $0.radius *= 1 - 0.03 * Double($1) })
  }

  @Test func aJumpingBall() throws {
    try expect(
      .jump, frame: 15...15, uniform,
      Film(uniform).changing(from: 15) { ball, _ in ball.position.y += 1.5 })
    try expect(
      .jump, frame: 15...15, parabola,
      Film(parabola).changing(from: 15) { ball, _ in ball.position.x += 1.2 })
  }

  @Test func ballsPassingThroughEachOther() throws {
    let film = Film(collision).changing { $0.position.x = 1.5 + 0.2 * Double($1) }
      .changing(body: 1) { $0.position.x = 8 - 0.15 * Double($1) }
    try expect(.overlap, frame: 14...17, collision, film, only: false)
  }

  @Test func aBallPassingThroughTheWall() throws {
    let start = wall.truth[frame: 0, body: 0].x
    let film = Film(wall).changing { $0.position.x = start + 0.3 * Double($1) }
    try expect(.overlap, frame: 8...26, wall, film, only: false)
  }

  @Test func aBallThatSpeedsUpWithoutCause() throws {
    try expect(
      .velocityChange, frame: 13...15, uniform,
      Film(uniform).changing(from: 14) { $0.position.x += 0.15 * Double($1) })
  }

  @Test func aBallThatTurnsBackWithoutCause() throws {
    try expect(
      .velocityChange, frame: 13...15, uniform,
      Film(uniform).changing(from: 14) { $0.position.x -= 0.4 * Double($1) })
  }

  @Test func aCurvedPathInUniformMotion() throws {
    try expect(
      .curvedPath, frame: 3...3, uniform,
      Film(uniform).changing { $0.position.y += 0.003 * Double($1 * $1) })
  }

  @Test func aParabolaWithoutGravity() throws {
    let film = Film(parabola).changing {
      $0.position = Vector2(x: 1.5 + 0.2 * Double($1), y: 8.5)
    }
    try expect(.curvedPath, frame: 3...3, parabola, film)
  }

  @Test func ballsThatStopWhereTheyMeet() throws {
    let meeting = collision.truth.contacts[0].frame
    let film = [0, 1].reduce(Film(collision)) { film, body in
      film.changing(body: body, from: meeting) { ball, _ in
        ball.position = collision.truth[frame: meeting, body: body]
      }
    }
    try expect(.impact, frame: (meeting - 1)...31, collision, film)
  }

  @Test func ballsThatLeaveAnImpactTooFast() throws {
    let meeting = collision.truth.contacts[0].frame
    let film = Film(collision).changing(body: 1, from: meeting) {
      $0.position.x += 0.1 * Double($1)
    }
    try expect(.impact, frame: (meeting - 1)...(meeting + 2), collision, film, only: false)
  }

  @Test func aWallThatMoves() throws {
    try expect(
      .moved, frame: 10...20, wall,
      Film(wall).changing(body: 1, from: 10) { $0.position.x -= 0.05 * Double($1) }, only: false)
  }

  @Test func severalThingsAtOnceAreAllNamed() throws {
    let film = Film(uniform).changing(from: 14) { ball, _ in
      ball.color = .blue
      ball.position.y += 1.5
      ball.radius *= 1.4
    }
    let kinds = Set(try uniform.judge(film).reasons.map(\.kind))
    #expect(kinds == [.recolored, .resized, .jump])
  }
}
