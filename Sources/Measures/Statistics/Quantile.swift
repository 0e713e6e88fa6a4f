/// Quantiles of sorted numbers.
package enum Quantile {
  /// Linear interpolation between order statistics; NaN without numbers.
  package static func of(_ sorted: [Double], _ probability: Double) -> Double {
    guard let last = sorted.indices.last else { return .nan }
    let position = probability * Double(last)
    let (lower, upper) = (Int(position), min(Int(position) + 1, last))
    return sorted[lower] + (position - Double(lower)) * (sorted[upper] - sorted[lower])
  }
}
