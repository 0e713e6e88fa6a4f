import Combinatorial
import Datasets
import Foundation
import Measures
import Videos

/// True and corrupted videos of scenes of train-60 at 256 pixels, and how many the judge calls wrong.
struct JudgeTrial {
  /// How many videos of a kind were called wrong.
  struct Count: Codable {
    var wrong = 0
    var videos = 0
  }

  let scenes: Range<Int>
  /// The kinds that are tried; all where there are none.
  let kinds: Set<String>

  /// Counts by kind: `true` and the corruptions, and each with `_h264` after coding.
  func run() throws -> [String: Count] {
    let source = try RenderedCombinatorial(
      CombinatorialSet(named: "combinatorial/train-60"), seed: 99)
    let renderer = try CombinatorialRenderer(size: 256)
    var counts: [String: Count] = [:]
    for index in scenes {
      let scene = try source.stream.scene(at: 61 * index)
      let truth = try CombinatorialSimulator().simulate(scene)
      func isTried(_ kind: String) -> Bool { kinds.isEmpty || kinds.contains(kind) }
      func judge(_ video: Video, _ kind: String) throws {
        guard isTried(kind) else { return }
        let judgement = try CombinatorialJudge().judge(video, scene: scene, truth: truth)
        counts[kind, default: Count()].videos += 1
        if judgement.verdict == .wrong { counts[kind]?.wrong += 1 }
        // What the judge got wrong, for people.
        if (judgement.verdict == .wrong) == kind.hasPrefix("true") {
          let reasons = judgement.reasons.map(\.text).joined(separator: "; ")
          FileHandle.standardError.write(
            Data("scene \(index), \(kind): \(judgement.verdict.rawValue) \(reasons)\n".utf8))
        }
      }
      /// As it is and after the official H.264.
      func judgeBoth(_ video: Video, _ kind: String) throws {
        try judge(video, kind)
        guard isTried(kind + "_h264") else { return }
        let coded = try VideoFile.mp4Data(video, quality: .official)
        try judge(try VideoFile.video(from: coded, name: "coded"), kind + "_h264")
      }
      try judgeBoth(try renderer.video(of: scene, truth), "true")
      for corruption in CombinatorialCorruption.allCases
      where isTried(corruption.rawValue) || isTried(corruption.rawValue + "_h264") {
        guard let film = try corruption.film(of: scene, truth: truth, seed: UInt64(index)) else {
          continue
        }
        var bytes: [UInt8] = []
        for (scene, poses) in zip(film.scenes, film.poses) {
          let frame = CombinatorialTrajectory(
            frameSteps: [1], bodyCount: poses.count, poses: poses)
          bytes += try renderer.video(of: scene, frame).bytes
        }
        try judgeBoth(
          Video(frames: film.poses.count, height: 256, width: 256, bytes: bytes),
          corruption.rawValue)
      }
    }
    return counts
  }
}
