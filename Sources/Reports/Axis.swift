import Foundation

/// One axis of a plot: a range, its scale, and round ticks.
public struct Axis: Hashable, Sendable {
  /// How values map to lengths.
  public enum Scale: Hashable, Sendable {
    /// Equal differences, equal lengths.
    case linear
    /// Equal ratios, equal lengths; only positive values can be shown.
    case log
  }

  /// What is shown, with its unit.
  public var label: String
  /// Linear by default.
  public var scale: Scale
  /// Fixed range; nil takes the range of the data.
  public var range: ClosedRange<Double>?
  /// Fixed tick positions; nil chooses round numbers.
  public var ticks: [Double]?
  /// Names of the places 0, 1, 2, … of an axis that has names instead of numbers.
  public var names: [String]

  /// Makes an axis.
  public init(
    _ label: String, scale: Scale = .linear, range: ClosedRange<Double>? = nil,
    ticks: [Double]? = nil, names: [String] = []
  ) {
    self.label = label
    self.scale = scale
    self.range = range
    self.ticks = ticks
    self.names = names
  }

  /// Whether a value can be placed on the axis.
  func admits(_ value: Double) -> Bool { value.isFinite && (scale == .linear || value > 0) }

  /// The axis with its range widened to the data where none was fixed, never empty.
  func fitted(to values: some Sequence<Double>) -> FittedAxis {
    let admitted = values.filter(admits)
    if !names.isEmpty {
      return FittedAxis(axis: self, low: -0.5, high: Double(names.count) - 0.5)
    }
    var low = range?.lowerBound ?? admitted.min() ?? (scale == .log ? 0.1 : 0)
    var high = range?.upperBound ?? admitted.max() ?? 1
    if scale == .log {
      low = admits(low) ? low : admitted.min() ?? 0.1
      if range == nil {
        low /= 1.25
        high *= 1.25
      }
      if high <= low { high = low * 10 }
    } else {
      if high <= low {
        let half = max(abs(low) * 0.1, 0.5)
        (low, high) = (low - half, low + half)
      } else if range == nil {
        let margin = (high - low) * 0.04
        (low, high) = (low == 0 ? 0 : low - margin, high + margin)
      }
    }
    return FittedAxis(axis: self, low: low, high: high)
  }
}

/// An axis whose range is known.
struct FittedAxis {
  let axis: Axis
  let low, high: Double

  /// Position of a value, 0 at the low end and 1 at the high end; beyond when outside.
  func position(_ value: Double) -> Double {
    switch axis.scale {
    case .linear: (value - low) / (high - low)
    case .log: log(max(value, .leastNormalMagnitude) / low) / log(high / low)
    }
  }

  /// Tick positions with labels; an empty label is a minor tick.
  func ticks(about count: Int) -> [(value: Double, label: String)] {
    if !axis.names.isEmpty {
      return axis.names.enumerated().map { (Double($0), TextMeasure.cut($1, to: 120)) }
    }
    if let fixed = axis.ticks {
      return fixed.filter { $0 >= low && $0 <= high }.map { ($0, Self.shortest($0)) }
    }
    return axis.scale == .log ? logTicks() : linearTicks(about: count)
  }

  private func linearTicks(about count: Int) -> [(value: Double, label: String)] {
    let raw = (high - low) / Double(max(1, count))
    let power = pow(10, floor(log10(raw)))
    let step = ([1, 2, 5, 10].first { $0 * power >= raw * 0.999 } ?? 10) * power
    let first = Int((low / step - 1e-9).rounded(.up))
    let last = Int((high / step + 1e-9).rounded(.down))
    guard first <= last, last - first < 1000 else { return [] }
    return (first...last).map {
      (Double($0) * step, Format.tick(Double($0) * step, step: step))
    }
  }

  private func logTicks() -> [(value: Double, label: String)] {
    let decades = log10(high / low)
    let labelled: Set<Int> = decades < 1.2 ? [1, 2, 3, 5] : decades < 3.5 ? [1, 2, 5] : [1]
    let first = Int(floor(log10(low)))
    let last = Int(ceil(log10(high)))
    return (first...max(first, last)).flatMap { exponent in
      (1...9).compactMap { digit in
        let value = Double(digit) * pow(10, Double(exponent))
        guard value >= low * 0.9999, value <= high * 1.0001 else { return nil }
        return (value, labelled.contains(digit) ? Self.shortest(value) : "")
      }
    }
  }

  private static func shortest(_ value: Double) -> String {
    String(format: abs(value) >= 1e5 ? "%.0e" : "%g", value)
  }
}
