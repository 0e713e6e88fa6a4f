import Worlds

/// Two attributes that go together in training and apart in the evaluation (Figures 9, 11 and 13).
///
/// Values in the middle, speed 2.5 and radius 1.05, belong to both halves, as in the official
/// scripts.
enum PairSets {
  static let sets: [SceneSet] =
    colorSize + colorVelocity + sizeVelocity + sizeShape + velocityShape + baselines

  /// The levels of the scripts: speeds and radii of the whole range.
  static let sizes = [(name: "30k", v: 300, r: 100), (name: "300k", v: 1000, r: 300)]
  private static let colorLayout = OfficialLayout(chunkSize: 100, reshufflesAll: true)
  private static let shapeLayout = OfficialLayout(reshufflesAll: true)

  static func small(_ count: Int) -> Grid.Values { .lin(0.7, 1.05, count) }
  static func large(_ count: Int) -> Grid.Values { .lin(1.05, 1.4, count) }
  static func slow(_ count: Int) -> Grid.Values { .lin(1, 2.5, count) }
  static func fast(_ count: Int) -> Grid.Values { .lin(2.5, 4, count) }
  static func anyRadius(_ count: Int) -> Grid.Values { .lin(0.7, 1.4, count) }
  static func anySpeed(_ count: Int) -> Grid.Values { .lin(1, 4, count) }

  static func part(
    _ color: BodyColor, _ shape: Shape, r: Grid.Values, v: Grid.Values, _ level: String
  ) -> SceneRecipe.Part {
    SceneRecipe.Part(
      scenario: UniformMotion(shape: shape, color: color), grid: .ball(r: r, v: v), level: level)
  }

  // MARK: Colour against size

  private static func colorSizeTraining(v: Int, r: Int) -> [SceneRecipe.Part] {
    [
      part(.red, .disc, r: small(r / 2), v: anySpeed(v), "seen_red_small"),
      part(.blue, .disc, r: large(r / 2), v: anySpeed(v), "seen_blue_large"),
    ]
  }

  private static let colorSize: [SceneSet] =
    sizes.map { size in
      SceneSet(
        "pairs/color-size/train-\(size.name)", figure: "Figure 13",
        "small red and large blue balls",
        parts: colorSizeTraining(v: size.v, r: size.r), count: size.v * size.r, layout: colorLayout)
    } + [
      SceneSet(
        "pairs/color-size/samples", "a few of the training balls",
        parts: colorSizeTraining(v: 3, r: 4), count: 12, layout: colorLayout),
      SceneSet(
        "pairs/color-size/eval", figure: "Figure 13", "all four combinations of colour and size",
        parts: [
          part(.blue, .disc, r: small(11), v: anySpeed(31), "unseen_blue_small"),
          part(.red, .disc, r: large(11), v: anySpeed(31), "unseen_red_large"),
        ] + colorSizeTraining(v: 31, r: 22), count: 1364, layout: colorLayout),
    ]

  // MARK: Colour against velocity

  private static func colorVelocityTraining(v: Int, r: Int) -> [SceneRecipe.Part] {
    [
      part(.red, .disc, r: anyRadius(r), v: slow(v / 2), "seen_red_slow"),
      part(.blue, .disc, r: anyRadius(r), v: fast(v / 2), "seen_blue_fast"),
    ]
  }

  private static let colorVelocity: [SceneSet] =
    sizes.map { size in
      SceneSet(
        "pairs/color-velocity/train-\(size.name)", figure: "Figure 13",
        "slow red and fast blue balls", parts: colorVelocityTraining(v: size.v, r: size.r),
        count: size.v * size.r, layout: colorLayout)
    } + [
      SceneSet(
        "pairs/color-velocity/samples", "a few of the training balls",
        parts: colorVelocityTraining(v: 4, r: 4), count: 16, layout: colorLayout),
      SceneSet(
        "pairs/color-velocity/eval", figure: "Figure 13",
        "all four combinations of colour and speed",
        parts: [
          part(.blue, .disc, r: anyRadius(36), v: slow(11), "unseen_blue_slow"),
          part(.red, .disc, r: anyRadius(36), v: fast(11), "unseen_red_fast"),
        ] + colorVelocityTraining(v: 22, r: 36), count: 1584, layout: colorLayout),
    ]

  // MARK: Size against velocity

  private static let together = [
    ["v": 1...2.5, "r": 0.7...1.05], ["v": 2.5...4, "r": 1.05...1.4],
  ]

  private static let sizeVelocity: [SceneSet] = [
    SceneSet(
      "pairs/size-velocity/train-150k", figure: "Figure 13",
      "small slow and large fast balls of uniform/train-300k",
      parts: [
        SceneRecipe.Part(
          scenario: UniformMotion(),
          grid: .ball(r: anyRadius(300), v: anySpeed(1000), keeping: together), level: "seen")
      ], count: 150_000, layout: OfficialLayout(filter: .stored)),
    SceneSet(
      "pairs/size-velocity/eval", figure: "Figure 13",
      "uniform/hole-eval, grouped by combinations of size and speed seen and not", origin: .ours,
      parts: [
        SceneRecipe.Part(
          scenario: UniformMotion(),
          grid: .ball(r: anyRadius(36), v: anySpeed(121), keeping: together), level: "seen"),
        SceneRecipe.Part(
          scenario: UniformMotion(),
          grid: .ball(r: anyRadius(36), v: anySpeed(121), holes: together), level: "unseen"),
      ], count: 4356),
  ]

  // MARK: Size against shape

  private static func sizeShapeTraining(v: Int, r: Int) -> [SceneRecipe.Part] {
    [
      part(.red, .disc, r: small(r / 2), v: anySpeed(v), "seen_disc_small"),
      part(.red, .square, r: large(r / 2), v: anySpeed(v), "seen_square_large"),
    ]
  }

  private static let sizeShape: [SceneSet] =
    sizes.map { size in
      SceneSet(
        "pairs/size-shape/train-\(size.name)", figure: "Figure 11",
        "small discs and large squares", parts: sizeShapeTraining(v: size.v, r: size.r),
        count: size.v * size.r, layout: shapeLayout)
    } + [
      SceneSet(
        "pairs/size-shape/samples", "a few of the training objects",
        parts: sizeShapeTraining(v: 4, r: 4), count: 16, layout: shapeLayout),
      SceneSet(
        "pairs/size-shape/eval", figure: "Figure 11", "all four combinations of size and shape",
        parts: sizeShapeTraining(v: 31, r: 11) + [
          part(.red, .square, r: small(5), v: anySpeed(31), "unseen_square_small"),
          part(.red, .disc, r: large(5), v: anySpeed(31), "unseen_disc_large"),
        ], count: 620, layout: colorLayout),
    ]

  // MARK: Velocity against shape

  private static func velocityShapeTraining(v: Int, r: Int) -> [SceneRecipe.Part] {
    [
      part(.red, .disc, r: anyRadius(r), v: slow(v / 2), "seen_disc_slow"),
      part(.red, .square, r: anyRadius(r), v: fast(v / 2), "seen_square_fast"),
    ]
  }

  private static let velocityShape: [SceneSet] =
    sizes.map { size in
      SceneSet(
        "pairs/velocity-shape/train-\(size.name)", figure: "Figure 11",
        "slow discs and fast squares", parts: velocityShapeTraining(v: size.v, r: size.r),
        count: size.v * size.r, layout: shapeLayout)
    } + [
      SceneSet(
        "pairs/velocity-shape/samples", "a few of the training objects",
        parts: velocityShapeTraining(v: 4, r: 4), count: 16, layout: shapeLayout),
      SceneSet(
        "pairs/velocity-shape/eval", figure: "Figure 11",
        "all four combinations of speed and shape",
        parts: velocityShapeTraining(v: 32, r: 11) + [
          part(.red, .square, r: anyRadius(11), v: slow(16), "unseen_square_slow"),
          part(.red, .disc, r: anyRadius(11), v: fast(16), "unseen_disc_fast"),
        ], count: 704, layout: colorLayout),
    ]

  // MARK: One colour, half of the speeds

  private static let baselines: [SceneSet] = sizes.flatMap { size in
    [
      SceneSet(
        "baseline/blue-fast/train-\(size.name)", figure: "Figure 9", "fast blue balls",
        parts: [part(.blue, .disc, r: anyRadius(size.r), v: fast(size.v), "seen")],
        count: size.v * size.r, officialName: "baseline2", layout: colorLayout),
      SceneSet(
        "baseline/red-slow/train-\(size.name)", "slow red balls", origin: .inferred,
        parts: [part(.red, .disc, r: anyRadius(size.r), v: slow(size.v), "seen")],
        count: size.v * size.r, officialName: "baseline1", layout: colorLayout),
    ]
  }
}
