import Models
import Tensors
import Testing
import Videos
import Worlds

@Suite struct WorldModelTests {
  static let bodies = [
    Body(radius: 1, position: Vector2(x: 2, y: 5), velocity: Vector2(x: 2.5, y: 0)),
    Body(
      color: .blue, radius: 0.7, position: Vector2(x: 8, y: 3), velocity: Vector2(x: -1.2, y: 0.4)),
    Body(
      shape: .square, radius: 1.3, position: Vector2(x: 3, y: 6), velocity: Vector2(x: 0.8, y: -0.3)
    ),
  ]

  @Test(arguments: bodies)
  func threeFramesShowTheBody(_ body: Body) throws {
    let found = ConditionReader().bodies(in: try clip(body, frames: 3))
    #expect(found.count == 1)
    guard let read = found.first else { return }
    #expect(read.shape == body.shape)
    #expect(read.color == body.color)
    #expect(abs(read.radius - body.radius) < 0.02)
    #expect(abs(read.position.x - body.position.x) < 0.03)
    #expect(abs(read.position.y - body.position.y) < 0.03)
    #expect(abs(read.velocity.x - body.velocity.x) < 0.1)
    #expect(abs(read.velocity.y - body.velocity.y) < 0.1)
  }

  @Test func constantVelocityContinuesADisc() throws {
    let truth = try clip(Self.bodies[0])
    let model = ConstantVelocity()
    let answer = try model.continuation(of: [truth.prefix(frames: 3)], frames: 32)
    #expect(answer.count == 1)
    #expect(answer[0].frames == 32)
    #expect(answer[0].prefix(frames: 3) == truth.prefix(frames: 3))
    let reader = ConditionReader(frames: 1)
    // Frame 20 of the answer shows the disc where the truth does.
    let (a, b) = (
      reader.bodies(in: answer[0].selecting([20])), reader.bodies(in: truth.selecting([20]))
    )
    #expect(abs((a.first?.position.x ?? 0) - (b.first?.position.x ?? 99)) < 0.1)
  }

  @Test func nothingVisibleCannotBeContinued() {
    let white = Video(
      frames: 3, height: 64, width: 64, bytes: [UInt8](repeating: 255, count: 3 * 64 * 64 * 3))
    #expect {
      _ = try ConstantVelocity().continuation(of: [white], frames: 32)
    } throws: {
      "\($0)".contains("condition video 0")
    }
  }

  @Test func lengthsAreChecked() throws {
    let short = try clip(Self.bodies[0], frames: 2)
    #expect(throws: ModelError.self) {
      try ConstantVelocity().continuation(of: [short], frames: 32)
    }
    let enough = try clip(Self.bodies[0], frames: 3)
    #expect(throws: ModelError.self) {
      try ConstantVelocity().continuation(of: [enough], frames: 3)
    }
  }

  @Test func theNearestCaseIsReplayedAsItWas() throws {
    let cases = [1.0, 2, 3].map { speed in
      Scene(
        bodies: [
          Body(radius: 1, position: Vector2(x: 2, y: 5), velocity: Vector2(x: speed, y: 0))
        ])
    }
    let memory = try NearestCase(cases)
    let condition = try clip(
      Body(radius: 1.02, position: Vector2(x: 2.1, y: 5), velocity: Vector2(x: 2.2, y: 0)),
      frames: 3)
    let answer = try memory.continuation(of: [condition], frames: 32)
    let replayed = try Renderer().render(
      cases[1], Simulator().simulate(cases[1]), averagedTo: 64)
    #expect(answer[0].prefix(frames: 3) == condition)
    #expect(answer[0].selecting(Array(3..<32)) == replayed.selecting(Array(3..<32)))
    #expect(throws: ModelError.self) { try NearestCase([]) }
  }

  @Test func theLatentModelKeepsTheConditionAndTheLength() throws {
    let autoencoder = try VideoAutoencoder(tinyAutoencoder(), seed: 1)
    let transformer = try VideoDiT(tinyTransformer(), seed: 2)
    randomise(transformer.parameters, seed: 3)
    var sampler = Sampler()
    sampler.steps = 2
    sampler.batch = 2
    let model = try LatentDiffusionModel(
      autoencoder: autoencoder, transformer: transformer, diffusion: Diffusion(), sampler: sampler)
    #expect(model.conditionFrames == 3)
    #expect(model.maximumFrames == 12)
    let truths = try Self.bodies.map { try clip($0, frames: 3, size: 16) }
    let answers = try model.continuation(of: truths, frames: 11)
    #expect(answers.count == 3)
    for (answer, truth) in zip(answers, truths) {
      #expect(answer.frames == 11)
      #expect(answer.prefix(frames: 3) == truth)
    }
    #expect(try model.continuation(of: truths, frames: 11) == answers)
    #expect(throws: ModelError.self) { try model.continuation(of: truths, frames: 13) }
    #expect(throws: ModelError.self) {
      try model.continuation(of: [clip(Self.bodies[0], frames: 3)], frames: 11)
    }
  }

  @Test func partsThatDoNotFitAreRefused() throws {
    let autoencoder = try VideoAutoencoder(tinyAutoencoder(), seed: 1)
    let transformer = try VideoDiT(tinyTransformer(channels: 9), seed: 2)
    #expect(throws: ModelError.latentShape(found: [4, 1, 1, 9], expected: [4, 1, 1, 10])) {
      try LatentDiffusionModel(
        autoencoder: autoencoder, transformer: transformer, diffusion: Diffusion(),
        sampler: Sampler())
    }
  }

  @Test func reconstructionTakesAnyLength() throws {
    let autoencoder = try VideoAutoencoder(tinyAutoencoder(), seed: 1)
    let truth = try clip(Self.bodies[0], frames: 10, size: 16)
    let answer = try Reconstruction(autoencoder).continuation(of: [truth, truth], frames: 8)
    #expect(answer.count == 2)
    #expect(answer[0].frames == 8)
    #expect(throws: ModelError.self) {
      try Reconstruction(autoencoder).continuation(of: [truth], frames: 11)
    }
  }
}
