import Worlds

/// A figure of a finding as plain numbers; `Reports` draws it.
public struct FigureContent: Codable, Hashable, Sendable {
  /// A file name without extension that stays, such as `speeds-hole-1.25-3.75`.
  public var name: String
  /// The heading.
  public var title: String
  /// What is to be seen, and the counts behind it.
  public var caption: String
  /// What is drawn.
  public var drawing: Drawing

  /// A figure from its parts.
  public init(name: String, title: String, caption: String, drawing: Drawing) {
    self.name = name
    self.title = title
    self.caption = caption
    self.drawing = drawing
  }

  /// What is drawn.
  public enum Drawing: Codable, Hashable, Sendable {
    /// Points and lines over two axes, such as generated over true speed with trained ranges shaded.
    case chart(ChartContent)
    /// Numbers over two parameters, such as the error over both balls' speeds.
    case heatMap(HeatMapContent)
    /// Combinations of two attributes with arrows from what was given to what was generated.
    case conflict(ConflictContent)
  }
}

/// Points and lines over two axes.
public struct ChartContent: Codable, Hashable, Sendable {
  /// One axis.
  public struct Axis: Codable, Hashable, Sendable {
    /// What it shows, with the unit.
    public var label: String
    /// Whether it is logarithmic.
    public var isLogarithmic: Bool
    /// Names of the places 0, 1, 2, … where the axis has names instead of numbers; empty for numbers.
    public var names: [String]

    /// An axis of numbers unless it is given names.
    public init(_ label: String, isLogarithmic: Bool = false, names: [String] = []) {
      self.label = label
      self.isLogarithmic = isLogarithmic
      self.names = names
    }
  }

  /// How a series is drawn.
  public enum Style: String, Codable, Hashable, Sendable {
    case dots, rings, line, dashed, lineAndDots, bars
  }

  /// One point, with an interval where there is one.
  public struct Point: Codable, Hashable, Sendable {
    /// Place.
    public var x, y: Double
    /// Ends of the interval of y.
    public var low, high: Double?
    /// What a reader sees who points at it.
    public var note: String

    /// A point.
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

  /// Points that belong together.
  public struct Series: Codable, Hashable, Sendable {
    /// Its name in the legend.
    public var name: String
    /// How it is drawn.
    public var style: Style
    /// 0 for quiet references, 1 for the main thing, 2 to 5 for others.
    public var color: Int
    /// The points.
    public var points: [Point]

    /// A series; points without a value are left out.
    public init(_ name: String, _ style: Style, color: Int, _ points: [Point]) {
      self.name = name
      self.style = style
      self.color = color
      self.points = points.filter { $0.x.isFinite && $0.y.isFinite }.map { point in
        var point = point
        point.low = point.low.flatMap { $0.isFinite ? $0 : nil }
        point.high = point.high.flatMap { $0.isFinite ? $0 : nil }
        return point
      }
    }
  }

  /// The axes.
  public var x, y: Axis
  /// The data, in the order of drawing.
  public var series: [Series]
  /// Ranges of x that training covers.
  public var trained: [ClosedRange<Double>]

  /// A chart from its parts.
  public init(x: Axis, y: Axis, series: [Series], trained: [ClosedRange<Double>] = []) {
    self.x = x
    self.y = y
    self.series = series
    self.trained = trained
  }
}

/// Numbers over two parameters.
public struct HeatMapContent: Codable, Hashable, Sendable {
  /// One cell.
  public struct Cell: Codable, Hashable, Sendable {
    /// What it covers.
    public var x, y: ClosedRange<Double>
    /// The mean in it.
    public var value: Double
    /// Videos in it.
    public var count: Int

    /// A cell.
    public init(x: ClosedRange<Double>, y: ClosedRange<Double>, value: Double, count: Int) {
      self.x = x
      self.y = y
      self.value = value
      self.count = count
    }
  }

  /// What the axes show.
  public var xLabel, yLabel: String
  /// What the colours show, with the unit.
  public var valueLabel: String
  /// The value of the darkest colour; larger ones look the same.
  public var top: Double
  /// The cells.
  public var cells: [Cell]
  /// Boxes that training covers, each (x, y), and boxes cut out of them.
  public var trained, holes: [[ClosedRange<Double>]]
  /// Corners of the convex hull of what training covers, in order.
  public var hull: [Vector2]

  /// A heat map from its parts.
  public init(
    xLabel: String, yLabel: String, valueLabel: String, top: Double, cells: [Cell],
    trained: [[ClosedRange<Double>]] = [], holes: [[ClosedRange<Double>]] = [],
    hull: [Vector2] = []
  ) {
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.valueLabel = valueLabel
    self.top = top
    self.cells = cells
    self.trained = trained
    self.holes = holes
    self.hull = hull
  }
}

/// Two attributes against each other: the four combinations, and what became of each.
public struct ConflictContent: Codable, Hashable, Sendable {
  /// One combination that was given.
  public struct Combination: Codable, Hashable, Sendable {
    /// Place in the matrix: the value of the first attribute across, of the second upwards.
    public var column, row: Int
    /// Whether training has it.
    public var isTrained: Bool
    /// Videos.
    public var count: Int
    /// Shares of the videos by where they ended, `[row][column]`; what is left over is neither.
    public var outcomes: [[Double]]

    /// A combination.
    public init(column: Int, row: Int, isTrained: Bool, count: Int, outcomes: [[Double]]) {
      self.column = column
      self.row = row
      self.isTrained = isTrained
      self.count = count
      self.outcomes = outcomes
    }
  }

  /// Names of the attributes: across, upwards.
  public var attributes: [String]
  /// Names of the two values of each.
  public var columns, rows: [String]
  /// The four combinations.
  public var combinations: [Combination]

  /// A matrix from its parts.
  public init(
    attributes: [String], columns: [String], rows: [String], combinations: [Combination]
  ) {
    self.attributes = attributes
    self.columns = columns
    self.rows = rows
    self.combinations = combinations
  }
}
