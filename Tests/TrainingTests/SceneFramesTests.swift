import Foundation
import Models
import TestSupport
import Testing
import Training
import Worlds

@Suite struct SceneFramesTests {
  @Test func framesFollowTheSeedAndTheIndexAlone() throws {
    let frames = SceneFrames()
    let size = 16 * 16 * 3
    let all = try frames.bytes(seed: 1, indices: 0..<12, resolution: 16)
    let part = try frames.bytes(seed: 1, indices: 5..<9, resolution: 16)
    #expect(all.count == 12 * size)
    #expect(Array(all[5 * size..<9 * size]) == part)
    #expect(try frames.bytes(seed: 2, indices: 5..<9, resolution: 16) != part)
  }

  @Test func placedBodiesCoverNoOther() throws {
    var frames = SceneFrames()
    frames.played = 0
    frames.bars = 0
    let all = try (0..<400).map { try frames.bodies(seed: 3, index: $0) }
    for bodies in all {
      #expect(bodies.allSatisfy { frames.radius.contains($0.radius) })
      for (index, one) in bodies.enumerated() {
        for other in bodies.dropFirst(index + 1) {
          // Their middles are farther apart than either is wide.
          let (a, b) = (one.position, other.position)
          let way = Vector2(x: a.x - b.x, y: a.y - b.y)
          #expect(max(abs(way.x), abs(way.y)) > 0.7 * max(one.radius, other.radius))
        }
      }
    }
    func share(_ holds: ([Body]) -> Bool) -> Double { Double(all.count(where: holds)) / 400 }
    #expect(abs(share { $0.contains { $0.color == .red } } - 0.92) < 0.05)
    #expect(abs(share { $0.contains { $0.color == .blue } } - 0.91) < 0.05)
    #expect(share { $0.count > 2 } > 0.05)
    #expect(share { $0.contains { $0.shape == .ring } } > 0.25)
  }

  @Test func wallsComeAsOftenAsAsked() throws {
    var frames = SceneFrames()
    frames.played = 0
    let black = try (0..<400).count {
      try frames.bodies(seed: 3, index: UInt64($0)).contains { $0.color == .black }
    }
    #expect(abs(Double(black) / 400 - 0.7) < 0.07)
  }

  @Test func lawsAreAmongThem() throws {
    var frames = SceneFrames()
    frames.played = 1
    let all = try (0..<120).map { try frames.bodies(seed: 3, index: $0) }
    #expect(all.allSatisfy { !$0.isEmpty })
    #expect(all.contains { $0.contains { $0.shape == .bar } })
    #expect(all.contains { $0.contains { $0.shape == .ring } })
    // Bodies that fall have left the heights at which they start.
    #expect(all.contains { $0.contains { $0.mobility == .free && $0.position.y < 0 } })
  }

  @Test func impossibleValuesAreRefused() {
    let changes: [(inout SceneFrames) -> Void] = [
      { $0.played = 2 }, { $0.bars = -1 }, { $0.radius = -1...1 }, { $0.shapes = [1] },
      { $0.shapes = [0, 0, 0] },
    ]
    for change in changes {
      var training = AutoencoderTraining()
      var frames = SceneFrames()
      change(&frames)
      training.scenes = frames
      #expect(throws: TrainingError.self) { try training.validate() }
    }
    var training = AutoencoderTraining()
    training.inkPower = -1
    #expect(throws: TrainingError.self) { try training.validate() }
    training.inkPower = 0.5
    training.projection.broadVideos = -1
    #expect(throws: TrainingError.self) { try training.validate() }
  }

  @Test func earlierTrainingsAreWrittenAsBefore() throws {
    let json = String(decoding: try JSONEncoder().encode(AutoencoderTraining()), as: UTF8.self)
    for key in ["scenes", "inkPower", "forgivesExcess", "broadVideos", "separatesColors"] {
      #expect(!json.contains(key))
    }
  }

  @Test func learnsToDrawManyBodies() throws {
    try withTemporaryFolder { folder in
      var training = tinyAutoencoderTraining()
      training.architecture.separatesColors = true
      training.architecture.frameLatentChannels = 12
      training.scenes = SceneFrames()
      training.inkPower = 0.5
      training.forgivesExcess = true
      training.projection.broadVideos = 1
      let listener = Listener()
      var loop = try loop(folder, steps: 120) { $0.recordEvery = 15 }
      loop.observer = listener
      let trainer = try AutoencoderTrainer(training)
      _ = try loop.run(trainer)
      let losses = listener.records.map(\.loss)
      #expect((losses.last ?? 9) < 0.7 * (losses.first ?? 0))
      let autoencoder = try trainer.finish()
      #expect(autoencoder.projection.keptVariance > 0.5)
    }
  }
}
