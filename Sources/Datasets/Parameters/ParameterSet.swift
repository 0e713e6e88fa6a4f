import Worlds

/// Where the parameters of scenes come from: an endless region or a finite grid.
public enum ParameterSet: Hashable, Sendable {
  /// Points drawn evenly from a region, without end.
  case region(Region)
  /// Every point of a grid once.
  case grid(Grid)

  /// The region, where it is one.
  public var region: Region? {
    if case .region(let region) = self { region } else { nil }
  }

  /// The grid, where it is one.
  public var grid: Grid? {
    if case .grid(let grid) = self { grid } else { nil }
  }

  /// The parameters in the order of the set.
  public var parameterNames: [String] {
    switch self {
    case .region(let region): region.parameterNames
    case .grid(let grid): grid.parameterNames
    }
  }
}

extension ParameterSet: CustomStringConvertible {
  /// The set as a text; part of the key of a recipe's random numbers, so it must never change.
  public var description: String {
    switch self {
    case .region(let region): region.description
    case .grid(let grid): grid.description
    }
  }
}

/// In JSON a key says which it is: `{"region": …}` or `{"grid": …}`.
extension ParameterSet: Codable {
  private enum CodingKeys: String, CodingKey {
    case region, grid
  }

  /// Reads a region or a grid.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    if values.contains(.grid), values.contains(.region) {
      throw DecodingError.dataCorruptedError(
        forKey: .grid, in: values, debugDescription: "there is a region as well; give one of them")
    }
    if values.contains(.grid) {
      self = .grid(try values.decode(Grid.self, forKey: .grid))
    } else {
      self = .region(try values.decode(Region.self, forKey: .region))
    }
  }

  /// Writes a region or a grid.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .region(let region): try values.encode(region, forKey: .region)
    case .grid(let grid): try values.encode(grid, forKey: .grid)
    }
  }
}
