import Videos
import Worlds

/// Where the pixels of a rendered frame lie in the world.
///
/// The renderer paints column i of an N-pixel frame at world x = 10·i/(N − 1): pixel centres span
/// the whole world, edge to edge. Area-averaging k×k pixels into one makes block b the mean of
/// columns kb … kb+k−1, whose mean coordinate is
///
///     x(b) = 10·(k·b + (k − 1)/2) / (N − 1)
///
/// so neighbouring blocks are 10·k/(N − 1) apart, slightly more than 10/size, and the first block
/// starts at 10·(k − 1)/2/(N − 1). Rows follow the same rule counted from the bottom (y up).
public struct PixelGrid: Hashable, Sendable {
  /// Frame edge in pixels.
  public let size: Int
  /// Rendered pixels averaged into one, along each axis.
  public let factor: Int
  /// World distance between neighbouring pixels.
  public let spacing: Double
  /// World coordinate of pixel 0 (left column, or bottom row).
  public let origin: Double

  /// The grid of frames `size` pixels wide that were painted at `renderedSize` and averaged down.
  ///
  /// A size that does not divide `renderedSize` is taken as painted at that size.
  public init(size: Int, renderedSize: Int = 256) {
    let divides = size > 0 && renderedSize >= size && renderedSize % size == 0
    let painted = divides ? renderedSize : size
    self.size = size
    factor = divides ? renderedSize / size : 1
    let step = painted > 1 ? Scene.extent / Double(painted - 1) : Scene.extent
    spacing = Double(factor) * step
    origin = Double(factor - 1) / 2 * step
  }

  /// World coordinate of a (fractional) pixel index counted from the left or from the bottom.
  public func world(_ index: Double) -> Double { origin + spacing * index }

  /// World area that one pixel stands for.
  public var pixelArea: Double { spacing * spacing }
}
