import Worlds

/// Names the colour of an object.
enum InkColor {
  /// The colour of which an object's mean pixel holds most, and its share of all that is not white.
  ///
  /// What no mixture of the inks explains, such as the green of a green ball, counts as another
  /// colour, so that the share of a colour that is none of the three is at most a half.
  static func color(of group: InkGroup) -> (BodyColor, confidence: Double) {
    let red = Double(group.channels[0])
    let green = Double(group.channels[1])
    let blue = Double(group.channels[2])
    let white = Double(group.count) * 255
    let shares = [red - green, blue - green, white - red - blue + green]
    let colors: [BodyColor] = [.red, .blue, .black]
    var best = 0
    for index in 1..<3 where shares[index] > shares[best] { best = index }
    let all = shares.reduce(0) { $0 + abs($1) }
    return (colors[best], all > 0 ? max(shares[best], 0) / all : 0)
  }
}
