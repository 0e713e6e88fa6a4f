/// Where the scenes of a set lie: its parameters, two at a time, as dots, one colour for each level.
///
/// The dots are the set's own scenes, so holes, refused corners and grids show as they are.
public struct RegionFigure: Sendable {
  /// One scene of the set.
  public struct Scene: Hashable, Sendable {
    /// The part of the set it belongs to; empty in sets of one part.
    public var level: String
    /// The parameters it was made from.
    public var parameters: [String: Double]

    /// A scene from its parts.
    public init(level: String = "", parameters: [String: Double]) {
      self.level = level
      self.parameters = parameters
    }
  }

  /// What the figure shows.
  public var title: String
  /// The scenes that are drawn.
  public var scenes: [Scene]

  /// A figure of some scenes.
  public init(title: String, scenes: [Scene]) {
    self.title = title
    self.scenes = scenes
  }

  /// The pairs of parameters that get a panel: sizes against speeds for one object; speeds against
  /// each other and sizes against each other for two (as in the paper's Figures 7 and 8).
  public var pairs: [(x: String, y: String)] {
    let names = Set(scenes.flatMap { $0.parameters.keys }).sorted()
    func starting(_ letter: Character) -> [String] { names.filter { $0.first == letter } }
    let (radii, speeds) = (starting("r"), starting("v"))
    let others = names.filter { !radii.contains($0) && !speeds.contains($0) }
    var pairs: [(x: String, y: String)] = []
    if radii.count == 2, speeds.count == 2 {
      pairs = [(speeds[0], speeds[1]), (radii[0], radii[1])]
    } else {
      pairs = zip(speeds, radii).map { (x: $0, y: $1) }
    }
    for name in others { pairs.append((x: name, y: radii.first ?? name)) }
    if pairs.isEmpty, let first = names.first { pairs = [(x: first, y: names.last ?? first)] }
    return pairs
  }

  /// One panel for each pair.
  public var plots: [Plot] {
    var levels: [String] = []
    for scene in scenes where !levels.contains(scene.level) { levels.append(scene.level) }
    return pairs.map { pair in
      let series = levels.enumerated().map { number, level in
        Plot.Series(
          level, style: number % 10 < 5 ? .dots : .rings, color: number % 5 + 1,
          points: points(pair, level))
      }
      return Plot(
        title: "\(title): \(pair.y) against \(pair.x)", x: Axis(Self.label(pair.x)),
        y: Axis(Self.label(pair.y)), series: series)
    }
  }

  /// The panels one below the other, as a file of its own.
  ///
  /// - Parameters: width and height of one panel, px.
  public func svgFile(width: Double = 720, height: Double = 460) -> String {
    let panels = plots.enumerated().map { number, plot in
      "<g transform=\"translate(0 \(px(Double(number) * height + 34)))\">"
        + "<svg width=\"\(px(width))\" height=\"\(px(height))\">"
        + plot.svg(width: width, height: height, identifier: "panel\(number)") + "</svg></g>"
    }
    let total = Double(max(panels.count, 1)) * height + 40
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(px(width)) \(px(total))\" "
      + "width=\"\(px(width))\" height=\"\(px(total))\">\n"
      + "<style>\(Stylesheet.file)</style>\n"
      + "<g class=\"plot\"><rect width=\"100%\" height=\"100%\" class=\"paper\"/>\n"
      + "<text class=\"title\" x=\"6\" y=\"24\">\(escaped(title))</text></g>\n"
      + panels.joined(separator: "\n") + "\n</svg>\n"
  }

  private func points(_ pair: (x: String, y: String), _ level: String) -> [Plot.Point] {
    var seen: Set<[Double]> = []
    return scenes.compactMap { scene in
      guard scene.level == level, let x = scene.parameters[pair.x],
        let y = scene.parameters[pair.y],
        seen.insert([x, y]).inserted
      else { return nil }
      return Plot.Point(x, y)
    }
  }

  private static func label(_ name: String) -> String {
    switch name.first {
    case "v": "\(name), speed (world units/s)"
    case "r": "\(name), radius or half-side (world units)"
    default: name
    }
  }
}
