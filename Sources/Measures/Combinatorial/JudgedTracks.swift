import Combinatorial
import Worlds

/// The tracks of a video under judgement, with its checks of appearance and overlap.
struct JudgedTracks {
  let tracks: CombinatorialTracks
  let scene: CombinatorialScene
  /// The numbers of the moving bodies in the scene.
  let moving: [Int]
  let limits: CombinatorialLimits
  /// The first frame that is judged.
  let start: Int

  /// The judged frames.
  var frames: Range<Int> { min(start, tracks.frameCount)..<tracks.frameCount }

  /// What a moving body is called.
  func name(_ body: Int) -> String { "body \(moving[body]) (\(kind(moving[body])))" }

  private func kind(_ body: Int) -> String {
    scene.bodies[body].objectType.rawValue.replacing("_", with: " ")
  }

  /// The first frames in a row, at least as many as the limit says, of which something holds.
  private func firstRun(_ holds: (Int) -> Bool) -> Range<Int>? {
    var first: Int?
    for frame in frames {
      guard holds(frame) else {
        first = nil
        continue
      }
      let begin = first ?? frame
      first = begin
      if frame - begin + 1 >= limits.frames {
        let end = frames.first { $0 > frame && !holds($0) } ?? frames.upperBound
        return begin..<end
      }
    }
    return nil
  }

  /// Permanence and rigid shapes.
  func appearance() -> [Reason] {
    moving.indices.flatMap { [lost($0), resized($0)].compactMap(\.self) }
      + scene.bodies.indices.compactMap(moved) + TestbedColor.allCases.compactMap(surplus)
  }

  private func lost(_ body: Int) -> Reason? {
    guard let run = firstRun({ tracks.bodies[body][$0] == nil }) else { return nil }
    return Reason(
      kind: .lost, body: moving[body], frame: run.lowerBound, value: Double(run.count),
      text: "\(name(body)) is not seen in frames \(run.lowerBound) to \(run.upperBound - 1), "
        + "though nothing can leave the scene")
  }

  private func resized(_ body: Int) -> Reason? {
    func error(_ frame: Int) -> Double { (tracks.bodies[body][frame]?.scale ?? 1) - 1 }
    guard let run = firstRun({ abs(error($0)) > limits.size }) else { return nil }
    let value = error(run.lowerBound)
    return Reason(
      kind: .resized, body: moving[body], frame: run.lowerBound, value: value,
      text: "\(name(body)) is \((100 * abs(value)).short) % too \(value > 0 ? "large" : "small") "
        + "in frame \(run.lowerBound)")
  }

  private func moved(_ body: Int) -> Reason? {
    func share(_ frame: Int) -> Double { tracks.rest[frame].fixedShare[body] ?? 1 }
    guard let run = firstRun({ share($0) < limits.fixedShare }) else { return nil }
    let value = share(run.lowerBound)
    return Reason(
      kind: .moved, body: body, frame: run.lowerBound, value: value,
      text: "body \(body) (\(kind(body))) stays, but only \((100 * value).short) % of its place is "
        + "covered in frame \(run.lowerBound)")
  }

  private func surplus(_ color: TestbedColor) -> Reason? {
    func area(_ frame: Int) -> Double { tracks.rest[frame].surplus[color] ?? 0 }
    guard let run = firstRun({ area($0) > limits.surplus }) else { return nil }
    let value = area(run.lowerBound)
    return Reason(
      kind: .surplus, body: nil, frame: run.lowerBound, value: value,
      text: "frame \(run.lowerBound) has \(value.short) square units of \(color.rawValue) that "
        + "belong to no body")
  }

  /// Bodies in each other, deeper than when judging began, for longer than an impact takes.
  func overlaps() -> [Reason] {
    var reasons: [Reason] = []
    for first in moving.indices {
      for second in scene.bodies.indices where second > moving[first] || !moving.contains(second) {
        guard let (frame, depth) = overlap(first, second) else { continue }
        reasons.append(
          Reason(
            kind: .overlap, body: moving[first], frame: frame, value: depth,
            text: "\(name(first)) is \(depth.short) units deep in body \(second) (\(kind(second))) "
              + "in frame \(frame)"))
      }
    }
    return reasons
  }

  private func overlap(_ body: Int, _ second: Int) -> (frame: Int, depth: Double)? {
    let other = moving.firstIndex(of: second)
    var allowed = limits.overlap
    var first: (frame: Int, depth: Double)?
    for frame in max(start - 1, 0)..<frames.upperBound {
      guard let depth = depth(body, second, isOther: other, frame) else { continue }
      if frame < start {
        allowed = max(allowed, depth + 1)
      } else if depth <= allowed {
        first = nil
      } else if let first, frame - first.frame + 1 >= limits.frames {
        return first
      } else if first == nil {
        first = (frame, depth)
      }
    }
    return nil
  }

  private func depth(_ body: Int, _ second: Int, isOther other: Int?, _ frame: Int) -> Double? {
    guard let a = placed(body, frame) else { return nil }
    if let other { return placed(other, frame).map(a.depth) }
    let fixed = scene.bodies[second]
    return a.depth(in: PlacedBody(fixed, at: fixed.position, angle: fixed.angle))
  }

  private func placed(_ body: Int, _ frame: Int) -> PlacedBody? {
    tracks.bodies[body][frame].map {
      PlacedBody(scene.bodies[moving[body]], at: $0.position, angle: $0.angle)
    }
  }
}
