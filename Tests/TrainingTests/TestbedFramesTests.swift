import Datasets
import Models
import Tensors
import Testing
import Training

@Suite struct TestbedFramesTests {
  private var frames: TestbedFrames {
    var frames = TestbedFrames()
    frames.frames = 10
    return frames
  }

  @Test func framesFollowTheSeedAndTheIndexAlone() throws {
    let size = 32 * 32 * 3
    let all = try frames.bytes(seed: 1, indices: 0..<12, resolution: 32)
    #expect(all.count == 12 * size)
    // Parts that begin and end within a scene's frames.
    let part = try frames.bytes(seed: 1, indices: 5..<11, resolution: 32)
    #expect(Array(all[5 * size..<11 * size]) == part)
    #expect(try frames.bytes(seed: 2, indices: 5..<11, resolution: 32) != part)
  }

  @Test func framesAreThoseOfTheSet() throws {
    let size = 64 * 64 * 3
    let one = try frames.bytes(seed: 4, indices: 0..<1, resolution: 64)
    #expect(one.contains { $0 != 255 })
    var other = frames
    other.set = "train-6"
    #expect(try other.bytes(seed: 4, indices: 0..<1, resolution: 64).count == size)
    #expect(try other.bytes(seed: 4, indices: 0..<1, resolution: 64) != one)
  }

  @Test(arguments: [(51, 4), (0, 1), (10, 11), (10, 0)])
  func whatASceneDoesNotHaveIsRefused(_ count: Int, _ ofScene: Int) throws {
    var training = tinyAutoencoderTraining()
    var frames = frames
    (frames.frames, frames.ofScene) = (count, ofScene)
    training.testbed = frames
    #expect(throws: TrainingError.self) { try training.validate() }
    frames = TestbedFrames()
    frames.set = "no-such"
    training.testbed = frames
    #expect {
      try training.validate()
    } throws: {
      "\($0)".contains("no-such")
    }
  }

  @Test func aCodecLearnsFromThemAndIsFittedToThem() throws {
    var training = tinyAutoencoderTraining()
    training.testbed = frames
    training.projection.testbedVideos = 3
    let plain = try AutoencoderTrainer(training).loss(step: 0, of: 10).item()
    training.absoluteWeight = 0.5
    let trainer = try AutoencoderTrainer(training)
    #expect(try trainer.loss(step: 0, of: 10).item() > plain)
    let codec = try trainer.finish()
    #expect(codec.projection.keptVariance > 0.5)
    // Another number of videos is another projection: it was fitted to them.
    training.projection.testbedVideos = 5
    let other = try AutoencoderTrainer(training).finish()
    #expect(codec.projection.mean.floats() != other.projection.mean.floats())
    training.projection.testbedVideos = 0
    #expect(throws: TrainingError.self) { try training.validate() }
  }
}
