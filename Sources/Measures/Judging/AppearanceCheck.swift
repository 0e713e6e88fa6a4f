import Worlds

/// Checks that bodies are there, stay themselves, and are all there is.
struct AppearanceCheck {
  let video: JudgedVideo

  /// What is wrong, in no order.
  func reasons() -> [Reason] {
    video.scene.bodies.indices.flatMap { body in
      [lost(body), recolored(body), reshaped(body), resized(body), moved(body)].compactMap { $0 }
    } + [surplus()].compactMap { $0 }
  }

  /// Permanence: a body last seen as a whole must not vanish before its velocity has carried half of
  /// it out of the picture.
  private func lost(_ body: Int) -> Reason? {
    let track = video.tracks.bodies[body]
    let isFixed = video.scene.bodies[body].mobility == .fixed
    guard
      let run = video.firstRun(where: { frame in
        track[frame] == nil && (isFixed || isExpected(body, frame))
      })
    else { return nil }
    return Reason(
      kind: .lost, body: body, frame: run.lowerBound, value: Double(run.count),
      text: "\(video.name(body)) is not seen in frames \(run.lowerBound) to "
        + "\(run.upperBound - 1), though nothing carried it out of the picture")
  }

  private func isExpected(_ body: Int, _ frame: Int) -> Bool {
    let track = video.tracks.bodies[body]
    guard let last = (0..<frame).last(where: { track[$0] != nil }), let object = track[last] else {
      // Never seen: it must be there if it truly is.
      return video.isInView(video.truth[frame: frame, body: body])
    }
    guard object.isWhole else { return false }
    var velocity = Vector2.zero
    if last > 0, let before = track[last - 1], before.isWhole {
      velocity = Vector2(
        x: (object.position.x - before.position.x) / Scene.frameInterval,
        y: (object.position.y - before.position.y) / Scene.frameInterval)
    }
    let motion = FreeMotion(
      frame: last, place: object.position, velocity: velocity, acceleration: video.scene.gravity)
    return video.isInView(motion.place(in: frame))
  }

  private func surplus() -> Reason? {
    let surplus = video.tracks.surplus
    func largest(_ frame: Int) -> SeenObject? {
      surplus[frame].first { $0.area >= video.limits.surplusArea }
    }
    guard let run = video.firstRun(where: { largest($0) != nil }),
      let object = largest(run.lowerBound)
    else { return nil }
    return Reason(
      kind: .surplus, body: nil, frame: run.lowerBound,
      value: Double(surplus[run.lowerBound].count),
      text: "frame \(run.lowerBound) has \(surplus[run.lowerBound].count) more than the scene's "
        + "\(video.scene.bodies.count) bodies: a \(object.color.rawValue) "
        + "\(object.shape.rawValue) at \(object.position.short)")
  }

  private func recolored(_ body: Int) -> Reason? {
    let color = video.scene.bodies[body].color
    let track = video.tracks.bodies[body]
    let limit = video.limits.colorConfidence
    guard
      let run = video.firstRun(where: { frame in
        track[frame].map { $0.color != color || $0.colorConfidence < limit } ?? false
      }), let object = track[run.lowerBound]
    else { return nil }
    let seen = object.colorConfidence < limit ? "no clear colour" : object.color.rawValue
    return Reason(
      kind: .recolored, body: body, frame: run.lowerBound, value: object.colorConfidence,
      text: "\(video.name(body)) is \(seen) from frame \(run.lowerBound) on "
        + "(\(object.color.rawValue) \((100 * object.colorConfidence).short) %)")
  }

  private func reshaped(_ body: Int) -> Reason? {
    let shape = video.scene.bodies[body].shape
    guard
      let run = video.firstRun(where: { frame in
        guard let object = clear(body, frame) else { return false }
        return object.shape != shape && object.shapeConfidence >= video.limits.shapeConfidence
      }), let object = clear(body, run.lowerBound)
    else { return nil }
    return Reason(
      kind: .reshaped, body: body, frame: run.lowerBound, value: object.shapeConfidence,
      text: "\(video.name(body)) is a \(object.shape.rawValue) from frame \(run.lowerBound) on "
        + "(sure to \((100 * object.shapeConfidence).short) %)")
  }

  private func resized(_ body: Int) -> Reason? {
    let known = video.scene.bodies[body]
    guard known.shape != .bar else { return nil }
    func error(_ frame: Int) -> Double {
      clear(body, frame).map { $0.radius / known.radius - 1 } ?? 0
    }
    guard let run = video.firstRun(where: { abs(error($0)) > video.limits.radius }) else {
      return nil
    }
    let value = error(run.lowerBound)
    return Reason(
      kind: .resized, body: body, frame: run.lowerBound, value: value,
      text:
        "\(video.name(body)) is \((100 * abs(value)).short) % too \(value > 0 ? "large" : "small")"
        + " in frame \(run.lowerBound)")
  }

  /// Fixed bodies: what the picture shows of them must stay as it is.
  private func moved(_ body: Int) -> Reason? {
    let known = video.scene.bodies[body]
    guard known.mobility == .fixed else { return nil }
    let track = video.tracks.bodies[body]
    func error(_ frame: Int) -> Double {
      guard let object = track[frame],
        let place = BodyLikeness(known, at: video.truth[frame: frame, body: body])
      else { return 0 }
      return max(
        abs(object.position.x - place.place.x), abs(object.position.y - place.place.y),
        abs(object.halfExtent.x - place.halfExtent.x),
        abs(object.halfExtent.y - place.halfExtent.y))
    }
    guard let run = video.firstRun(where: { error($0) > video.limits.fixed }) else { return nil }
    let value = error(run.lowerBound)
    return Reason(
      kind: .moved, body: body, frame: run.lowerBound, value: value,
      text: "\(video.name(body)) is fixed, but \(value.short) units off in frame \(run.lowerBound)")
  }

  /// A body that is seen as a whole and not through another one.
  private func clear(_ body: Int, _ frame: Int) -> SeenObject? {
    guard let object = video.tracks.bodies[body][frame], object.isWhole,
      (video.gap(ofBody: body, frame: frame) ?? 0) > -video.limits.overlap / 2
    else { return nil }
    return object
  }
}

extension JudgedVideo {
  /// Whether a point is in the picture.
  func isInView(_ point: Vector2) -> Bool {
    (0...Scene.extent).contains(point.x) && (0...Scene.extent).contains(point.y)
  }
}
