import Measures
import Testing
import Videos
import Worlds

/// The scene scorer held against the truth itself, law by law.
@Suite struct LawFloorTests {
  /// Every unbiased error of the truth is nearly nothing, whatever the law.
  @Test(arguments: [Law.uniform, .parabola, .collision], [(256, 0.001), (128, 0.003)])
  func unbiasedErrorsOfTheTruthAreTiny(law: Law, limit: (size: Int, error: Double)) throws {
    var values: [String: [Double]] = [:]
    for index in 0..<24 {
      let scene = try LawScene(law, index: index)
      for (name, value) in try scene.measures(scene.video(size: limit.size))
      where name.contains("_error") && name.hasSuffix(".unbiased") {
        values[name, default: []].append(value)
      }
    }
    let expected = law == .uniform ? 1 : law == .parabola ? 3 : 13
    #expect(values.count == expected)
    for (name, errors) in values {
      let finite = errors.filter(\.isFinite)
      #expect(finite.count >= 20, "\(name)")
      #expect(finite.reduce(0, +) / Double(finite.count) < limit.error, "\(name)")
    }
  }

  /// What the truth keeps, in scenes of any kind.
  @Test(arguments: Law.allCases) func theTruthKeepsEverything(law: Law) throws {
    for index in 0..<12 {
      let scene = try LawScene(law, index: index)
      let measures = try scene.measures(scene.video())
      for (name, value) in measures {
        if name.hasPrefix("lost_share") || name == "surplus_share" || name == "contact_missed" {
          #expect(value == 0, "\(law) \(index) \(name)")
        }
        if name.hasPrefix("color_share") || name.hasPrefix("shape_share") {
          // The parts of walls that are in view say nothing about their whole shape.
          let isWall = scene.scene.bodies.indices.contains {
            scene.scene.bodies[$0].mobility == .fixed && name.hasSuffix("body_\($0)")
          }
          #expect(value == 1 || isWall && value.isNaN, "\(law) \(index) \(name)")
        }
        if name.hasPrefix("track_error") { #expect(value < 0.02, "\(law) \(index) \(name)") }
        if name.hasPrefix("radius_error") {
          #expect(value < 0.02 || value.isNaN, "\(law) \(index) \(name)")
        }
      }
      #expect(measures["velocity_error.unbiased"] ?? .nan < 0.02, "\(law) \(index)")
    }
  }

  /// The released numbers are those of the evaluators themselves.
  @Test func releasedNumbersAreTheEvaluators() throws {
    let ball = try LawScene(.uniform)
    let video = try ball.video()
    let alone = try VideoScorer().score(
      video, scene: ball.scene, truth: ball.truth, index: 0, level: "id")
    let measures = try ball.measures(video)
    #expect(measures["velocity_error.official"] == alone.official)
    #expect(measures["velocity_error.per_frame"] == alone.perFrame)
    #expect(abs((measures["velocity_error.unbiased"] ?? .nan) - alone.unbiased) < 1e-3)
    #expect(abs((measures["generated_speed.unbiased"] ?? .nan) - alone.generatedSpeed) < 1e-3)

    let pair = try LawScene(.collision)
    let both = try pair.video()
    let evaluation = try CollisionEvaluation(
      video: both, truth: pair.truth,
      initVector: pair.scene.bodies.map(\.radius) + pair.scene.bodies.map(\.velocity.length))
    let found = try pair.measures(both)
    for phase in CollisionEvaluation.Phase.allCases {
      #expect(
        found["velocity_error.\(phase.rawValue).official"] == evaluation.velocityError(phase))
      #expect(found["energy_error.\(phase.rawValue).official"] == evaluation.energyError(phase))
    }
  }

  /// Velocities of a trajectory that came without its contacts are cut where they jump.
  @Test func positionsAloneTellTheImpact() throws {
    var scene = try LawScene(.collision, index: 1)
    let video = try scene.video()
    let known = try scene.measures(video)
    scene.truth = Trajectory(bodyCount: 2, positions: scene.truth.positions)
    let guessed = try scene.measures(video)
    for name in ["velocity_error.pre.unbiased", "velocity_error.post.unbiased"] {
      #expect(abs((guessed[name] ?? .nan) - (known[name] ?? .nan)) < 0.005, "\(name)")
    }
  }
}
