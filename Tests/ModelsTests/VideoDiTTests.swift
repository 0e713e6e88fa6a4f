import Foundation
import Models
import Tensors
import Testing

@Suite struct VideoDiTTests {
  /// Counted on the real thing, except that depth is done by difference: blocks are all alike.
  @Test(arguments: VideoDiTConfiguration.PaperSize.allCases)
  func paperSizesHaveThePapersNumberOfWeights(_ size: VideoDiTConfiguration.PaperSize) throws {
    let configuration = VideoDiTConfiguration.paper(size)
    try configuration.validate()
    #expect(configuration.tokens == 1024)
    #expect(configuration.latentShape == [16, 16, 16, 4])
    func count(depth: Int) throws -> Int {
      var shallow = configuration
      shallow.depth = depth
      return try VideoDiT(shallow, seed: 0).parameterCount
    }
    let (one, two) = (try count(depth: 1), try count(depth: 2))
    let millions = Double(one + (configuration.depth - 1) * (two - one)) / 1e6
    #expect(abs(millions - size.millions) < 0.5)
  }

  @Test func thePapersTimestepNetworkAgreesWithItsDescription() throws {
    var configuration = tinyTransformer(time: 3, grid: 1, channels: 5)
    configuration.timestepNetwork = .paper
    let model = try VideoDiT(configuration, seed: 1)
    randomise(model.parameters, seed: 2)
    let weights = model.parameters.byName
    #expect(weights["t_embedder.mlp.2.weight"] != nil)
    #expect(weights["final_layer.adaLN.weight"] == nil)
    // With silent blocks and a silent shared modulation what is left is the output's own modulation.
    for (name, tensor) in weights where name.contains("modulation") || name.hasPrefix("t_block") {
      if name != "final_layer.modulation" { tensor.zero_() }
    }
    func linear(_ x: Tensor, _ name: String) throws -> Tensor {
      let bias: Tensor = try #require(weights["\(name).bias"])
      return x.linear(try #require(weights["\(name).weight"]), bias)
    }
    let noisy = RandomStream(seed: 4).normal([1, 3, 1, 1, 5])
    let half = configuration.timestepChannels / 2
    let time = 0.4
    let angles = (0..<half).map {
      Float(time * 1000 * pow(1000, -Double($0) / Double(half)))
    }
    let waves = Tensor.cat([Tensor(angles, [1, half]).cos(), Tensor(angles, [1, half]).sin()], 1)
    let embedding = try linear(try linear(waves, "t_embedder.mlp.0").silu(), "t_embedder.mlp.2")
    let table = try #require(weights["final_layer.modulation"])
    let rows = (embedding.view([1, 1, 1, configuration.width]) + table).unbind(0)
    let mask = Tensor([1.0, 0, 0], [1, 3, 1])
    let tokens = noisy.view([1, 3, 5])
    let inputs =
      configuration.conditioning == .concatenated
      ? [tokens, tokens * mask, mask] : [tokens, mask]
    let x = try linear(.cat(inputs, 2), "x_embedder")
    let normed = configuration.norm == .rms ? x.rmsNorm() : x.layerNorm()
    let expected = try linear(normed * (rows[1] + 1) + rows[0], "final_layer.linear")
    let found = model(noisy, condition: noisy, time: Tensor([Float(time)], [1]))
    #expect(largestDifference(found.view([1, 3, 5]), expected) < 1e-4)
  }

  @Test func operationsAreThoseOfTheProducts() {
    var configuration = VideoDiTConfiguration.paper(.large)
    // 6 operations a weight and token, and attention.
    let perToken = 6 * 302e6 + 12 * 1024.0 * 1024 * 24
    #expect(abs(configuration.trainingOperations / (1024 * perToken) - 1) < 0.01)
    configuration.depth *= 2
    #expect(configuration.trainingOperations > 1.99 * 1024 * perToken)
  }

  @Test(
    arguments: [
      (VideoDiTConfiguration.Conditioning.concatenated, VideoDiTConfiguration.Norm.rms, true, 1),
      (.replaced, .layer, true, 1), (.concatenated, .rms, false, 2), (.replaced, .rms, true, 2),
    ])
  func agreesWithThePlainReference(
    _ conditioning: VideoDiTConfiguration.Conditioning, _ norm: VideoDiTConfiguration.Norm,
    _ normalise: Bool, _ grid: Int
  ) throws {
    var configuration = tinyTransformer(time: 3, grid: grid, channels: 5)
    configuration.conditioning = conditioning
    configuration.norm = norm
    configuration.normaliseQueriesAndKeys = normalise
    configuration.learnedPositions = grid == 2
    let model = try VideoDiT(configuration, seed: 1)
    randomise(model.parameters, seed: 2)
    let reference = ReferenceTransformer(c: configuration, weights: model.parameters.byName)
    let stream = RandomStream(seed: 3)
    let shape = [2] + configuration.latentShape
    let (noisy, clean) = (stream.normal(shape), stream.normal(shape))
    let times = [0.3, 0.9]
    let answer = model(
      noisy, condition: clean, time: Tensor(times.map { Float($0) }, [2]))
    for sample in 0..<2 {
      func rows(_ x: Tensor) -> [[Double]] {
        x.select(0, sample).contiguous().view([configuration.tokens, 5]).doubles2D()
      }
      let expected = reference(rows(noisy), rows(clean), time: times[sample])
      for (found, wanted) in zip(rows(answer), expected) {
        for (a, b) in zip(found, wanted) { #expect(abs(a - b) < 2e-4 * max(1, abs(b))) }
      }
    }
  }

  @Test func anUntrainedModelAnswersZero() throws {
    let configuration = tinyTransformer()
    let model = try VideoDiT(configuration, seed: 1)
    let stream = RandomStream(seed: 2)
    let shape = [3] + configuration.latentShape
    let answer = model(
      stream.normal(shape), condition: stream.normal(shape), time: stream.uniform([3]))
    #expect(answer.abs().amax().item() == 0)
  }

  @Test func patchesComeBackInPlace() throws {
    var configuration = tinyTransformer(time: 2, grid: 4, channels: 3)
    configuration.patch = 2
    let model = try VideoDiT(configuration, seed: 1)
    randomise(model.parameters, seed: 5)
    let stream = RandomStream(seed: 6)
    let x = stream.normal([1] + configuration.latentShape)
    // A change of one cell's later token reaches all others only through attention: cut it off.
    for name in ["blocks.0.attn.proj", "blocks.1.attn.proj"] {
      for part in ["weight", "bias"] { model.parameters.byName["\(name).\(part)"]?.zero_() }
    }
    let change = Tensor.zeros(x.shape)
    change.narrow(1, start: 1, length: 1).narrow(2, start: 2, length: 1)
      .narrow(3, start: 1, length: 1).fill_(1)
    let time = Tensor([Float(0.5)], [1])
    let moved =
      (model(x + change, condition: x, time: time) - model(x, condition: x, time: time)).abs()
      .sum([4]).view([2, 4, 4]).floats()
    for t in 0..<2 {
      for row in 0..<4 {
        for column in 0..<4 {
          let touched = t == 1 && row >= 2 && column < 2
          #expect((moved[(t * 4 + row) * 4 + column] > 1e-6) == touched)
        }
      }
    }
  }

  @Test func laterConditionLatentsAreNeverRead() throws {
    for conditioning in VideoDiTConfiguration.Conditioning.allCases {
      var configuration = tinyTransformer()
      configuration.conditioning = conditioning
      let model = try VideoDiT(configuration, seed: 1)
      randomise(model.parameters, seed: 2)
      let stream = RandomStream(seed: 3)
      let shape = [2] + configuration.latentShape
      let (noisy, clean) = (stream.normal(shape), stream.normal(shape))
      let other = Tensor.cat(
        [clean.narrow(1, start: 0, length: 1), clean.narrow(1, start: 1, length: 3) * 7], 1)
      let time = stream.uniform([2])
      let first = model(noisy, condition: clean, time: time)
      #expect(largestDifference(first, model(noisy, condition: other, time: time)) == 0)
      #expect(largestDifference(first, model(noisy, condition: clean * 2, time: time)) > 1e-4)
    }
  }

  @Test(arguments: [
    (VideoDiTConfiguration.PaperSize.small, 22.5), (.base, 89.5), (.large, 310.0),
    (.extraLarge, 456.0),
  ])
  func paperSizesHaveThePapersParameters(
    _ size: VideoDiTConfiguration.PaperSize, _ millions: Double
  ) {
    // The count from the shapes alone; building half a billion weights would be a waste.
    let (depth, width, _) = size.shape
    let c = VideoDiTConfiguration()
    let block = 12 * width * width + 9 * width + 6 * width
    let ends = (2 * c.tokenChannels + 1) * width + width + width * c.tokenChannels + c.tokenChannels
    let time = c.timestepChannels * width + width + 8 * width * width + 8 * width + 2 * width
    #expect(abs(Double(depth * block + ends + time) / 1e6 - millions) < 0.015 * millions)
  }

  @Test func theCountFormulaIsTheModelsCount() throws {
    let c = VideoDiTConfiguration()
    let (depth, width) = (c.depth, c.width)
    let block = 12 * width * width + 9 * width + 6 * width
    let ends = (2 * c.tokenChannels + 1) * width + width + width * c.tokenChannels + c.tokenChannels
    let time = c.timestepChannels * width + width + 8 * width * width + 8 * width + 2 * width
    #expect(try VideoDiT(c, seed: 0).parameterCount == depth * block + ends + time)
  }

  @Test func impossibleShapesAreRefused() {
    func field(_ change: (inout VideoDiTConfiguration) -> Void) -> String? {
      refusedField(of: VideoDiTConfiguration(), change) { try $0.validate() }
    }
    #expect(field { _ in } == nil)
    #expect(field { $0.width = 0 } == "width")
    #expect(field { $0.heads = 3 } == "heads")
    #expect(field { $0.patch = 2 } == "patch")
    #expect(field { $0.conditionSteps = 11 } == "conditionSteps")
    #expect(field { $0.timestepChannels = 7 } == "timestepChannels")
    #expect(field { $0.rotaryTimePeriod = 0 } == "rotaryTimePeriod")
  }
}
