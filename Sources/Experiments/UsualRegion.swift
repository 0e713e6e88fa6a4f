import Datasets
import Worlds

/// The region that a scenario is simulated in when nobody names one: that of its first named set.
public enum UsualRegion {
  /// The smallest region that holds the grids of the first set of a scenario.
  ///
  /// - Returns: the region and the scenario with the properties of that set; nil without a set.
  public static func of(_ name: String) -> (scenario: AnyScenario, region: Region)? {
    for set in SceneCatalogue.sets {
      guard let part = set.recipe.parts.first(where: { $0.scenario.name == name }) else { continue }
      if let region = part.parameters.region { return (part.scenario, region) }
      guard let grid = part.parameters.grid else { continue }
      var box: [String: ClosedRange<Double>] = [:]
      for axis in grid.axes { box[axis.name] = axis.values.bounds }
      guard box.count == grid.axes.count else { continue }
      return (part.scenario, Region(boxes: [box]))
    }
    return nil
  }
}
