extension Grid.Axis: Codable {
  private enum CodingKeys: String, CodingKey {
    case name
  }

  /// Reads an axis: its name beside the keys of its values.
  public init(from decoder: any Decoder) throws {
    name = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .name)
    values = try Grid.Values(from: decoder)
  }

  /// Writes an axis: its name beside the keys of its values.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try values.encode(to: encoder)
  }
}

/// In JSON: `{"from": 1, "to": 4, "count": 30}`, `{"values": [1, 2]}`, `{"from": 1, "to": 4, "count":
/// 30, "after": 0}`, `{"every": 2, "of": …}` or `{"joined": […, …]}`.
extension Grid.Values: Codable {
  private enum CodingKeys: String, CodingKey {
    case from, to, count, values, after, every, of, joined
  }

  /// Reads the values of an axis.
  public init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    if keys.contains(.values) {
      self = .list(try keys.decode([Double].self, forKey: .values))
    } else if keys.contains(.every) {
      self = .every(
        try keys.decode(Int.self, forKey: .every), of: try keys.decode(Self.self, forKey: .of))
    } else if keys.contains(.joined) {
      self = .joined(try keys.decode([Self].self, forKey: .joined))
    } else {
      let from = try keys.decode(Double.self, forKey: .from)
      let to = try keys.decode(Double.self, forKey: .to)
      let count = try keys.decode(Int.self, forKey: .count)
      guard from <= to else {
        throw DecodingError.dataCorruptedError(
          forKey: .to, in: keys, debugDescription: "the axis runs from \(from) down to \(to)")
      }
      if let after = try keys.decodeIfPresent(Int.self, forKey: .after) {
        self = .drawn(from: from, to: to, count: count, after: after)
      } else {
        self = .linear(from: from, to: to, count: count)
      }
    }
  }

  /// Writes the values of an axis.
  public func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .linear(let from, let to, let count):
      try keys.encode(from, forKey: .from)
      try keys.encode(to, forKey: .to)
      try keys.encode(count, forKey: .count)
    case .list(let values):
      try keys.encode(values, forKey: .values)
    case .drawn(let from, let to, let count, let after):
      try keys.encode(from, forKey: .from)
      try keys.encode(to, forKey: .to)
      try keys.encode(count, forKey: .count)
      try keys.encode(after, forKey: .after)
    case .every(let step, let inner):
      try keys.encode(step, forKey: .every)
      try keys.encode(inner, forKey: .of)
    case .joined(let parts):
      try keys.encode(parts, forKey: .joined)
    }
  }
}
