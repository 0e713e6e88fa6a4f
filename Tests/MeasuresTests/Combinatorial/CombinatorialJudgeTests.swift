import Combinatorial
import Foundation
import Measures
import Testing
import Videos
import Worlds

/// True videos pass, corrupted ones do not. The shares over many scenes are in the documentation;
/// they come from `Benchmarks/judge.sh`.
struct CombinatorialJudgeTests {
  private static let stream = CombinatorialStream(.train60, seed: 77)

  private func truth(
    _ index: Int
  ) throws -> (scene: CombinatorialScene, truth: CombinatorialTrajectory) {
    let scene = try Self.stream.scene(at: index)
    return (scene, try CombinatorialSimulator().simulate(scene))
  }

  @Test func aTrueVideoIsAsTruth() throws {
    let (scene, truth) = try truth(3)
    let video = try CombinatorialRenderer(size: 256).video(of: scene, truth).prefix(frames: 25)
    let judgement = try CombinatorialJudge().judge(video, scene: scene, truth: truth)
    #expect(judgement == Judgement(verdict: .asTruth, reasons: []))
  }

  /// Exact videos and coded ones are told apart, whatever coded them.
  @Test(arguments: [512, 256])
  func codedVideosAreKnown(size: Int) throws {
    for index in [3, 40] {
      let (scene, truth) = try truth(index)
      let video = try CombinatorialRenderer(size: size).video(of: scene, truth).prefix(frames: 20)
      #expect(CodingTraces.ratio(in: video) < 0.1, "scene \(index)")
      for quality in [VideoQuality.official, .fast, .h264(crf: 23, preset: .changes)] {
        let data = try VideoFile.mp4Data(video, quality: quality)
        let coded = try VideoFile.video(from: data, name: "\(quality)")
        #expect(CodingTraces.ratio(in: coded) > 1, "scene \(index), \(quality)")
      }
    }
  }

  @Test func aCodedVideoIsStillTrueAndACorruptedOneStillWrong() throws {
    let (scene, truth) = try truth(3)
    func verdict(_ video: Video) throws -> Verdict {
      let data = try VideoFile.mp4Data(video, quality: .official)
      let coded = try VideoFile.video(from: data, name: "coded")
      return try CombinatorialJudge().judge(coded, scene: scene, truth: truth).verdict
    }
    let renderer = try CombinatorialRenderer(size: 256)
    let video = try renderer.video(of: scene, truth).prefix(frames: 25)
    #expect(try verdict(video) == .asTruth)
    var stuck = video
    // What moves stops dead and then is elsewhere.
    for frame in 8..<16 {
      stuck.bytes.replaceSubrange(
        (frame * video.frameSize)..<((frame + 1) * video.frameSize),
        with: video.bytes[(7 * video.frameSize)..<(8 * video.frameSize)])
    }
    #expect(try verdict(stuck) == .wrong)
  }

  /// Without pixels, as tracks that show exactly the poses.
  @Test func trueTracksPassAndCorruptedOnesDoNot() throws {
    var passed = 0
    var found: [CombinatorialCorruption: (wrong: Int, count: Int)] = [:]
    let judge = CombinatorialJudge()
    for index in 0..<6 {
      let (scene, truth) = try truth(31 * index)
      let poses = (0..<truth.frameCount).map { Array(truth.frame($0)) }
      let verdict = try judge.judge(tracks(poses), scene: scene, truth: truth).verdict
      passed += verdict == .asTruth ? 1 : 0
      for corruption in [CombinatorialCorruption.frozen, .teleported, .reversedGravity] {
        guard let film = try corruption.film(of: scene, truth: truth, seed: UInt64(index)) else {
          continue
        }
        let judgement = try judge.judge(tracks(film.poses), scene: scene, truth: truth)
        found[corruption, default: (0, 0)].count += 1
        found[corruption]?.wrong += judgement.verdict == .wrong ? 1 : 0
      }
    }
    #expect(passed >= 5)
    for (corruption, (wrong, count)) in found {
      #expect(wrong >= count - 1 && count > 2, "\(corruption): \(wrong) of \(count)")
    }
  }

  @Test func everyFaultHasItsReason() throws {
    let (scene, truth) = try truth(3)
    let poses = (0..<truth.frameCount).map { Array(truth.frame($0)) }
    let good = tracks(poses)
    func reasons(_ change: (inout CombinatorialTracks) -> Void) throws -> [Reason.Kind] {
      var changed = good
      change(&changed)
      return try CombinatorialJudge().judge(changed, scene: scene, truth: truth).reasons.map(\.kind)
    }
    #expect(try reasons { _ in }.isEmpty)
    #expect(try reasons { $0.bodies[0][20...] = Array(repeating: nil, count: 30)[...] } == [.lost])
    // A single frame may be misread.
    #expect(try reasons { $0.bodies[0][20] = nil }.isEmpty)
    #expect(
      try reasons { for frame in 20..<50 { $0.bodies[0][frame]?.scale = 1.2 } } == [.resized])
    #expect(try reasons { for frame in 9..<50 { $0.rest[frame].surplus[.red] = 90 } } == [.surplus])
    let fixed = try #require(scene.bodies.firstIndex { $0.mobility == .fixed })
    #expect(
      try reasons { for frame in 9..<50 { $0.rest[frame].fixedShare[fixed] = 0.3 } } == [.moved])
    let frame = 49
    let overlaid = try reasons {
      for frame in (frame - 3)...frame { $0.bodies[0][frame] = $0.bodies[1][frame] }
    }
    #expect(overlaid.contains(.overlap) && overlaid.contains(.offCourse))
  }

  @Test func oneReasonIsEnoughForTheVerdict() throws {
    let (scene, truth) = try truth(3)
    var overlaid = tracks((0..<truth.frameCount).map { Array(truth.frame($0)) })
    var judge = CombinatorialJudge()
    judge.isBrief = true
    #expect(try judge.judge(overlaid, scene: scene, truth: truth).verdict == .asTruth)
    for frame in 46...49 { overlaid.bodies[0][frame] = overlaid.bodies[1][frame] }
    let brief = try judge.judge(overlaid, scene: scene, truth: truth)
    #expect(brief.verdict == .wrong && !brief.reasons.map(\.kind).contains(.offCourse))
    // What only motion tells is still told.
    let film = try #require(
      try CombinatorialCorruption.frozen.film(of: scene, truth: truth, seed: 0))
    let frozen = try judge.judge(tracks(film.poses), scene: scene, truth: truth)
    #expect(frozen.reasons.map(\.kind).contains(.offCourse))
  }

  @Test func whatDoesNotBelongTogetherIsRefused() throws {
    let (scene, truth) = try truth(3)
    let poses = (0..<truth.frameCount).map { Array(truth.frame($0)) }
    var few = tracks(poses)
    few.bodies.removeLast()
    #expect(throws: MeasureError.self) {
      try CombinatorialJudge().judge(few, scene: scene, truth: truth)
    }
    let long = tracks(poses + poses)
    #expect(throws: MeasureError.self) {
      try CombinatorialJudge().judge(long, scene: scene, truth: truth)
    }
    let motion = try SceneMotion(scene)
    #expect(throws: CombinatorialError.self) { try motion.carry([]) }
    var lost = motion.start
    lost[0].velocity.x = .nan
    #expect(throws: CombinatorialError.self) { try motion.carry(lost) }
  }

  private func tracks(_ poses: [[Pose]]) -> CombinatorialTracks {
    CombinatorialTracks(
      bodies: poses[0].indices.map { body in
        poses.map {
          SeenBody(
            position: Vector2(x: Double($0[body].x), y: Double($0[body].y)),
            angle: Double($0[body].angle), scale: 1, share: 1)
        }
      }, rest: poses.map { _ in CombinatorialTracks.Rest() })
  }
}
