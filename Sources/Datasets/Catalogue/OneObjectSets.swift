import Worlds

/// One object of another outline (official `one_object_uniform_motion`); its car, a photograph that
/// was not released, is left out.
enum OneObjectSets {
  static let sets: [SceneSet] = Outline.allCases.flatMap { outline in
    [
      train(outline, "30k", r: 100, v: 300, count: 30_000),
      train(outline, "300k", r: 300, v: 1000, count: 300_000),
      train(outline, "3m", r: 1000, v: 3000, count: 3_000_000),
      .ball(
        "one-object/\(outline.rawValue)/eval", "\(outline.rawValue)s on a coarse grid", outline.law,
        .ball(r: .lin(outline.low, outline.high, 10), v: .lin(1, 4, 10)), count: 100,
        layout: OfficialLayout()),
    ]
  }

  private enum Outline: String, CaseIterable {
    case disc, square

    var law: UniformMotion { UniformMotion(shape: self == .disc ? .disc : .square) }
    var low: Double { self == .disc ? 0.3 : 0.7 }
    var high: Double { self == .disc ? 0.6 : 1.4 }
  }

  private static func train(
    _ outline: Outline, _ size: String, r: Int, v: Int, count: Int
  ) -> SceneSet {
    .ball(
      "one-object/\(outline.rawValue)/train-\(size)", "\(outline.rawValue)s at constant velocity",
      outline.law,
      .ball(
        r: .drawn(from: outline.low, to: outline.high, count: r, after: v),
        v: .drawn(from: 1, to: 4, count: v, after: 0)), count: count,
      layout: OfficialLayout(drawsBefore: r + v))
  }
}
