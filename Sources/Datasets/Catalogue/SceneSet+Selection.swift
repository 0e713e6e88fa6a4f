extension SceneSet {
  /// The numbers of `wanted` scenes spread evenly over the set; all of them for nil or too many.
  ///
  /// Sets list their scenes in the order of a grid, so that the first ones are much alike.
  public func selection(_ wanted: Int?) -> [Int] {
    guard let wanted, wanted < count else { return Array(0..<count) }
    return (0..<max(wanted, 0)).map { $0 * count / wanted }
  }
}
