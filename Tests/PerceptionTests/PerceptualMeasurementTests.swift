import Foundation
import Perception
import Synchronization
import TestSupport
import Testing
import Videos

@Suite struct PerceptualMeasurementTests {
  @Test func withoutNetworksPixelsAreMeasured() throws {
    try withTemporaryFolder { folder in
      let store = NetworkStore(folder: folder)
      #expect(PerceptualMeasure.available(in: store) == [.psnr, .ssim])
      let measurement = try PerceptualMeasurement(conditionFrames: 1, store: store)
      let scores = try measurement.add(
        Pictures.motion(speed: 1, frames: 4), truth: Pictures.motion(speed: 2, frames: 4))
      #expect(scores.keys.sorted() == ["psnr", "ssim"])
      #expect(try measurement.frechetVideoDistance() == nil)
    }
  }

  @Test func aMeasureAskedForByNameIsNeverReplaced() throws {
    try withTemporaryFolder { folder in
      let store = NetworkStore(folder: folder)
      for measure in PerceptualMeasure.allCases {
        guard let network = measure.network else { continue }
        #expect(throws: NetworkError.notFetched(network, folder: folder.path)) {
          try PerceptualMeasurement(measures: [measure], store: store)
        }
      }
    }
  }

  @Test func meansAreOverTheFramesThatCount() throws {
    let (a, b) = (Pictures.motion(speed: 1, frames: 4), Pictures.motion(speed: 2, frames: 4))
    let measurement = try PerceptualMeasurement(measures: [.psnr], conditionFrames: 2)
    let frames = PeakSignalToNoise.values(try FramePair(generated: a, truth: b))
    #expect(try measurement.add(a, truth: b) == ["psnr": (frames[2] + frames[3]) / 2])
    #expect(throws: PerceptionError.self) {
      try measurement.add(a, truth: Pictures.motion(speed: 2, frames: 5))
    }
  }

  @Test(.enabled(if: Networks.arePresent, "\(Networks.absent)"))
  func measuresAllFromSeveralThreads() throws {
    let measurement = try PerceptualMeasurement(conditionFrames: 3, store: Networks.store)
    #expect(measurement.measures == PerceptualMeasure.allCases)
    let results = Mutex<[Int: [String: Double]]>([:])
    DispatchQueue.concurrentPerform(iterations: 4) { index in
      let scores = try? measurement.add(
        Pictures.motion(speed: index, frames: 12), truth: Pictures.motion(speed: 1, frames: 12))
      results.withLock { $0[index] = scores }
    }
    let scores = results.withLock { $0 }
    #expect(scores.count == 4)
    #expect(scores[1] == ["psnr": 100, "ssim": 1, "lpips_alex": 0, "lpips_vgg": 0])
    #expect((scores[0]?["lpips_vgg"] ?? 0) > 0.01)
    let distance = try #require(try measurement.frechetVideoDistance())
    #expect(distance.generatedClips == 4 && distance.trueClips == 4 && distance.frames == 9)
    #expect(distance.distance > 0)
  }

  /// A pair that one measure refuses is in no set.
  @Test(.enabled(if: Networks.arePresent, "\(Networks.absent)"))
  func aRefusedPairIsNotCounted() throws {
    let measurement = try PerceptualMeasurement(
      measures: [.psnr, .fvd], conditionFrames: 0, store: Networks.store)
    let video = Pictures.motion(speed: 1, frames: 9)
    for _ in 0..<2 { try measurement.add(video, truth: video) }
    #expect(throws: PerceptionError.tooShort(frames: 4, least: 9)) {
      try measurement.add(video.prefix(frames: 4), truth: video.prefix(frames: 4))
    }
    #expect(try measurement.frechetVideoDistance()?.generatedClips == 2)
  }
}
