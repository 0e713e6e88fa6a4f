import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Videos

/// A spatial autoencoder small enough for tests: 16 pixels, 4 × 4 cells.
func tinySpatial(temporalFactor: Int = 1, taps: Int = 0) -> SpatialAutoencoderConfiguration {
  var configuration = SpatialAutoencoderConfiguration()
  configuration.resolution = 16
  configuration.spatialFactor = 4
  configuration.temporalFactor = temporalFactor
  configuration.temporalTaps = taps
  configuration.width = 12
  configuration.encoderBlocks = 1
  configuration.decoderBlocks = 1
  configuration.headWidth = 16
  configuration.latentChannels = 5
  return configuration
}

@Suite struct SpatialAutoencoderTests {
  static let variants = [(1, 0), (1, 3), (2, 2)]

  func make(_ factor: Int, _ taps: Int) throws -> SpatialAutoencoder {
    let autoencoder = try SpatialAutoencoder(
      tinySpatial(temporalFactor: factor, taps: taps), seed: 1)
    randomise(autoencoder.parameters, seed: 2, scale: 0.15)
    return autoencoder
  }

  func bytes(_ shape: [Int], seed: UInt64 = 9) -> Tensor {
    (RandomStream(seed: seed).uniform(shape) * 255).to(.uint8)
  }

  @Test(arguments: variants)
  func lengthsAndShapesBelongTogether(factor: Int, taps: Int) throws {
    let autoencoder = try make(factor, taps)
    let latents = try autoencoder.encode(bytes([2, 5, 16, 16, 3]))
    let steps = factor == 1 ? 5 : 3
    #expect(latents.shape == [2, steps, 4, 4, 5])
    #expect(try autoencoder.layout.latentShape(frames: 5) == [steps, 4, 4, 5])
    #expect(autoencoder.layout.frames(ofSteps: steps) == 5)
    #expect(try autoencoder.layout.conditionSteps(given: 3) == (factor == 1 ? 3 : 2))
    #expect(autoencoder.layout.fittingFrames(32) == (factor == 1 ? 32 : 33))
    #expect(autoencoder.layout.fittingFrames(31) == 31)
    #expect(try autoencoder.decode(latents).shape == [2, 5, 16, 16, 3])
  }

  @Test(arguments: variants)
  func chunksAndNeighboursChangeNothing(factor: Int, taps: Int) throws {
    var autoencoder = try make(factor, taps)
    let films = bytes([3, 5, 16, 16, 3])
    let whole = try autoencoder.encode(films)
    let drawn = try autoencoder.decode(whole).to(.float32)
    autoencoder.framesAtOnce = 4
    #expect(largestDifference(whole, try autoencoder.encode(films)) < 1e-3)
    #expect(largestDifference(drawn, try autoencoder.decode(whole).to(.float32)) <= 1)
    let one = try autoencoder.encode(films.narrow(0, start: 1, length: 1))
    #expect(largestDifference(whole.narrow(0, start: 1, length: 1), one) < 1e-3)
  }

  /// What comes later changes nothing: neither in latents nor in frames.
  @Test(arguments: variants)
  func timeRunsForward(factor: Int, taps: Int) throws {
    let autoencoder = try make(factor, taps)
    let film = bytes([1, 7, 16, 16, 3])
    let other = Tensor.cat(
      [film.narrow(1, start: 0, length: 3), bytes([1, 4, 16, 16, 3], seed: 4)], 1)
    let (a, b) = (try autoencoder.encode(film), try autoencoder.encode(other))
    let given = try autoencoder.layout.conditionSteps(given: 3)
    #expect(
      largestDifference(a.narrow(1, start: 0, length: given), b.narrow(1, start: 0, length: given))
        < 1e-5)
    #expect(
      largestDifference(a.narrow(1, start: given, length: 1), b.narrow(1, start: given, length: 1))
        > 1e-3)
    // The condition alone gives the same latents.
    let alone = try autoencoder.encode(film.narrow(1, start: 0, length: 3))
    #expect(largestDifference(a.narrow(1, start: 0, length: given), alone) < 1e-5)
    let mixed = Tensor.cat(
      [a.narrow(1, start: 0, length: given), b.narrow(1, start: given, length: b.size(1) - given)],
      1)
    let (x, y) = (try autoencoder.decode(a), try autoencoder.decode(mixed))
    #expect(
      largestDifference(
        x.narrow(1, start: 0, length: 3).to(.float32), y.narrow(1, start: 0, length: 3).to(.float32)
      )
        <= 1)
  }

  /// A trained image autoencoder stays what it is when it is inflated.
  @Test func inflatedLayersBeginAsIdentity() throws {
    let image = try make(1, 0)
    let film = bytes([1, 5, 16, 16, 3])
    let latents = try image.encode(film)
    for (factor, taps) in [(1, 3), (2, 3)] {
      let video = try SpatialAutoencoder(
        tinySpatial(temporalFactor: factor, taps: taps), seed: 7)
      try video.parameters.take(image.parameters.byName)
      let found = try video.encode(film)
      let expected = factor == 1 ? latents : latents.indexSelect(1, Tensor([Int64(0), 2, 4], [3]))
      #expect(largestDifference(found, expected) < 1e-5)
      // Every other frame is drawn as before, the one between as its successor.
      let (drawn, own) = (try video.decode(found), try image.decode(expected))
      let last = drawn.narrow(1, start: 4, length: 1).to(.float32)
      #expect(
        largestDifference(last, own.narrow(1, start: expected.size(1) - 1, length: 1).to(.float32))
          <= 1)
    }
  }

  @Test func aFolderGivesItBack() throws {
    let autoencoder = try make(2, 2)
    let film = bytes([1, 3, 16, 16, 3])
    try withTemporaryFolder { folder in
      let full = folder.appendingPathComponent("full")
      try autoencoder.save(to: full)
      let loaded = try LatentCodecs.load(full)
      #expect(loaded.resolution == 16)
      #expect(largestDifference(try loaded.encode(film), try autoencoder.encode(film)) == 0)
      #expect(try LatentCodecs.layout(full).latentShape(frames: 3) == [2, 4, 4, 5])

      // Half precision is half the size, and what was rounded before comes back bit for bit.
      let half = folder.appendingPathComponent("half")
      let rounded = try autoencoder.rounded(to: .float16)
      try rounded.save(to: half, dtype: .float16)
      let back = try SpatialAutoencoder(folder: half)
      #expect(back.coder.parameters.tensors[0].dtype == .float32)
      #expect(largestDifference(try back.encode(film), try rounded.encode(film)) == 0)
      #expect(largestDifference(try back.encode(film), try autoencoder.encode(film)) > 0)
    }
  }

  @Test func wrongFoldersAreRefused() throws {
    try withTemporaryFolder { folder in
      let place = folder.appendingPathComponent("a")
      #expect(throws: ModelError.self) { _ = try LatentCodecs.load(place) }
      try make(1, 0).save(to: place)
      try Data(#"{"modelType": "something-else"}"#.utf8)
        .write(to: place.appendingPathComponent("config.json"))
      #expect {
        _ = try LatentCodecs.load(place)
      } throws: {
        "\($0)".contains("something-else")
      }
      // Weights of another architecture.
      try make(1, 0).save(to: place)
      var config = try String(
        contentsOf: place.appendingPathComponent("config.json"), encoding: .utf8)
      config = config.replacingOccurrences(
        of: "\"latentChannels\" : 5", with: "\"latentChannels\" : 6")
      try Data(config.utf8).write(to: place.appendingPathComponent("config.json"))
      #expect {
        _ = try LatentCodecs.load(place)
      } throws: {
        guard case .tensorShape = $0 as? ModelError else { return false }
        return true
      }
    }
  }

  @Test func wrongVideosAreRefused() throws {
    let autoencoder = try make(2, 2)
    #expect(
      throws: ModelError.frameCount(found: 4, remedy: "use an odd number: one frame, then pairs")
    ) { try autoencoder.encode(bytes([1, 4, 16, 16, 3])) }
    #expect(throws: ModelError.frameSize(width: 32, height: 32, expected: 16)) {
      try autoencoder.encode(bytes([1, 3, 32, 32, 3]))
    }
    #expect(throws: ModelError.self) { try autoencoder.encode([Video]()) }
    #expect(throws: ModelError.latentShape(found: [1, 2, 4, 4, 4], expected: [1, 2, 4, 4, 5])) {
      try autoencoder.decode(.zeros([1, 2, 4, 4, 4]))
    }
    #expect(throws: ModelError.self) { try autoencoder.decode(.zeros([3])) }
    #expect(throws: ModelError.self) { try autoencoder.decode(.zeros([1, 0, 4, 4, 5])) }
  }

  @Test func impossibleShapesAreRefused() {
    func field(_ change: (inout SpatialAutoencoderConfiguration) -> Void) -> String? {
      refusedField(of: SpatialAutoencoderConfiguration(), change) { try $0.validate() }
    }
    #expect(field { _ in } == nil)
    #expect(field { $0.resolution = 256 } == nil)
    #expect(field { $0.resolution = 100 } == "resolution")
    #expect(field { $0.spatialFactor = 1 } == "spatialFactor")
    #expect(field { $0.temporalFactor = 3 } == "temporalFactor")
    #expect(field { $0.temporalFactor = 2 } == "temporalTaps")
    #expect(field { $0.temporalTaps = -1 } == "temporalTaps")
    #expect(field { $0.width = 0 } == "width")
    #expect(field { $0.encoderBlocks = -1 } == "encoderBlocks")
    #expect(field { $0.latentChannels = 0 } == "latentChannels")
  }

  @Test func whiteIsNoInk() {
    let white = Tensor(bytes: [255, 255, 255, 0, 128, 255], [1, 1, 2, 3])
    let ink = SpatialCoder.ink(white)
    #expect(ink.select(3, 0).abs().amax().item() < 1e-6)
    #expect(SpatialCoder.bytes(ink).bytes() == white.bytes())
  }
}
