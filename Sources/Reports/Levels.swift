import Measures

/// What people call the levels, and the order they are shown in.
enum Levels {
  /// Ranges of the uniform-motion levels (specification 3.2).
  static let descriptions = [
    "id": "r 0.7–1.4, v 1–4", "r_low": "r 0.3–0.6", "r_high": "r 1.5–2",
    "v_low": "v 0–0.8", "v_high": "v 4.5–6", "rv_low": "r 0.3–0.6, v 0–0.8",
    "rv_high": "r 1.5–2, v 4.5–6", "cross": "low r with high v, high r with low v",
  ]

  private static let names = [
    "id": "In distribution", "r_low": "Smaller", "r_high": "Larger", "v_low": "Slower",
    "v_high": "Faster", "rv_low": "Smaller and slower", "rv_high": "Larger and faster",
    "cross": "Crossed",
  ]

  static func name(_ level: String) -> String { names[level] ?? level }

  /// Known levels in their order, then any others by name.
  static func ordered(_ levels: some Sequence<String>) -> [String] {
    let present = Set(levels)
    return MetricsDocument.levels.filter(present.contains)
      + present.subtracting(MetricsDocument.levels).sorted()
  }

  private static let floors = [
    "ground_truth": "Ground truth", "autoencoder": "Autoencoder",
    "constant_velocity": "Constant velocity", "nearest_case": "Nearest case",
  ]

  static func floorName(_ floor: String) -> String { floors[floor] ?? floor }

  static func orderedFloors(_ floors: some Sequence<String>) -> [String] {
    let present = Set(floors)
    return MetricsDocument.floorNames.filter(present.contains)
      + present.subtracting(MetricsDocument.floorNames).sorted()
  }
}
