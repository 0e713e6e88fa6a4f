import Datasets
import Models
import Tensors
import Testing
import Training
import Worlds

@Suite struct ConditionSourceTests {
  /// Tells where the first body starts.
  struct Teller: SceneTeller {
    var arm: ConditionArm { .state }
    var summary: String { "where the first body starts" }
    var stateChannels: Int? { 1 }
    var textChannels: Int? { nil }
    func condition(_ scenes: [Scene]) throws -> SceneCondition {
      let values = scenes.map { Float($0.bodies[0].position.x) }
      return SceneCondition(state: Tensor(values, [scenes.count, 1]))
    }
  }

  func feed(flips: Bool = false) throws -> VideoFeed {
    let recipe = SceneRecipe(
      scenario: UniformMotion(frames: 4),
      region: Region(boxes: [["r": 0.7...1.4, "v": 1...4]]))
    return try VideoFeed(
      RenderedScenes(SceneStream(recipe: recipe, seed: 3)), seed: 3, flips: flips)
  }

  @Test func cachedOnesBelongToTheirLatents() throws {
    let numbers = Tensor((0..<20).map { Float($0) }, [20, 1])
    let latents = CachedLatents(numbers.view([20, 1, 1, 1, 1]), seed: 5)
    let conditions = CachedConditions(SceneCondition(state: numbers), seed: 5)
    for step in 0..<4 {
      let batch = latents.batch(step: step, size: 7).floats()
      #expect(conditions.condition(step: step, size: 7).state?.floats() == batch)
    }
  }

  @Test func streamedOnesBelongToTheirPlaces() throws {
    let feed = try feed()
    let cached = try CachedConditions(telling: feed, count: 6, by: Teller(), seed: 0, chunk: 4)
    let streamed = StreamedConditions(feed, by: Teller())
    let first = try streamed.condition(step: 0, size: 3).state?.floats() ?? []
    let second = try streamed.condition(step: 1, size: 3).state?.floats() ?? []
    #expect(cached.conditions.state?.floats() == first + second)
  }

  @Test func mirroredVideosHaveMirroredScenes() throws {
    let (plain, mirrored) = (try feed(), try feed(flips: true))
    var flipped = 0
    for place in 0..<20 {
      let (a, b) = (try plain.scene(at: place).bodies[0], try mirrored.scene(at: place).bodies[0])
      guard mirrored.item(at: place).isFlipped else {
        #expect(a == b)
        continue
      }
      flipped += 1
      #expect(b.position.x == 10 - a.position.x)
      #expect(b.velocity.x == -a.velocity.x)
    }
    #expect((4...16).contains(flipped))
  }

  /// Half of the videos go left and half go right, and only what is told says which.
  @Test func aToldModelLearnsWhatFramesDoNotShow() throws {
    let count = 16
    let directions = (0..<count).map { Float($0 % 2 == 0 ? 1 : -1) }
    var training = tinyDiffusionTraining()
    let shape = training.transformer.latentShape
    let size = shape.reduce(1, *)
    let given = size / shape[0] * training.transformer.conditionSteps
    let values = directions.flatMap { direction in
      (0..<size).map { $0 < given ? 0 : direction }
    }
    let latents = CachedLatents(Tensor(values, [count] + shape), seed: 0)
    func loss(told: Bool) throws -> Double {
      training.transformer.stateChannels = told ? 1 : nil
      training.otherRate = 1e-2
      training.optimizer = .adamW
      training.diffusion.shift = 15
      let trainer = try DiffusionTrainer(
        training, latents: latents,
        conditions: told
          ? CachedConditions(SceneCondition(state: Tensor(directions, [count, 1])), seed: 0) : nil)
      trainer.weights.requireGradients(true)
      let results = try (0..<80).map {
        try TrainingStep.take(trainer, step: $0, of: 80, factor: 1)
      }
      return StepResult.values(results).suffix(20).map(\.loss).reduce(0, +) / 20
    }
    let (alone, told) = (try loss(told: false), try loss(told: true))
    #expect(told < 0.5 * alone, "\(told) \(alone)")
  }

  @Test func aTrainerThatIsNotToldIsRefused() throws {
    var training = tinyDiffusionTraining()
    training.transformer.stateChannels = 4
    let latents = CachedLatents(.zeros([2] + training.transformer.latentShape), seed: 0)
    #expect(throws: ModelError.self) { try DiffusionTrainer(training, latents: latents) }
    #expect(throws: ModelError.self) {
      try DiffusionTrainer(
        training, latents: latents,
        conditions: CachedConditions(SceneCondition(state: .zeros([2, 3])), seed: 0))
    }
    let blank = BlankConditions(training.transformer)
    #expect(throws: Never.self) {
      try DiffusionTrainer(training, latents: latents, conditions: blank)
    }
  }
}
