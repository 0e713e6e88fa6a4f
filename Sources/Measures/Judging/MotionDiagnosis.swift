import Worlds

/// Says what is wrong with motions that no start of the scene leads to.
struct MotionDiagnosis {
  let video: JudgedVideo
  let motion: LawfulMotion

  /// What is wrong, at least one reason.
  ///
  /// - Parameter fit: what should have followed from the first frames.
  func reasons(_ fit: LawfulMotion.Fit) -> [Reason] {
    var reasons = overlaps()
    for body in video.scene.bodies.indices where video.scene.bodies[body].mobility == .free {
      if let reason = jump(body) ?? unexplained(body) { reasons.append(reason) }
    }
    if reasons.isEmpty { reasons.append(impact(fit) ?? offCourse(fit)) }
    return reasons
  }

  /// Pairs of bodies in the same place, each at its deepest.
  func overlaps() -> [Reason] {
    let bodies = video.scene.bodies.indices
    return bodies.flatMap { first in
      bodies.dropFirst(first + 1).compactMap { second in overlap(first, second) }
    }
  }

  private func overlap(_ first: Int, _ second: Int) -> Reason? {
    let depths = video.frames.map { -(video.gap(first, second, frame: $0) ?? .infinity) }
    guard let begin = depths.firstIndex(where: { $0 > video.limits.overlap }),
      let deepest = depths.max()
    else { return nil }
    let frame = video.frames.lowerBound + begin
    return Reason(
      kind: .overlap, body: first, frame: frame, value: deepest,
      text: "\(video.name(first)) and \(video.name(second)) are in the same place from frame "
        + "\(frame) on, up to \(deepest.short) units deep")
  }

  /// A step that is much longer than the steps before and after it.
  private func jump(_ body: Int) -> Reason? {
    let points = video.tracks.bodies[body].indices.compactMap { frame in
      video.tracks.bodies[body][frame].flatMap {
        $0.isWhole ? BodyPath.Point(frame: frame, place: $0.position) : nil
      }
    }
    let steps = zip(points, points.dropFirst()).map { a, b in
      Vector2(x: b.place.x - a.place.x, y: b.place.y - a.place.y).length
        / Double(b.frame - a.frame)
    }
    for index in steps.indices where points[index + 1].frame >= video.frames.lowerBound {
      let before = index > 0 ? steps[index - 1] : 0
      let after = index + 1 < steps.count ? steps[index + 1] : before
      let excess = steps[index] - max(before, after)
      guard index > 0, excess > video.limits.jump else { continue }
      let frame = points[index + 1].frame
      return Reason(
        kind: .jump, body: body, frame: frame, value: steps[index],
        text: "\(video.name(body)) jumps by \(steps[index].short) units in frame \(frame)")
    }
    return nil
  }

  /// Where free flight breaks off although nothing is near, or bends all along.
  private func unexplained(_ body: Int) -> Reason? {
    let flights = freeFlights(body)
    for points in flights where points.count > 3 {
      guard let straight = FreeMotion(fitting: points, acceleration: video.scene.gravity),
        points.contains(where: { straight.distance(to: $0) > video.limits.law })
      else { continue }
      return broken(body, points)
    }
    return nil
  }

  /// The parts of a path in which nothing is near enough to touch.
  private func freeFlights(_ body: Int) -> [ArraySlice<BodyPath.Point>] {
    motion.paths[body].points.split { point in
      (video.gap(ofBody: body, frame: point.frame) ?? .infinity) < video.limits.contact
    }
  }

  /// A sudden change of velocity or a steady acceleration, whichever fits better.
  private func broken(_ body: Int, _ points: ArraySlice<BodyPath.Point>) -> Reason? {
    let gravity = video.scene.gravity
    var best: (error: Double, before: FreeMotion, after: FreeMotion, frame: Int)?
    for cut in points.indices.dropFirst(2).dropLast(1) {
      guard let before = FreeMotion(fitting: points[..<cut], acceleration: gravity),
        let after = FreeMotion(fitting: points[cut...], acceleration: gravity)
      else { continue }
      let error =
        before.squaredError(of: points[..<cut]) + after.squaredError(of: points[cut...])
      if best.map({ error < $0.error }) ?? true {
        best = (error, before, after, points[cut].frame)
      }
    }
    guard let best, let bent = FreeMotion(fitting: points), let first = points.first else {
      return nil
    }
    if bent.squaredError(of: points) <= best.error {
      let extra = Vector2(
        x: bent.acceleration.x - gravity.x, y: bent.acceleration.y - gravity.y)
      return Reason(
        kind: .curvedPath, body: body, frame: first.frame, value: extra.length,
        text: "\(video.name(body)) is accelerated by \(extra.short) units per second squared from "
          + "frame \(first.frame) on, by no force of the scene")
    }
    let before = best.before.velocity(in: best.frame)
    let after = best.after.velocity(in: best.frame)
    let change = Vector2(x: after.x - before.x, y: after.y - before.y).length
    guard change > video.limits.velocity else { return nil }
    return Reason(
      kind: .velocityChange, body: body, frame: best.frame, value: change,
      text: "\(video.name(body)) changes its velocity from \(before.short) to \(after.short) in "
        + "frame \(best.frame), though it touches nothing")
  }

  /// Bodies that touch before the video leaves the lawful motion.
  private func impact(_ fit: LawfulMotion.Fit) -> Reason? {
    let frames = video.frames.prefix { $0 <= fit.frame }
    guard
      let touch = frames.last(where: { frame in
        (video.gap(ofBody: fit.body, frame: frame) ?? .infinity) < video.limits.contact
      })
    else { return nil }
    return Reason(
      kind: .impact, body: fit.body, frame: touch, value: fit.error,
      text:
        "after touching another body in frame \(touch), \(video.name(fit.body)) is not where the "
        + "impact would take it from frame \(fit.frame) on, by up to \(fit.error.short) units")
  }

  private func offCourse(_ fit: LawfulMotion.Fit) -> Reason {
    Reason(
      kind: .offCourse, body: fit.body, frame: fit.frame, value: fit.error,
      text: "\(video.name(fit.body)) leaves its lawful path in frame \(fit.frame), by up to "
        + "\(fit.error.short) units")
  }
}
