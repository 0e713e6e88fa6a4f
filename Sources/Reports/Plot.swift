/// A figure: series over two axes, drawn as SVG.
public struct Plot: Sendable {
  /// A point, with an interval where one is known.
  public struct Point: Hashable, Sendable {
    /// Coordinates; a point that is not finite is left out.
    public var x, y: Double
    /// Ends of the error bar or band.
    public var low, high: Double?
    /// Shown when the pointer rests on it.
    public var note: String

    /// Makes a point.
    public init(
      _ x: Double, _ y: Double, low: Double? = nil, high: Double? = nil, note: String = ""
    ) {
      self.x = x
      self.y = y
      self.low = low
      self.high = high
      self.note = note
    }
  }

  /// How a series is drawn.
  public enum Style: Hashable, Sendable {
    /// Straight lines between points.
    case line
    /// Broken straight lines.
    case dashed
    /// A staircase: each value holds until the next.
    case step
    /// Filled dots.
    case dots
    /// Hollow dots.
    case rings
    /// Lines with dots on them.
    case lineAndDots
    /// Pillars from nothing; on an axis of names those of several series stand side by side.
    case bars
  }

  /// One data set with its name in the legend.
  public struct Series: Hashable, Sendable {
    /// Name in the legend; an empty name is not listed.
    public var name: String
    /// How it is drawn.
    public var style: Style
    /// Which colour of the palette: 1 … 5, or 0 for the quiet reference grey.
    public var color: Int
    /// The data.
    public var points: [Point]
    /// Whether intervals are drawn as a band instead of bars.
    public var band: Bool

    /// Makes a series.
    public init(
      _ name: String, style: Style, color: Int, points: [Point], band: Bool = false
    ) {
      self.name = name
      self.style = style
      self.color = color
      self.points = points
      self.band = band
    }
  }

  /// A range of x that is shaded and named, such as the training range.
  public struct Shade: Hashable, Sendable {
    /// Shaded range.
    public var range: ClosedRange<Double>
    /// Its name, written at the top; may be empty.
    public var label: String

    /// Makes a shaded range.
    public init(_ range: ClosedRange<Double>, label: String) {
      self.range = range
      self.label = label
    }
  }

  /// What the figure shows, for screen readers.
  public var title: String
  /// Horizontal axis.
  public var x: Axis
  /// Vertical axis.
  public var y: Axis
  /// The data, drawn in order.
  public var series: [Series]
  /// Shaded ranges of x, drawn first.
  public var shades: [Shade]
  /// What all shaded ranges are, for the legend; empty where each has its own label.
  public var shadeName: String

  /// Makes a figure.
  public init(
    title: String, x: Axis, y: Axis, series: [Series], shades: [Shade] = [],
    shadeName: String = ""
  ) {
    self.title = title
    self.x = x
    self.y = y
    self.series = series
    self.shades = shades
    self.shadeName = shadeName
  }
}
