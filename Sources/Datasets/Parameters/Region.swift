import Worlds

/// A set of scene parameters: a union of boxes minus holes, all edges included.
///
/// A point on the edge of a hole is in the hole. A hole that does not name a parameter extends over
/// all of it. In JSON: `{"boxes": [{"r": [0.7, 1.4], "v": [1, 4]}], "holes": []}`.
public struct Region: Codable, Hashable, Sendable {
  /// The boxes whose union is the region; all name the same parameters.
  public var boxes: [[String: ClosedRange<Double>]]
  /// Boxes cut out of the union.
  public var holes: [[String: ClosedRange<Double>]]

  /// A region of boxes without holes unless told otherwise.
  public init(
    boxes: [[String: ClosedRange<Double>]], holes: [[String: ClosedRange<Double>]] = []
  ) {
    self.boxes = boxes
    self.holes = holes
  }

  /// The parameters of the region, in alphabetical order.
  public var parameterNames: [String] { boxes.first?.keys.sorted() ?? [] }

  private enum CodingKeys: String, CodingKey {
    case boxes, holes
  }

  /// Reads a region; `holes` may be left out.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    boxes = try values.decode([[String: ClosedRange<Double>]].self, forKey: .boxes)
    holes = try values.decodeIfPresent([[String: ClosedRange<Double>]].self, forKey: .holes) ?? []
    try validate()
  }

  /// Checks that there are boxes, that all name the same parameters with finite ranges, and that
  /// the holes leave something.
  ///
  /// - Throws: ``RegionError`` naming the box, hole or parameter.
  public func validate() throws(RegionError) {
    guard let first = boxes.first, !first.isEmpty else { throw .noBoxes }
    for (index, box) in boxes.enumerated() {
      guard box.keys == first.keys else {
        throw .parameters(box: index, found: box.keys.sorted(), expected: parameterNames)
      }
    }
    for hole in holes {
      if let name = hole.keys.filter({ first[$0] == nil }).min() {
        throw .unknownParameter(name: name, known: parameterNames)
      }
    }
    for box in boxes + holes {
      for name in box.keys.sorted() {
        guard let range = box[name], range.lowerBound.isFinite, range.upperBound.isFinite else {
          throw .notANumber(parameter: name)
        }
      }
    }
    try validateHoles()
  }

  /// Whether the point is in a box and in no hole. A point without all parameters is not.
  public func contains(_ parameters: [String: Double]) -> Bool {
    boxes.contains { Region.box($0, contains: parameters) }
      && !holes.contains { Region.box($0, contains: parameters) }
  }

  static func box(
    _ box: [String: ClosedRange<Double>], contains parameters: [String: Double]
  ) -> Bool {
    box.allSatisfy { name, range in parameters[name].map(range.contains) ?? false }
  }
}

extension Region {
  /// The side of a hole check at which it is left to the draws: beyond, it would take too long.
  private static let maximumCells = 65_536

  /// Checks that the holes leave something, exactly.
  ///
  /// All bounds of a parameter, and the middles between them, stand for all of its values: holes
  /// are closed, so that what they leave of a box always holds one of these points.
  private func validateHoles() throws(RegionError) {
    if holes.isEmpty { return }
    let swallowing = holes.firstIndex { hole in
      boxes.allSatisfy { box in
        hole.allSatisfy { name, range in
          box[name].map { range.contains($0.lowerBound) && range.contains($0.upperBound) } ?? false
        }
      }
    }
    if let swallowing { throw .swallowed(holes: [swallowing]) }
    let names = parameterNames
    var cells = 1
    var places: [[Double]] = []
    for name in names {
      let bounds = Set(
        (boxes + holes).compactMap { $0[name] }.flatMap {
          [$0.lowerBound, $0.upperBound]
        }
      ).sorted()
      let middles = zip(bounds, bounds.dropFirst()).map { $0 + ($1 - $0) / 2 }
      places.append(bounds + middles)
      cells *= bounds.count + middles.count
      if cells > Region.maximumCells { return }
    }
    for cell in 0..<cells {
      var rest = cell
      var point: [String: Double] = [:]
      for (name, values) in zip(names, places) {
        point[name] = values[rest % values.count]
        rest /= values.count
      }
      if contains(point) { return }
    }
    throw .swallowed(holes: Array(holes.indices))
  }

  /// A box as a text; part of the key of a recipe's random numbers, so it must never change.
  static func text(_ box: [String: ClosedRange<Double>]) -> String {
    let sides = box.sorted { $0.key < $1.key }
      .map { "\($0.key)=\($0.value.lowerBound)...\($0.value.upperBound)" }
    return "[\(sides.joined(separator: ","))]"
  }
}

extension Region: CustomStringConvertible {
  /// The region as a text; part of the key of a recipe's random numbers, so it must never change.
  public var description: String {
    boxes.map(Region.text).joined(separator: "+") + holes.map { "-" + Region.text($0) }.joined()
  }
}
