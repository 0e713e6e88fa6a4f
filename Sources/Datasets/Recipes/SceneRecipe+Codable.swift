import Worlds

/// In JSON a single part stands for itself, `{"scenario": {…}, "region": {…}}` or `"grid"`; several
/// are listed, `{"parts": [{…}, {…}]}`.
extension SceneRecipe: Codable {
  private enum CodingKeys: String, CodingKey {
    case parts
  }

  /// Reads a recipe.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    guard values.contains(.parts) else {
      parts = [try Part(from: decoder)]
      return
    }
    parts = try values.decode([Part].self, forKey: .parts)
    do {
      try RecipeParts.validateShape(of: self)
    } catch {
      throw DecodingError.dataCorruptedError(
        forKey: .parts, in: values, debugDescription: "\(error)")
    }
  }

  /// Writes a recipe.
  public func encode(to encoder: any Encoder) throws {
    if parts.count == 1 { return try parts[0].encode(to: encoder) }
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(parts, forKey: .parts)
  }
}

extension SceneRecipe.Part: Codable {
  private enum CodingKeys: String, CodingKey {
    case scenario, level, weight
  }

  /// Reads a part; level and weight may be left out.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    scenario = try values.decode(AnyScenario.self, forKey: .scenario)
    parameters = try ParameterSet(from: decoder)
    level = try values.decodeIfPresent(String.self, forKey: .level)
    weight = try values.decodeIfPresent(Double.self, forKey: .weight) ?? 1
  }

  /// Writes a part; a weight of 1 is left out.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(scenario, forKey: .scenario)
    try parameters.encode(to: encoder)
    try values.encodeIfPresent(level, forKey: .level)
    if weight != 1 { try values.encode(weight, forKey: .weight) }
  }
}
