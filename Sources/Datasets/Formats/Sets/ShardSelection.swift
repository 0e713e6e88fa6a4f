/// Which shards a process makes: part i of n, so that n processes make disjoint shards of one set.
public struct ShardSelection: Codable, Hashable, Sendable {
  /// The part, 1 to ``of``.
  public let part: Int
  /// Number of parts.
  public let of: Int

  /// Every shard.
  public static let all = ShardSelection()

  private init() { (part, of) = (1, 1) }

  /// Part `part` of `of`, counted from 1.
  ///
  /// - Throws: ``DatasetError/request(_:)`` when there is no such part.
  public init(part: Int, of: Int) throws(DatasetError) {
    guard of >= 1, (1...of).contains(part) else {
      throw .request(
        "there is no part \(part)/\(of); parts are counted from 1: 1/4, 2/4, 3/4, 4/4")
    }
    (self.part, self.of) = (part, of)
  }

  /// A part as `2/4`.
  ///
  /// - Throws: ``DatasetError/request(_:)`` when the text is not two numbers, or no such part exists.
  public init(_ text: String) throws(DatasetError) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let part = parts[0], let of = parts[1] else {
      throw .request("'\(text)' is not a part of the shards; write it as 2/4")
    }
    try self.init(part: part, of: of)
  }

  /// Whether the part has shard `number`, counted from 0.
  public func contains(_ number: Int) -> Bool { number % of == part - 1 }
}
