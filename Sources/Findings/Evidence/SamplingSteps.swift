/// The same scenes at several numbers of sampling steps: an error that too few steps make is not the model's.
enum SamplingSteps {
  static let counts = [1, 4, 8, 32]
  /// Of the scale's number of scenes; bodies of the testbed take long to follow.
  private static func share(_ arm: Arm) -> Double { arm.bodies == .testbed ? 0.125 : 0.25 }

  /// An experiment's arms as they are asked: the first one on fewer scenes at every number of steps, unless the
  /// experiment asks for other numbers itself.
  static func asked(_ arms: [Arm]) -> [Arm] {
    guard !asksItself(arms), let arm = arms.first, let probe = arm.probes.first else { return arms }
    var arms = arms
    // Where the first probe is inside of what was trained, one outside goes with it.
    let other = probe.side == .inside ? arm.probes.first { $0.side == .outside } : nil
    for probe in [probe, other].compactMap(\.self) {
      arms[0].probes += counts.map {
        self.probe(probe, steps: $0, share: min(probe.share, share(arm)))
      }
    }
    return arms
  }

  /// A probe once more with a number of steps, on another share of the scale's scenes.
  static func probe(_ probe: Probe, steps: Int, share: Double) -> Probe {
    Probe(
      "\(probe.name)-steps-\(steps)", "\(probe.title), \(steps) sampling steps", set: probe.set,
      side: probe.side, steps: steps, share: share)
  }

  /// The error over the number of steps; nil where the experiment draws its own, or nothing was measured.
  static func figure(_ arms: [Arm], _ evidence: Evidence) -> FigureContent? {
    guard !asksItself(arms), let arm = asked(arms).first else { return nil }
    func values(_ steps: Int, _ side: Probe.Side) -> [SceneEvidence] {
      arm.probes.filter { $0.steps == steps }.flatMap { probe in
        evidence.scenes(arm: arm.name, probe: probe.name).filter { probe.side(of: $0) == side }
      }
    }
    let sides: [(side: Probe.Side, color: Int)] = [(.inside, 1), (.outside, 2)]
    let series = sides.compactMap { side, color -> MeanSeries? in
      let places = counts.enumerated().map { place, steps in
        (Double(place), values(steps, side).compactMap(\.keptError))
      }
      guard places.contains(where: { !$0.1.isEmpty }) else { return nil }
      return MeanSeries(name: side.rawValue, color: color, places: places)
    }
    guard !series.isEmpty else { return nil }
    let scenes = sides.flatMap { side, _ in counts.flatMap { values($0, side) } }.count
    let isTestbed = arm.bodies == .testbed
    return Charts.means(
      "steps", "Error over sampling steps: \(arm.title)",
      "\(scenes) videos, all seeds; in and out of what was trained.",
      x: .init("Sampling steps", names: counts.map(String.init)),
      y: .init(
        isTestbed ? "Distance from true places (of 512)" : "Velocity error (world units/s)",
        isLogarithmic: true), series: series)
  }

  private static func asksItself(_ arms: [Arm]) -> Bool {
    arms.contains { arm in arm.probes.contains { $0.steps != nil } }
  }
}

extension Experiment {
  /// The arms as they are asked: the first one also at several numbers of sampling steps.
  public func askedArms(at scale: ExperimentScale) -> [Arm] {
    SamplingSteps.asked(arms(at: scale))
  }
}
