import Foundation
import Measures
import Worlds

/// Intervals over training seeds and scenes.
///
/// Every draw takes as many seeds as there are, with replacement, and of every probe as many scenes. Two seeds are
/// few: the interval then says how much these two differ, not how much a hundred would. A share that no scene or every
/// scene has is drawn from its posterior instead.
public struct SceneBootstrap: Sendable {
  /// Draws; default 2000.
  public var draws = 2000
  /// Seed of the draws.
  public var seed: UInt64 = 0

  /// Two thousand draws.
  public init() {}

  /// The values of a cell, `[seed][scene]`; NaN for scenes that do not count.
  private struct Table {
    let probe: String
    let values: [[Double]]
    /// 0 where every scene says 0, 1 where every scene says 1: a share of which the scenes know no other side.
    let certainty: Double?
    private let count: Int

    init(probe: String, values: [[Double]]) {
      self.probe = probe
      self.values = values
      let known = values.joined().filter { !$0.isNaN }
      count = known.count
      certainty = [0.0, 1].first { side in !known.isEmpty && known.allSatisfy { $0 == side } }
    }

    /// A share that could have given none (or all) of the scenes: drawn from what is left possible, all shares
    /// being alike before. Drawing scenes again would claim to be certain after three of them.
    func possibleShare(_ unit: Double) -> Double? {
      certainty.map { side in
        let share = 1 - pow(1 - unit, 1 / Double(count + 1))
        return side == 0 ? share : 1 - share
      }
    }

    /// The mean of what was drawn; NaN where nothing counts.
    func mean(seeds: [Int], scenes: [Int]) -> Double {
      var (sum, count) = (0.0, 0)
      for seed in seeds {
        let row = values[seed]
        for scene in scenes where scene < row.count && !row[scene].isNaN {
          sum += row[scene]
          count += 1
        }
      }
      return sum / Double(count)
    }
  }

  /// A function of means with its interval.
  public func estimate(
    _ cells: [Claim.Cell], _ combine: ([Double]) -> Double, _ evidence: Evidence
  ) -> Estimate {
    let tables = cells.map { cell in
      Table(
        probe: cell.probe,
        values: evidence.seeds.map { seed in
          evidence.scenes(arm: cell.arm, probe: cell.probe, seed: seed).map {
            cell.value($0).flatMap { $0.isFinite ? $0 : nil } ?? .nan
          }
        })
    }
    let seeds = evidence.seeds.indices.filter { seed in tables.contains { !$0.values[seed].isEmpty }
    }
    var sizes: [String: Int] = [:]
    for table in tables {
      sizes[table.probe] = max(sizes[table.probe] ?? 0, table.values.map(\.count).max() ?? 0)
    }
    let scenes =
      tables.map { table in
        table.values.reduce(0) { $0 + $1.count { !$0.isNaN } }
      }.min() ?? 0
    let all = sizes.mapValues { Array(0..<$0) }
    let value = combine(tables.map { $0.mean(seeds: Array(seeds), scenes: all[$0.probe] ?? []) })
    guard value.isFinite, !seeds.isEmpty else {
      return Estimate(value: .nan, low: .nan, high: .nan, scenes: scenes, seeds: seeds.count)
    }
    var found: [Double] = []
    found.reserveCapacity(draws)
    let probes = sizes.keys.sorted()
    for draw in 0..<draws {
      var random = CounterRandom(recipe: "seeds and scenes", seed: seed, index: UInt64(draw))
      func pick(_ count: Int) -> Int { min(Int(random.unit() * Double(count)), count - 1) }
      let drawnSeeds = seeds.map { _ in seeds[pick(seeds.count)] }
      var drawn: [String: [Int]] = [:]
      for probe in probes {
        let size = sizes[probe] ?? 0
        drawn[probe] = (0..<size).map { _ in pick(size) }
      }
      let means = tables.map { table in
        table.possibleShare(random.unit())
          ?? table.mean(seeds: drawnSeeds, scenes: drawn[table.probe] ?? [])
      }
      let result = combine(means)
      if result.isFinite { found.append(result) }
    }
    found.sort()
    // Where many draws have no value, the evidence is too thin for an interval.
    guard found.count * 10 >= draws * 9 else {
      return Estimate(value: value, low: .nan, high: .nan, scenes: scenes, seeds: seeds.count)
    }
    return Estimate(
      value: value, low: Quantile.of(found, 0.025), high: Quantile.of(found, 0.975),
      scenes: scenes, seeds: seeds.count)
  }
}
