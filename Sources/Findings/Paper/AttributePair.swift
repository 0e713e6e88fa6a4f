import Measures
import Tables

/// Two attributes that go together in training and apart in the test (Figures 11, 13 and 19).
struct AttributePair: Sendable {
  /// Which of the two the paper finds the stronger one, then the other.
  let strong, weak: Attribute
  /// The pair's name in the catalogue of sets.
  let name: String
  /// Set to train on, at the paper's scale too, and to test on.
  let train, largeTrain, test: String
  /// What the model needs of a codec.
  var bodies = Arm.Bodies.one
  /// The two values of each attribute in words, where they are not the usual ones.
  var values: [Attribute: [String]] = [:]

  /// The pair in words, such as "colour against shape".
  var title: String {
    "\(strong.title) against \(values[weak]?.joined(separator: " or ") ?? weak.title)"
  }

  /// The arm and its only probe are called like the pair.
  var arm: Arm {
    var probe = Probe(name, "all four combinations", set: test, share: 2)
    probe.secondShape = values[.shape] == nil ? .square : .ring
    return Arm(
      name, title, set: train, largeSet: largeTrain,
      bodies: bodies, probes: [probe])
  }

  private static func unseen(_ scene: SceneEvidence) -> Bool {
    scene.score.level?.hasPrefix("unseen") ?? false
  }

  /// The mean shift of an attribute over combinations that training does not have.
  func shift(_ attribute: Attribute) -> Claim.Cell {
    Claim.Cell(name, name) { scene in
      Self.unseen(scene) ? scene.bodies.first.flatMap { attribute.shift($0) } : nil
    }
  }

  /// That the weak one gives way more than the strong one.
  var orderClaim: Claim {
    Claim(
      "\(strong.title)-over-\(weak.title)",
      "Where training pairs \(strong.title) and \(weak.title) otherwise, \(weak.title) gives way more than "
        + "\(strong.title).",
      effect: "mean shift of \(weak.title) less mean shift of \(strong.title)", .above(0),
      cells: [shift(weak), shift(strong)]
    ) { $0[0] - $0[1] }
  }

  /// The four combinations and where their videos ended.
  func figure(_ evidence: Evidence) -> FigureContent {
    let all = evidence.scenes(arm: name, probe: name)
    let scenes = all.filter { scene in
      scene.bodies.first.map { strong.isClear($0.given) && weak.isClear($0.given) } ?? false
    }
    var combinations: [ConflictContent.Combination] = []
    for row in 0..<2 {
      for column in 0..<2 {
        let own = scenes.filter { scene in
          guard let given = scene.bodies.first?.given else { return false }
          return value(strong, given) == column && value(weak, given) == row
        }
        var outcomes = [[0.0, 0], [0, 0]]
        for scene in own {
          guard let shown = scene.bodies.first?.shown else { continue }
          outcomes[value(weak, shown)][value(strong, shown)] += 1 / Double(own.count)
        }
        combinations.append(
          ConflictContent.Combination(
            column: column, row: row, isTrained: !own.contains(where: Self.unseen) && !own.isEmpty,
            count: own.count, outcomes: outcomes))
      }
    }
    return FigureContent(
      name: "conflict-\(name)", title: title,
      caption:
        "\(scenes.count) videos, all seeds. Size and speed count as changed when they cross the middle between "
        + "the two ranges."
        + (all.count > scenes.count
          ? " \(all.count - scenes.count) so near the middle that a hair decides are left out."
          : ""),
      drawing: .conflict(
        ConflictContent(
          attributes: [strong.title, weak.title], columns: values[strong] ?? strong.values,
          rows: values[weak] ?? weak.values, combinations: combinations)))
  }

  /// Rings count as the second shape where the pair has them.
  private func value(_ attribute: Attribute, _ look: SceneEvidence.Look) -> Int {
    attribute == .shape && values[.shape] != nil
      ? (look.shape == .ring ? 1 : 0) : attribute.value(look)
  }

  /// Mean shifts with intervals, by attribute.
  static func shiftTable(_ pairs: [AttributePair], _ evidence: Evidence) -> FindingTable {
    let rows = pairs.flatMap { pair in
      [pair.strong, pair.weak].map { attribute -> [String] in
        let estimate = SceneBootstrap().estimate([pair.shift(attribute)], { $0[0] }, evidence)
        return [
          pair.title, attribute.title, Format.significant(estimate.value, 3),
          "\(Format.significant(estimate.low, 3)) to \(Format.significant(estimate.high, 3))",
          "\(estimate.scenes)",
        ]
      }
    }
    return FindingTable(
      name: "shifts",
      title: "How far each attribute leaves what was given (0 kept, 1 the other value)",
      columns: ["pair", "attribute", "mean shift", "95 %", "scenes"], rows: rows)
  }

  // MARK: The pairs

  static let colorShape = AttributePair(
    strong: .color, weak: .shape, name: "color-shape", train: "pairs/color-shape/train-60k",
    largeTrain: "pairs/color-shape/train-600k", test: "pairs/color-shape/eval")
  static let sizeShape = pair(.size, .shape)
  static let velocityShape = pair(.velocity, .shape)
  static let colorSize = pair(.color, .size)
  static let colorVelocity = pair(.color, .velocity)
  static let sizeVelocity = AttributePair(
    strong: .size, weak: .velocity, name: "size-velocity", train: "pairs/size-velocity/train-150k",
    largeTrain: "pairs/size-velocity/train-150k", test: "pairs/size-velocity/eval")
  static let ringBall = AttributePair(
    strong: .color, weak: .shape, name: "ring-ball", train: "figure-19/train-60k",
    largeTrain: "figure-19/train-600k", test: "figure-19/eval", bodies: .many,
    values: [.shape: ["disc", "ring"]])
  /// All six of Figures 11 and 13.
  static let six = [
    colorShape, sizeShape, velocityShape, sizeVelocity, colorSize, colorVelocity,
  ]

  private static func pair(_ strong: Attribute, _ weak: Attribute) -> AttributePair {
    let name = "\(strong.rawValue)-\(weak.rawValue)"
    return AttributePair(
      strong: strong, weak: weak, name: name, train: "pairs/\(name)/train-30k",
      largeTrain: "pairs/\(name)/train-300k", test: "pairs/\(name)/eval")
  }
}
