/// Cohen's kappa: agreement of two judges beyond chance.
///
/// Source: J. Cohen, A coefficient of agreement for nominal scales (1960).
public enum CohenKappa {
  /// The kappa of pairs of answers to the same clips; NaN without pairs, and when both judges gave
  /// one and the same answer throughout.
  public static func kappa<Category: Hashable>(_ pairs: [(Category, Category)]) -> Double {
    guard !pairs.isEmpty else { return .nan }
    let count = Double(pairs.count)
    let agreement = Double(pairs.count { $0.0 == $0.1 }) / count
    let first = Dictionary(grouping: pairs, by: \.0).mapValues { Double($0.count) / count }
    let second = Dictionary(grouping: pairs, by: \.1).mapValues { Double($0.count) / count }
    let chance = first.reduce(0.0) { $0 + $1.value * (second[$1.key] ?? 0) }
    return chance < 1 ? (agreement - chance) / (1 - chance) : .nan
  }
}
