import Foundation
import Measures

/// Numbers as people read them, the same in any locale.
public enum Format {
  /// A fixed number of decimals; an en dash for a number that is not known.
  public static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite else { return "–" }
    let text = String(format: "%.\(decimals)f", value)
    return text.hasPrefix("-") ? "−" + text.dropFirst() : text
  }

  /// An error or floor: four decimals, fewer once it is large.
  public static func error(_ value: Double) -> String {
    fixed(value, abs(value) < 10 ? 4 : abs(value) < 100 ? 2 : 0)
  }

  /// An interval: "0.036 to 0.047".
  public static func interval(_ summary: Summary) -> String {
    guard summary.low.isFinite, summary.high.isFinite else { return "–" }
    return "\(error(summary.low)) to \(error(summary.high))"
  }

  /// A fraction as a percentage without decimals, or one when it is not round.
  public static func percent(_ fraction: Double) -> String {
    guard fraction.isFinite else { return "–" }
    let value = fraction * 100
    return fixed(value, abs(value - value.rounded()) < 0.05 ? 0 : 1) + " %"
  }

  /// Two significant digits, for prose: 0.031, 0.29, 4.3, 25.
  public static func rough(_ value: Double) -> String {
    significant(value, 2)
  }

  /// As many significant digits, and all before the point: of three, 0.0312, 1.04, 31.2, 4310.
  package static func significant(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite else { return "–" }
    guard value != 0 else { return "0" }
    let magnitude = Int(floor(log10(abs(value)) + 1e-12))
    return fixed(value, max(0, min(digits - 1 - magnitude, 12)))
  }

  /// A duration: "45 s", "9 min 05 s", "1 h 20 min".
  public static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return "–" }
    if seconds < 10 { return fixed(seconds, 1) + " s" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(String(format: "%02d", whole % 60)) s" }
    return "\(whole / 3600) h \(String(format: "%02d", whole / 60 % 60)) min"
  }

  /// An axis label: as few digits as the step between labels needs.
  package static func tick(_ value: Double, step: Double) -> String {
    if value == 0 { return "0" }
    let decimals = max(0, -Int(floor(log10(abs(step)) + 1e-9)))
    return abs(value) >= 1e6 || decimals > 6
      ? String(format: "%.0e", value) : fixed(value, decimals)
  }
}
