import Combinatorial
import Worlds

/// Follows the bodies of a scene from frame to frame.
struct SceneFollower {
  /// Free fall in one frame interval of a third of a second, scene units, in addition to the velocity.
  static let fall = 58.8 / 9

  private let scene: CombinatorialScene
  private let size: Int
  private let leastShare: Double
  private let moving: [Follower]
  private let fixed: [(body: Int, footprint: Footprint, place: BodyPlace)]
  private var places: [BodyPlace]
  private var before: [BodyPlace]
  private var frames = 0
  /// Frames in a row in which a body was sought everywhere in vain.
  private var vain: [Int]

  /// Frames in vain after which a body is sought everywhere now and then only: what a broken video does not show need
  /// not be missed at full cost.
  private let patience: Int
  /// Every how many frames then; 0 for never.
  private let seeking: Int

  /// The moving bodies of the last frame; nil where one is not seen.
  private(set) var seen: [SeenBody?]
  /// What else it shows.
  private(set) var rest = CombinatorialTracks.Rest(surplus: [:], fixedShare: [:])

  private struct Follower {
    var footprint: Footprint
    var color: TestbedColor
  }

  init(_ scene: CombinatorialScene, size: Int, leastShare: Double, seeking: Int) {
    self.scene = scene
    self.seeking = seeking
    patience = seeking > 0 ? 3 : 1
    self.size = size
    self.leastShare = leastShare
    let bodies = scene.dynamicIndices.map { scene.bodies[$0] }
    moving = bodies.map { Follower(footprint: Footprint($0, size: size), color: $0.color) }
    fixed = scene.bodies.indices.filter { scene.bodies[$0].mobility != .free }.map {
      ($0, Footprint(scene.bodies[$0], size: size), BodyPlace(scene.bodies[$0]))
    }
    places = bodies.map { BodyPlace($0) }
    before = places
    seen = bodies.map { _ in nil }
    vain = bodies.map { _ in 0 }
  }

  private var pixel: Double { CombinatorialScene.extent / Double(size) }

  /// Takes over what the last frame shows.
  mutating func repeatFrame() {
    before = places
    frames += 1
  }

  /// Reads the next frame.
  mutating func follow(_ frame: TestbedFrame, hint: [Pose]?) {
    let starts = moving.indices.map { candidates($0, hint) }
    before = places
    rest = CombinatorialTracks.Rest(surplus: [:], fixedShare: [:])
    for color in [TestbedColor.red, .gray] {
      let bodies = moving.indices.filter { moving[$0].color == color }
      follow(bodies, FootprintScore(frame.plane(color), size: size), starts, color)
    }
    readFixed(frame)
    frames += 1
  }

  private func candidates(_ body: Int, _ hint: [Pose]?) -> [BodyPlace] {
    var found = [places[body]]
    if frames > 1 {
      let (now, old) = (places[body], before[body])
      found.append(
        BodyPlace(
          x: 2 * now.x - old.x, y: 2 * now.y - old.y - Self.fall,
          angle: moving[body].footprint.isRound ? now.angle : 2 * now.angle - old.angle))
    }
    if let hint, body < hint.count { found.append(BodyPlace(hint[body])) }
    return found
  }

  private mutating func follow(
    _ bodies: [Int], _ plane: FootprintScore, _ candidates: [[BodyPlace]], _ color: TestbedColor
  ) {
    var score = plane
    for body in bodies {
      let footprint = moving[body].footprint
      places[body] =
        candidates[body].max { plane(footprint, $0) < plane(footprint, $1) }
        ?? places[body]
      score.cover(footprint, places[body])
    }
    var shares = [Double](repeating: 1, count: bodies.count)
    var isSought = bodies.map {
      vain[$0] < patience || (seeking > 0 && frames.isMultiple(of: seeking))
    }
    var found = bodies.map { _ in true }
    for pass in 0..<4 {
      var moved = 0.0
      for (number, body) in bodies.enumerated() {
        let old = places[body]
        score.cover(moving[body].footprint, old, by: -1)
        let search = PlaceSearch(footprint: moving[body].footprint, score: score, pixel: pixel)
        var best = search.climb(from: old, first: pass == 0 && !search.fits(old) ? 4 : 0.5)
        if pass == 0, !search.fits(best.place) {
          for place in candidates[body] {
            let other = search.climb(from: place, last: 0.5)
            if other.score > best.score { best = search.climb(from: other.place, first: 0.5) }
          }
        }
        var share = score.share(moving[body].footprint, best.place)
        if pass > 0, share < max(leastShare, 0.7), isSought[number] {
          if let other = search.everywhere(), other.score > best.score {
            best = other
            share = score.share(moving[body].footprint, best.place)
          } else {
            (isSought[number], found[number]) = (false, false)
          }
        }
        shares[number] = share
        places[body] = best.place
        moved = max(moved, abs(best.place.x - old.x) + abs(best.place.y - old.y))
        score.cover(moving[body].footprint, places[body])
      }
      if pass > 0, moved < 0.1 * pixel { break }
    }
    for (number, body) in bodies.enumerated() {
      if !found[number] { vain[body] += 1 } else if isSought[number] { vain[body] = 0 }
    }
    finish(bodies, shares, score, color)
  }

  private mutating func finish(
    _ bodies: [Int], _ shares: [Double], _ last: FootprintScore, _ color: TestbedColor
  ) {
    var score = last
    for (number, body) in bodies.enumerated() {
      let footprint = moving[body].footprint
      score.cover(footprint, places[body], by: -1)
      guard shares[number] >= leastShare else {
        seen[body] = nil
        continue
      }
      let search = PlaceSearch(footprint: footprint, score: score, pixel: pixel)
      var place = places[body]
      if shares[number] < 0.9 || score.reachesBeyond(footprint, place) {
        let resized = search.climb(from: place, first: 2, resizing: true).place
        if abs(resized.scale - 1) > 0.05 { place = resized }
      }
      seen[body] = SeenBody(
        position: Vector2(x: place.x, y: place.y), angle: place.angle, scale: place.scale,
        share: shares[number])
      score.cover(footprint, place)
    }
    rest.surplus[color] =
      TestbedSurplus.largest(score.unexplained, size: size) * pixel * pixel
  }

  /// The bodies that stay, and black that belongs to none of them.
  private mutating func readFixed(_ frame: TestbedFrame) {
    var score = FootprintScore(frame.black, size: size)
    var ink = frame.black
    for place in ink.indices { ink[place] += frame.red[place] + frame.gray[place] }
    let anything = FootprintScore(ink, size: size)
    for (body, footprint, place) in fixed {
      // In front of a body that stays, a moving one may hide it; white may not.
      rest.fixedShare[body] = anything.share(footprint, place)
      score.cover(footprint, place)
    }
    rest.surplus[.black] =
      TestbedSurplus.largest(score.unexplained, size: size) * pixel * pixel
  }
}

extension BodyPlace {
  /// Where a body is before the first step.
  init(_ body: CombinatorialBody) {
    self.init(x: body.position.x, y: body.position.y, angle: body.angle)
  }
}

extension FootprintScore {
  /// Whether a larger body would be seen as well: a tenth more of its area.
  fileprivate func reachesBeyond(_ footprint: Footprint, _ place: BodyPlace) -> Bool {
    var large = place
    large.scale = 1.25
    let (area, seen) = explained(footprint, place)
    return explained(footprint, large).seen > seen + 0.1 * area
  }

  /// The share of a body that is seen and not another body's.
  func share(_ footprint: Footprint, _ place: BodyPlace) -> Double {
    let (area, seen) = explained(footprint, place)
    return area > 0 ? seen / area : 0
  }
}
