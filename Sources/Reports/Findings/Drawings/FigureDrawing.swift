import Findings
import Videos

/// Draws a figure of a finding: inside a page, as an SVG file, as a picture.
public struct FigureDrawing: Sendable {
  private let figure: FigureContent

  /// The drawing of a figure.
  public init(_ figure: FigureContent) { self.figure = figure }

  /// The figure as an SVG element for a page, which supplies the style.
  ///
  /// - Parameters:
  ///   - width: Width in px at which text has its nominal size.
  ///   - identifier: Unique within the page; letters and digits.
  public func svg(width: Double = 720, identifier: String = "figure") -> String {
    let height = body.height(width: width)
    return """
      <svg class="plot" viewBox="0 0 \(px(width)) \(px(height))" role="img" \
      aria-label="\(escaped(figure.title))">
      \(body.content(width: width, height: height, identifier: identifier, top: 0))
      </svg>
      """
  }

  /// The figure with its title as a file of its own, readable on light and dark.
  public func svgFile(width: Double = 720) -> String {
    file(width: width, scale: 1, style: Stylesheet.file)
  }

  /// The figure with its title as a picture for light pages, twice as large as the SVG file.
  ///
  /// - Throws: `VideoError` where FFmpeg draws no SVG; see `ImageFile.drawsSVG`.
  public func image(width: Double = 720) throws(VideoError) -> Image {
    try ImageFile.image(
      svg: file(width: width, scale: 2, style: PageColors.light.writtenOut(Stylesheet.plot)),
      name: figure.name)
  }

  private func file(width: Double, scale: Double, style: String) -> String {
    let title = TextMeasure.lines(figure.title, width: width - 20, limit: 3, size: 15)
    let top = 12 + Double(title.count) * 20
    let height = body.height(width: width) + top
    let lines = title.enumerated().map { number, line in
      "<text class=\"title\" x=\"6\" y=\"\(px(20 + Double(number) * 20))\">\(escaped(line))</text>"
    }
    return """
      <svg class="plot" xmlns="http://www.w3.org/2000/svg" \
      viewBox="0 0 \(px(width)) \(px(height))" width="\(px(width * scale))" \
      height="\(px(height * scale))" role="img" aria-label="\(escaped(figure.title))">
      <style>
      \(style)</style>
      <rect class="paper" width="\(px(width))" height="\(px(height))"/>
      \(lines.joined(separator: "\n"))
      \(body.content(width: width, height: height, identifier: "figure", top: top))
      </svg>

      """
  }

  private var body: any DrawingBody {
    switch figure.drawing {
    case .chart(let chart): ChartDrawing(chart, title: figure.title)
    case .heatMap(let map): HeatMapDrawing(map)
    case .conflict(let conflict): ConflictDrawing(conflict)
    }
  }
}

/// What a kind of figure must be able to do.
protocol DrawingBody {
  /// The height that suits a width, px.
  func height(width: Double) -> Double
  /// Everything inside the SVG element, below `top`; `height` includes `top`.
  func content(width: Double, height: Double, identifier: String, top: Double) -> String
}
