import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Videos
import Worlds

@Suite struct ColorLayersTests {
  /// A red disc and a blue square that touch, and a black wall.
  private func picture() throws -> Video {
    var bodies = [
      Body(color: .red, radius: 1.5, position: Vector2(x: 3, y: 6)),
      Body(shape: .square, color: .blue, radius: 1.2, position: Vector2(x: 5.7, y: 6)),
    ]
    bodies.append(.bar(from: Vector2(x: 9, y: 0), to: Vector2(x: 10, y: 7)))
    let scene = Scene(bodies: bodies, frames: 1)
    return try Renderer().render(
      scene, Trajectory(bodyCount: 3, positions: bodies.map(\.position)), averagedTo: 64)
  }

  @Test func theColoursOfAPictureMakeIt() throws {
    let video = try picture()
    let bytes = Tensor(bytes: video.bytes, [1, 64, 64, 3])
    let ink = FrameAutoencoder.ink(bytes)
    let layers = ColorLayers.split(ink)
    #expect(layers.shape == [3, 1, 64, 64])
    // Mixed pixels are rounded to bytes, channel by channel.
    #expect(largestDifference(ColorLayers.join(layers), ink) < 0.02)
    // Each has its own body: its share of the picture is that of the body.
    let shares = layers.mean([1, 2, 3]).floats().map { Double($0) / 2 * 100 }
    #expect(abs(shares[0] - 0.985 * Double.pi * 2.25) < 0.3)
    #expect(abs(shares[1] - 5.76) < 0.3)
    #expect(abs(shares[2] - 7) < 0.3)
  }

  @Test func lessThanNoneIsNone() {
    let layers = Tensor([Float(-1), 0.5, -0.2], [3, 1, 1, 1])
    let joined: [Float] = [0.5, 0.5, 0]
    #expect(ColorLayers.join(layers).floats() == joined)
  }

  @Test(arguments: [1, 2])
  func aBodyOfOneColourLeavesTheOthersCodesAlone(_ grid: Int) throws {
    var configuration = tinyAutoencoder(grid: grid)
    configuration.separatesColors = true
    let network = try FrameAutoencoder(configuration, seed: 1)
    func codes(_ bodies: [Body]) throws -> [[Float]] {
      let scene = Scene(bodies: bodies, frames: 1)
      let video = try Renderer().render(
        scene, Trajectory(bodyCount: bodies.count, positions: bodies.map(\.position)),
        averagedTo: 16)
      let latents = network.encode(
        FrameAutoencoder.ink(Tensor(bytes: video.bytes, [1, 16, 16, 3])))
      #expect(latents.shape == [1, grid, grid, 6])
      #expect(network.decode(latents).shape == [1, 3, 16, 16])
      #expect(network.decodeLayers(latents).shape == [3, 1, 16, 16])
      return (0..<3).map { latents.narrow(3, start: 2 * $0, length: 2).contiguous().floats() }
    }
    let red = Body(color: .red, radius: 1.5, position: Vector2(x: 3, y: 6))
    let blue = Body(color: .blue, radius: 1.5, position: Vector2(x: 7, y: 6))
    var moved = blue
    moved.position.x = 8
    let (one, other) = try (codes([red, blue]), codes([red, moved]))
    #expect(one[0] == other[0])
    #expect(one[1] != other[1])
    #expect(one[2] == other[2])
    // The same network: red and blue in one place have the same code.
    let (asRed, asBlue) = try (
      codes([Body(color: .red, radius: 1, position: Vector2(x: 4, y: 4))]),
      codes([Body(color: .blue, radius: 1, position: Vector2(x: 4, y: 4))])
    )
    #expect(asRed[0] == asBlue[1])
  }

  @Test func beginsAsAnotherOneDoesWithRed() throws {
    let whole = try FrameAutoencoder(tinyAutoencoder(), seed: 4)
    var configuration = tinyAutoencoder()
    configuration.separatesColors = true
    configuration.frameLatentChannels = 21
    configuration.hiddenWidth = 30
    let apart = try FrameAutoencoder(configuration, seed: 5)
    try apart.start(from: whole.parameters.byName, path: "other")
    let body = Body(color: .red, radius: 1.5, position: Vector2(x: 3, y: 6))
    let video = try Renderer().render(
      Scene(bodies: [body], frames: 1), Trajectory(bodyCount: 1, positions: [body.position]),
      averagedTo: 16)
    let ink = FrameAutoencoder.ink(Tensor(bytes: video.bytes, [1, 16, 16, 3]))
    let (one, other) = (apart.encode(ink), whole.encode(ink))
    #expect(largestDifference(one.narrow(3, start: 0, length: 6), other) < 1e-5)
    // The seventh number of a colour is new and does not reach the picture yet.
    let drawn = apart.decodeLayers(one).narrow(0, start: 0, length: 1)
    let expected = whole.decode(other).narrow(1, start: 1, length: 2).mean([1], keepDims: true)
    #expect(largestDifference(drawn, expected) < 1e-5)
  }

  @Test func aWiderStartIsRefused() throws {
    let wide = try FrameAutoencoder(tinyAutoencoder(), seed: 4)
    var configuration = tinyAutoencoder()
    configuration.hiddenWidth = 8
    let narrow = try FrameAutoencoder(configuration, seed: 5)
    let before = narrow.parameters.tensors.map { $0.floats() }
    #expect(throws: ModelError.self) {
      try narrow.start(from: wide.parameters.byName, path: "other")
    }
    #expect(throws: ModelError.self) { try narrow.start(from: [:], path: "other") }
    #expect(narrow.parameters.tensors.map { $0.floats() } == before)
  }

  @Test func thirdsMustBeWhole() {
    func field(_ channels: Int) -> String? {
      refusedField(
        of: VideoAutoencoderConfiguration(),
        {
          $0.separatesColors = true
          $0.frameLatentChannels = channels
        }
      ) { try $0.validate() }
    }
    #expect(field(96) == nil)
    #expect(field(97) == "frameLatentChannels")
  }

  @Test func filesWithoutTheChoiceStayAsTheyWere() throws {
    let json = try JSONEncoder().encode(VideoAutoencoderConfiguration())
    #expect(!String(decoding: json, as: UTF8.self).contains("separatesColors"))
    #expect(
      try JSONDecoder().decode(VideoAutoencoderConfiguration.self, from: json).separatesColors
        == nil)
  }

  @Test func halfPrecisionIsReadBack() throws {
    var configuration = tinyAutoencoder()
    configuration.separatesColors = true
    let autoencoder = try VideoAutoencoder(configuration, seed: 3).rounded(to: .float16)
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("codec")
      try autoencoder.save(to: url, dtype: .float16)
      let read = try VideoAutoencoder(folder: url)
      #expect(read.configuration == configuration)
      for (a, b) in zip(autoencoder.parameters.tensors, read.parameters.tensors) {
        #expect(a.floats() == b.floats())
      }
      let half =
        try FileManager.default.attributesOfItem(
          atPath: url.appendingPathComponent("model.safetensors").path)[.size] as? Int
      #expect((half ?? .max) < 2 * autoencoder.parameters.elementCount + 4000)
    }
  }
}
