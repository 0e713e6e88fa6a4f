import Models
import Tensors
import Testing
import Videos
import Worlds

@Suite struct VideoAutoencoderTests {
  func bytes(_ shape: [Int]) -> Tensor {
    (RandomStream(seed: 9).uniform(shape) * 255).to(.uint8)
  }

  @Test(arguments: [1, 2])
  func chunksChangeNothing(_ grid: Int) throws {
    var autoencoder = try VideoAutoencoder(tinyAutoencoder(grid: grid), seed: 1)
    let videos = bytes([3, 6, 16, 16, 3])
    autoencoder.framesAtOnce = 100
    let whole = try autoencoder.encode(videos)
    #expect(whole.shape == [3, 2, grid, grid, 10])
    let decoded = try autoencoder.decode(whole)
    #expect(decoded.shape == [3, 6, 16, 16, 3])
    autoencoder.framesAtOnce = 4
    #expect(largestDifference(whole, try autoencoder.encode(videos)) < 1e-5)
    let again = try autoencoder.decode(whole)
    // Rounding to bytes may fall on either side.
    #expect(largestDifference(decoded.to(.float32), again.to(.float32)) <= 1)
    let one = try autoencoder.encode(videos.narrow(0, start: 1, length: 1))
    #expect(largestDifference(whole.narrow(0, start: 1, length: 1), one) < 1e-5)
  }

  @Test func videosAndTensorsGiveTheSame() throws {
    let autoencoder = try VideoAutoencoder(tinyAutoencoder(), seed: 1)
    let all = bytes([2, 3, 16, 16, 3])
    let videos = (0..<2).map {
      Video(frames: 3, height: 16, width: 16, bytes: all.select(0, $0).contiguous().bytes())
    }
    let latents = try autoencoder.encode(videos)
    #expect(largestDifference(latents, try autoencoder.encode(all)) == 0)
    #expect(try autoencoder.decodeVideos(latents).count == 2)
  }

  @Test func consecutiveFramesMakeOneLatent() throws {
    let configuration = tinyAutoencoder()
    let autoencoder = try VideoAutoencoder(configuration, seed: 1)
    let video = bytes([1, 6, 16, 16, 3])
    let frames = autoencoder.frameLatents(video.view([6, 16, 16, 3])).view([2, 18])
    let expected = autoencoder.projection.project(frames)
    #expect(largestDifference(try autoencoder.encode(video).view([2, 10]), expected) == 0)
  }

  @Test func wrongVideosAreRefused() throws {
    let autoencoder = try VideoAutoencoder(tinyAutoencoder(), seed: 1)
    #expect(throws: ModelError.frameCount(found: 4, remedy: "use a positive multiple of 3")) {
      try autoencoder.encode(bytes([1, 4, 16, 16, 3]))
    }
    #expect(throws: ModelError.frameSize(width: 32, height: 32, expected: 16)) {
      try autoencoder.encode(bytes([1, 3, 32, 32, 3]))
    }
    #expect(throws: ModelError.self) { try autoencoder.encode([Video]()) }
    #expect(throws: ModelError.latentShape(found: [1, 1, 1, 1, 4], expected: [1, 1, 1, 1, 10])) {
      try autoencoder.decode(.zeros([1, 1, 1, 1, 4]))
    }
  }

  @Test func impossibleShapesAreRefused() {
    func field(_ change: (inout VideoAutoencoderConfiguration) -> Void) -> String? {
      refusedField(of: VideoAutoencoderConfiguration(), change) { try $0.validate() }
    }
    #expect(field { _ in } == nil)
    #expect(field { $0.grid = 4 } == nil)
    #expect(field { $0.grid = 8 } == "grid")
    #expect(
      field {
        $0.grid = 8
        $0.encoderWidths = [32, 64]
        $0.decoderWidths = [64, 48]
      } == nil)
    #expect(field { $0.resolution = 60 } == "resolution")
    #expect(field { $0.decoderWidths = [4] } == "decoderWidths")
    #expect(field { $0.encoderWidths = [] } == "encoderWidths")
    #expect(field { $0.latentChannels = 97 } == "latentChannels")
    #expect(field { $0.framesPerLatent = 0 } == "framesPerLatent")
    #expect(field { $0.whitening = 2 } == "whitening")
  }

  @Test func whiteIsNoInk() {
    let white = Tensor(bytes: [255, 255, 255, 0, 128, 255], [1, 1, 2, 3])
    let ink = FrameAutoencoder.ink(white)
    #expect(ink.select(3, 0).abs().amax().item() < 1e-6)
    #expect(FrameAutoencoder.bytes(ink).bytes() == white.bytes())
  }
}
