import Foundation
import Models
import Tensors
import Testing
import Worlds

@Suite struct ConditioningTests {
  func configuration(_ arm: ConditionArm) -> VideoDiTConfiguration {
    var configuration = tinyTransformer()
    configuration.stateChannels = arm == .state ? 5 : nil
    configuration.textChannels = arm == .text ? 7 : nil
    return configuration
  }

  func told(_ arm: ConditionArm, seed: UInt64 = 9, words: Int = 3) -> SceneCondition? {
    let stream = RandomStream(seed: seed)
    return switch arm {
    case .frames: nil
    case .state: SceneCondition(state: stream.normal([2, 5]))
    case .text: SceneCondition(text: stream.normal([2, words, 7]), mask: .ones([2, words]))
    }
  }

  func answer(_ model: VideoDiT, _ told: SceneCondition?) throws -> Tensor {
    let noisy = RandomStream(seed: 4).normal([2] + model.configuration.latentShape)
    return model(
      noisy, condition: noisy, time: Tensor([0.3, 0.8] as [Float], [2]),
      context: try model.context(told))
  }

  /// What is told is silent at first: the arms begin as the same model.
  @Test(arguments: [ConditionArm.state, .text]) func armsBeginAlike(_ arm: ConditionArm) throws {
    let plain = try VideoDiT(configuration(.frames), seed: 1)
    let model = try VideoDiT(configuration(arm), seed: 1)
    for other in [plain, model] {
      // The outputs are silent at first too.
      let output = other.parameters.byName["final_layer.linear.weight"] ?? .zeros([1])
      output.copy_(from: RandomStream(seed: 2).normal(output.shape))
    }
    let difference = largestDifference(
      try answer(plain, nil), try answer(model, told(arm)))
    #expect(difference < 1e-5)
    #expect(model.parameterCount > plain.parameterCount)
  }

  @Test(arguments: [ConditionArm.state, .text])
  func whatIsToldMattersToItsOwnVideoOnly(_ arm: ConditionArm) throws {
    let model = try VideoDiT(configuration(arm), seed: 1)
    randomise(model.parameters, seed: 2)
    let first = try #require(told(arm))
    let second = try #require(told(arm, seed: 10))
    let mixed = SceneCondition.joined([
      first.narrow(start: 0, length: 1), second.narrow(start: 1, length: 1),
    ])
    let (a, b) = (try answer(model, first), try answer(model, mixed))
    #expect(largestDifference(a.select(0, 0), b.select(0, 0)) < 1e-5)
    #expect(largestDifference(a.select(0, 1), b.select(0, 1)) > 1e-3)
  }

  @Test func whatFillsUpASentenceIsNotRead() throws {
    let model = try VideoDiT(configuration(.text), seed: 1)
    randomise(model.parameters, seed: 2)
    let short = try #require(told(.text))
    let longer = SceneCondition(text: .zeros([1, 6, 7]), mask: .ones([1, 6]))
    let filled = SceneCondition.joined([short, longer]).narrow(start: 0, length: 2)
    #expect(filled.text?.shape == [2, 6, 7])
    #expect(largestDifference(try answer(model, short), try answer(model, filled)) < 1e-5)
  }

  /// Where all words are the same, attention answers their value, whatever is asked.
  @Test func equalWordsAddTheirValue() throws {
    let model = try VideoDiT(configuration(.text), seed: 1)
    randomise(model.parameters, seed: 2)
    let word = RandomStream(seed: 3).normal([2, 1, 7])
    let one = SceneCondition(text: word, mask: .ones([2, 1]))
    let many = SceneCondition(text: word.expand([2, 4, 7]).contiguous(), mask: .ones([2, 4]))
    #expect(largestDifference(try answer(model, one), try answer(model, many)) < 1e-5)
  }

  @Test(arguments: [ConditionArm.state, .text])
  func everyWeightLearnsAndBlocksMayBeRecomputed(_ arm: ConditionArm) throws {
    func gradients(recomputes: Bool) throws -> [String: Tensor] {
      var model = try VideoDiT(configuration(arm), seed: 1)
      randomise(model.parameters, seed: 2)
      model.recomputesBlocks = recomputes
      model.parameters.requireGradients(true)
      try answer(model, told(arm)).square().mean().backward()
      return model.parameters.byName.compactMapValues(\.grad)
    }
    let plain = try gradients(recomputes: false)
    let model = try VideoDiT(configuration(arm), seed: 1)
    #expect(plain.count == model.parameters.names.count)
    for (name, gradient) in plain {
      #expect(gradient.abs().amax().item() > 0, "\(name)")
    }
    for (name, gradient) in try gradients(recomputes: true) {
      #expect(largestDifference(gradient, plain[name] ?? .zeros([1])) == 0, "\(name)")
    }
  }

  @Test(arguments: ConditionArm.allCases) func whatIsToldMustFit(_ arm: ConditionArm) throws {
    let model = try VideoDiT(configuration(arm), seed: 1)
    let others = ConditionArm.allCases.filter { $0 != arm }
    for other in others {
      #expect(throws: ModelError.self) { try model.context(told(other)) }
    }
    let error = #expect(throws: ModelError.self) {
      try model.context(SceneCondition(state: .zeros([2, 6])))
    }
    #expect("\(error.map { "\($0)" } ?? "")".contains("has 6 channels"))
    var configuration = configuration(.state)
    configuration.stateChannels = 0
    #expect(throws: ModelError.self) { try configuration.validate() }
  }

  @Test(arguments: [ConditionArm.state, .text])
  func samplesDoNotDependOnTheBatch(_ arm: ConditionArm) throws {
    let model = try VideoDiT(configuration(arm), seed: 1)
    randomise(model.parameters, seed: 2, scale: 0.2)
    let condition = RandomStream(seed: 3).normal([2] + model.configuration.latentShape)
    var sampler = Sampler()
    sampler.steps = 3
    let whole = try sampler.sample(
      model, Diffusion(), condition: condition, numbered: [4, 7], told: told(arm))
    sampler.batch = 1
    let parts = try sampler.sample(
      model, Diffusion(), condition: condition, numbered: [4, 7], told: told(arm))
    #expect(largestDifference(whole, parts) < 1e-4)
  }

  static let scene: Scene = {
    var ring = Body(
      shape: .ring, color: .blue, radius: 1, position: Vector2(x: 10, y: 0),
      velocity: Vector2(x: -0.001, y: -2.5))
    ring.mobility = .free
    return Scene(
      bodies: [
        Body(radius: 1.204, position: Vector2(x: 2.5, y: 5), velocity: Vector2(x: 3.1, y: 0)), ring,
      ], gravity: Vector2(x: 0, y: -3))
  }()

  @Test func scenesInWords() {
    #expect(
      SceneSentence.text(Self.scene)
        == "A red ball of radius 1.20 starts at x 2.50 y 5.00 and moves with velocity x 3.10 y 0.00. "
        + "A blue ring of radius 1.00 starts at x 10.00 y 0.00 and moves with velocity x 0.00 "
        + "y -2.50. Gravity pulls with x 0.00 y -3.00.")
    let bar = Scene(bodies: [.bar(from: Vector2(x: 0, y: 0), to: Vector2(x: 2, y: 1))])
    #expect(SceneSentence.text(bar) == "A black bar of radius 1.00 stands at x 1.00 y 0.50.")
  }

  @Test func scenesInNumbers() throws {
    let state = SceneState(bodies: 3)
    let numbers = try state.numbers(Self.scene)
    let body = (state.channels - 2) / 3
    #expect(numbers.count == state.channels)
    let expected: [Float] = [0, -0.3, 1, -0.5, 0, 0.62, 0, 0.204]
    for (a, b) in zip(numbers, expected) { #expect(abs(a - b) < 1e-6) }
    // One shape and one colour each.
    #expect(numbers[8..<(2 + body)].reduce(0, +) == 2)
    #expect(numbers[(2 + 2 * body)...].allSatisfy { $0 == 0 })
    #expect(throws: ModelError.self) { try SceneState(bodies: 1).numbers(Self.scene) }
  }

  @Test func smallSizesFollowOneRule() throws {
    for size in [ModelSize.nano, .micro, .mini, .tiny, .small] {
      let shape = size.shape
      #expect(shape.width == 32 * shape.depth)
      #expect(shape.width == 64 * shape.heads)
    }
    let counts: [ModelSize: Double] = [.nano: 160, .micro: 971, .mini: 3023, .tiny: 6905]
    for (size, expected) in counts {
      var configuration = VideoDiTConfiguration()
      configuration.resize(to: size)
      configuration.timestepNetwork = .paper
      configuration.timestepChannels = 256
      try configuration.validate()
      let thousands = Double(try VideoDiT(configuration, seed: 0).parameterCount) / 1000
      #expect(abs(thousands - expected) < 2, "\(size) \(thousands)")
    }
    #expect(ModelSize(rawValue: "XL") == .extraLarge)
    #expect(ModelSize(rawValue: "XXL") == nil)
  }
}
