/// The numbers of an `OfficialTable`, video by video: eight bytes for each measure.
public struct OfficialTally: Hashable, Sendable {
  /// The driver whose table it is.
  public let kind: OfficialTable.Kind
  /// Class to the values of every measure, in the order of the videos.
  private var classes: [OfficialTable.SceneClass: [[Double]]] = [:]

  /// Nothing counted yet.
  public init(_ kind: OfficialTable.Kind) { self.kind = kind }

  /// Whether no video was counted.
  public var isEmpty: Bool { classes.isEmpty }

  /// Counts a video, unless its balls are too small for the released driver.
  /// - Throws: `MeasureError.shortInit` when the record lacks a radius or a speed.
  public mutating func add(_ record: OfficialTable.Record) throws {
    guard let place = try kind.sceneClass(record.initial) else { return }
    var columns = classes[place] ?? kind.measures.map { _ in [] }
    classes[place] = nil
    for (index, measure) in kind.measures.enumerated() {
      columns[index].append(record.measures[measure] ?? .nan)
    }
    classes[place] = columns
  }

  /// Counts the video of a score; scores of other laws change nothing.
  /// - Throws: `MeasureError.shortInit` when the score lacks a parameter.
  public mutating func add(_ score: SceneScore) throws {
    guard let record = OfficialTable.Record(score, kind) else { return }
    try add(record)
  }

  /// Number of videos of a class.
  func count(of place: OfficialTable.SceneClass) -> Int { values(of: 0, in: place).count }

  /// The values of a measure, by its number; those of `out` in the order of the released sum, which
  /// decides its last bits.
  func values(of measure: Int, in place: OfficialTable.SceneClass) -> [Double] {
    let places: [OfficialTable.SceneClass] =
      place == .out ? [.zero, .radius, .speed, .both] : [place]
    return places.flatMap { classes[$0]?[measure] ?? [] }
  }
}
