/// A number that is written as JSON null when it is not finite, and read back as NaN.
@propertyWrapper
public struct NullableNumber: Codable, Hashable, Sendable {
  /// The number; NaN stands for null.
  public var wrappedValue: Double

  /// Wraps a number.
  public init(wrappedValue: Double) { self.wrappedValue = wrappedValue }

  /// Reads a number or null.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    wrappedValue = container.decodeNil() ? .nan : try container.decode(Double.self)
  }

  /// Writes the number, or null.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if wrappedValue.isFinite {
      try container.encode(wrappedValue)
    } else {
      try container.encodeNil()
    }
  }

  /// Two missing numbers are the same record.
  public static func == (left: Self, right: Self) -> Bool {
    left.wrappedValue == right.wrappedValue
      || (!left.wrappedValue.isFinite && !right.wrappedValue.isFinite)
  }

  /// Hashes missing numbers alike.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(wrappedValue.isFinite ? wrappedValue : nil)
  }
}
