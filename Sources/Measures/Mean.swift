extension Collection where Element == Double {
  /// Arithmetic mean; NaN for an empty collection or when any element is NaN.
  package var mean: Double { isEmpty ? .nan : reduce(0, +) / Double(count) }

  /// Mean of the finite elements; NaN when there are none.
  package var finiteMean: Double { filter(\.isFinite).mean }
}
