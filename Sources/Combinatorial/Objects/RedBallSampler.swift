import Foundation
import Worlds

/// Places the red ball near a body of the scene, free of all of them, as the released sampler does.
///
/// The released sampler starts the same random numbers anew for every task, so that many tasks get
/// the same ball; here every trial of every task has its own.
package struct RedBallSampler {
  /// Tries near bodies, then all tries: the later ones are anywhere in the scene.
  static let nearTries = 100
  static let allTries = 10_000

  /// The red ball of an action: whole numbers, scene units.
  package struct Ball: Hashable {
    package var x: Double
    package var y: Double
    package var radius: Double
  }

  private let bodies: [CombinatorialBody]
  private let targets: [(x: Double, y: Double, radius: Double)]
  private let radii: (low: Double, high: Double)

  package init(_ bodies: [CombinatorialBody]) {
    self.bodies = bodies
    let extent = CombinatorialScene.extent
    var radii = (low: 1.0, high: 0.0)
    for body in bodies where body.objectType.form == .ball {
      let radius = body.diameter / extent / 2
      radii = (min(radii.low, radius / 2), max(radii.high, 4 * radius))
    }
    // Without any ball the widest range.
    if radii.high == 0 { radii = (0, 1) }
    self.radii = (max(radii.low, 0.02), min(radii.high, 0.2))
    let features = bodies.map { BodyFeatures($0, pose: $0.exactPose) }
    // Meant are bars that lie flat; the feature is wrapped, so that a bar turned slightly to the
    // right is none.
    let standing = features.filter { !($0.form == .bar && $0.angle < 0.05) }
    targets = (standing.isEmpty ? features : standing).map { ($0.x, $0.y, $0.diameter / 2) }
  }

  /// A red ball that fits; nil when none was found.
  package func ball(using random: inout CounterRandom) -> CombinatorialBody? {
    for attempt in 0..<Self.allTries {
      let (x, y, radius) =
        attempt < Self.nearTries ? nearBody(using: &random) : anywhere(using: &random)
      guard let ball = Self.ball(x: x, y: y, radius: radius), isFree(ball) else { continue }
      return CombinatorialBody(
        objectType: .redBall, mobility: .free, color: .red,
        position: Vector2(x: ball.x, y: ball.y), shapes: [.circle(radius: ball.radius)],
        diameter: 2 * ball.radius)
    }
    return nil
  }

  private func nearBody(using random: inout CounterRandom) -> (Double, Double, Double) {
    guard targetCount > 0 else { return anywhere(using: &random) }
    return action(target: random.integer(0..<targetCount)) { random.unit() }
  }

  /// Number of bodies that a ball is placed near to.
  package var targetCount: Int { targets.count }

  /// An action near a target: from numbers in [0, 1) for radius, distance, side and height.
  package func action(
    target: Int, unit: () -> Double
  ) -> (x: Double, y: Double, radius: Double) {
    let target = targets[target]
    let radius = radii.low + unit() * (radii.high - radii.low)
    let reach = 0.8 * (target.radius + radius)
    let aside = -reach + unit() * 2 * reach
    // The bounds may be the wrong way round, as in the released sampler.
    let (low, high) =
      unit() < 0.5
      ? (target.y + 0.9 * aside, 0.95 - target.radius)
      : (target.radius + 0.05, target.y - 0.9 * aside)
    return (target.x + aside, low + unit() * (high - low), 5 * radius)
  }

  private func anywhere(using random: inout CounterRandom) -> (Double, Double, Double) {
    (random.unit(), random.unit(), 5 * random.uniform(radii.low, radii.high))
  }

  /// The ball of an action with three numbers from 0 to 1; nil when it is not wholly in the scene.
  package static func ball(x: Double, y: Double, radius: Double) -> Ball? {
    let unit = 0.0...1.0
    guard unit.contains(x), unit.contains(y), unit.contains(radius) else { return nil }
    let extent = CombinatorialScene.extent
    let (x, y, radius) = (x * (extent - 1), y * (extent - 1), 2 + radius * 62)
    guard min(x, y) >= radius, max(x, y) <= extent - radius else { return nil }
    return Ball(
      x: x.rounded(.towardZero), y: y.rounded(.towardZero),
      radius: radius.rounded(.toNearestOrEven))
  }

  /// Whether a ball overlaps no body; touching is allowed.
  package func isFree(_ ball: Ball) -> Bool {
    let center = Vector2(x: ball.x, y: ball.y)
    return bodies.allSatisfy { body in
      body.shapes.allSatisfy { shape in
        switch shape {
        case .circle(let radius):
          hypot(body.position.x - center.x, body.position.y - center.y) + 1e-5
            >= radius + ball.radius
        case .polygon(let corners):
          Self.isClear(corners.map(body.world), of: center, radius: ball.radius)
        }
      }
    }
  }

  private static func isClear(_ corners: [Vector2], of center: Vector2, radius: Double) -> Bool {
    var isInside = true
    for (index, from) in corners.enumerated() {
      let to = corners[(index + 1) % corners.count]
      let along = Vector2(x: to.x - from.x, y: to.y - from.y)
      let beside = Vector2(x: center.x - from.x, y: center.y - from.y)
      if along.x * beside.y - along.y * beside.x <= 0 { isInside = false }
      let square = along.x * along.x + along.y * along.y
      let share = min(max((along.x * beside.x + along.y * beside.y) / square, 0), 1)
      let distance = hypot(beside.x - share * along.x, beside.y - share * along.y)
      if distance + 1e-5 < radius { return false }
    }
    return !isInside
  }
}
