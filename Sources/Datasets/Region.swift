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

  /// Checks that there are boxes and that all name the same parameters with finite ranges.
  ///
  /// - Throws: ``RegionError`` naming the box or parameter.
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
