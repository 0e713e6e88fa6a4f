import Worlds

extension Region {
  /// How often a draw that falls into a hole is repeated before the region counts as empty.
  public static let maximumTries = 10_000

  /// A point drawn evenly from the region.
  ///
  /// A box is chosen by its volume, then each parameter in alphabetical order; points in holes are
  /// drawn again, and where n boxes overlap a point is kept with probability 1/n. Sides that are
  /// flat in every box do not count towards the volume.
  ///
  /// - Throws: ``RegionError`` when the region is malformed or its holes leave nothing.
  public func sample(using random: inout CounterRandom) throws(RegionError) -> [String: Double] {
    try validate()
    return try draw(using: &random)
  }

  /// A point drawn evenly from a region that is known to be well formed.
  func draw(using random: inout CounterRandom) throws(RegionError) -> [String: Double] {
    let names = parameterNames
    let volumes = self.volumes(names)
    let total = volumes.reduce(0, +)
    for _ in 0..<Region.maximumTries {
      let box = chooseBox(volumes, at: random.unit() * total)
      var point: [String: Double] = [:]
      for name in names {
        guard let range = box[name] else { continue }
        let value = random.uniform(range.lowerBound, range.upperBound)
        point[name] = min(max(value, range.lowerBound), range.upperBound)
      }
      guard contains(point) else { continue }
      let overlaps = boxes.count { Region.box($0, contains: point) }
      if overlaps > 1, random.unit() * Double(overlaps) >= 1 { continue }
      return point
    }
    throw .empty(tries: Region.maximumTries)
  }

  private func chooseBox(
    _ volumes: [Double], at position: Double
  ) -> [String: ClosedRange<Double>] {
    var rest = position
    for (box, volume) in zip(boxes, volumes) where volume > 0 {
      if rest < volume { return box }
      rest -= volume
    }
    // Rounding may leave a sliver past the last box.
    return boxes[boxes.indices.last { volumes[$0] > 0 } ?? 0]
  }

  /// The weight of each box; never all zero.
  private func volumes(_ names: [String]) -> [Double] {
    func width(_ box: [String: ClosedRange<Double>], _ name: String) -> Double {
      box[name].map { $0.upperBound - $0.lowerBound } ?? 0
    }
    let solid = names.filter { name in boxes.contains { width($0, name) > 0 } }
    let volumes = boxes.map { box in solid.reduce(1) { $0 * width(box, $1) } }
    if volumes.contains(where: { $0 > 0 }) { return volumes }
    return boxes.map { box in
      names.reduce(1) { $0 * (width(box, $1) > 0 ? width(box, $1) : 1) }
    }
  }
}
