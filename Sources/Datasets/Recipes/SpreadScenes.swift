import Worlds

/// Some scenes of a finite sequence, one from each of as many equal parts.
///
/// The first scenes of a grid would be a corner of it; these are a fair sample, and scenes keep the
/// numbers they have in the whole.
public struct SpreadScenes: SceneSequence {
  private let scenes: any SceneSequence
  private let total: Int
  private let chosen: Int

  /// `count` of a sequence's scenes, or all where it has fewer; nil for a sequence without end.
  public init?(_ scenes: any SceneSequence, count: Int) {
    guard let total = scenes.count, total > 0, count > 0 else { return nil }
    self.scenes = scenes
    self.total = total
    chosen = min(count, total)
  }

  /// How many were chosen.
  public var count: Int? { chosen }
  /// That of the whole, and how many were chosen.
  public var identity: String { "\(scenes.identity), \(chosen) spread over \(total)" }

  /// The scene at a place, 0 to `count`; its `index` is its number in the whole.
  public func labelledScene(at place: Int) throws -> LabelledScene {
    try scenes.labelledScene(at: Self.index(at: place, count: chosen, of: total))
  }

  /// The number of the scene at a place.
  ///
  /// One is drawn from each part: steps of one length would fall into step with a grid's axes.
  package static func index(at place: Int, count: Int, of total: Int) -> Int {
    let first = place * total / count
    let length = (place + 1) * total / count - first
    guard length > 1 else { return first }
    var random = CounterRandom(recipe: "scenes of a split", seed: 0, index: UInt64(place))
    return first + min(Int(random.unit() * Double(length)), length - 1)
  }
}
