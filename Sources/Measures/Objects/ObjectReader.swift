import Videos
import Worlds

/// Reads colour, shape, size and place of every object off the pixels of a frame.
///
/// Each pixel is a mixture of white, red, blue and black (`PixelInk`). Neighbouring pixels (corners
/// included) that are covered by ≥ `seed` of the same ink make an object; pixels around it count with
/// what is covered of them if that is ≥ `floor`. Where objects of different inks touch, the pixels
/// between them are shared. The centre is the centroid of the coverage, in the scale of `PixelGrid`;
/// the shape follows from its moments (`OutlineReader`), the colour from the mean of its pixels.
/// Nothing is assumed about the scene, and nothing outside of it is needed: any frame of any size is
/// read in time proportional to its pixels.
public struct ObjectReader: Hashable, Sendable {
  /// Edge at which frames were painted before averaging; fixes the scale (see `PixelGrid`).
  public var renderedSize: Int
  /// Smallest share of a pixel that makes it part of an object, 0.26 … 1.
  public var seed: Double
  /// Smallest coverage that counts on an object's rim, 0 … 1.
  public var floor: Double
  /// Smallest area of an object, square world units; default a disc of radius 0.1.
  public var minimumArea: Double
  /// The most objects of a frame, largest first.
  public var maximumObjects: Int

  /// A reader; the defaults suit frames of 32 pixels and more.
  ///
  /// - Precondition: `seed` is 0.26 to 1: paler objects are not looked for.
  public init(
    renderedSize: Int = 256, seed: Double = 0.3, floor: Double = 0.04, minimumArea: Double = 0.03,
    maximumObjects: Int = Scene.maximumBodies
  ) {
    precondition((0.26...1).contains(seed), "a seed of \(seed) is not between 0.26 and 1")
    self.renderedSize = renderedSize
    self.seed = seed
    self.floor = floor
    self.minimumArea = minimumArea
    self.maximumObjects = maximumObjects
  }

  /// The objects of one frame, largest first.
  ///
  /// - Precondition: the video has such a frame.
  public func objects(in video: Video, frame: Int) -> [SeenObject] {
    var scan = InkScan(seed: seed, floor: floor)
    return objects(in: video, frame: frame, &scan)
  }

  /// The objects of every frame, largest first.
  public func objects(in video: Video) -> [[SeenObject]] {
    var scan = InkScan(seed: seed, floor: floor)
    return (0..<video.frames).map { objects(in: video, frame: $0, &scan) }
  }

  /// The objects of one frame, found with memory that is used again.
  func objects(in video: Video, frame: Int, _ scan: inout InkScan) -> [SeenObject] {
    guard scan.read(video, frame: frame) else { return [] }
    let grid = PixelGrid(size: video.width, renderedSize: renderedSize)
    var seen: [SeenObject] = []
    for group in scan.groups(in: video, frame: frame) {
      guard group.moments.mass / 255 * grid.pixelArea >= minimumArea else { continue }
      seen.append(object(group, video, frame: frame, scan.area, grid))
    }
    if seen.count > 1 { seen.sort { $0.area > $1.area } }
    if seen.count > maximumObjects { seen.removeLast(seen.count - maximumObjects) }
    return seen
  }

  /// An object from its sums.
  private func object(
    _ group: InkGroup, _ video: Video, frame: Int, _ area: PixelArea, _ grid: PixelGrid
  ) -> SeenObject {
    let moments = CentralMoments(group.moments, full: 255)
    let columns =
      (Int(group.low.x) + area.columns.lowerBound)...(Int(group.high.x) + area.columns.lowerBound)
    let rows =
      (Int(group.low.y) + area.rows.lowerBound)...(Int(group.high.y) + area.rows.lowerBound)
    let (color, colorConfidence) = InkColor.color(of: group)
    let roundness = OutlineReader.roundness(of: moments)
    let outline = OutlineReader.Outline(
      roundness: roundness, aspect: OutlineReader.aspect(of: moments),
      middle: roundness > OutlineReader.ring
        ? middle(moments, group, video, frame: frame, area) : 1,
      isBlack: color == .black,
      cutsWidth: columns.lowerBound == 0 || columns.upperBound == video.width - 1,
      cutsHeight: rows.lowerBound == 0 || rows.upperBound == video.height - 1)
    let (shape, shapeConfidence) = OutlineReader.shape(of: outline)
    let size = OutlineSize(
      shape, outline, area: moments.area,
      box: SIMD2(Double(columns.count), Double(rows.count)))
    return SeenObject(
      position: Vector2(
        x: grid.world(moments.x + Double(area.columns.lowerBound)),
        y: grid.world(Double(video.height - 1 - area.rows.lowerBound) - moments.y)),
      area: moments.area * grid.pixelArea,
      halfExtent: Vector2(
        x: size.halfExtent.x * grid.spacing, y: size.halfExtent.y * grid.spacing),
      color: color, colorConfidence: colorConfidence, shape: shape,
      shapeConfidence: shapeConfidence, radius: size.radius * grid.spacing,
      isWhole: !outline.cutsWidth && !outline.cutsHeight)
  }

  /// Mean coverage around the centre over the mean coverage of the runs.
  private func middle(
    _ moments: CentralMoments, _ group: InkGroup, _ video: Video, frame: Int, _ area: PixelArea
  ) -> Double {
    let reach = Int(0.2 * (moments.xx + moments.yy).squareRoot())
    let (x, y) = (Int(moments.x.rounded()), Int(moments.y.rounded()))
    var sum = 0.0
    var count = 0.0
    video.bytes.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return }
      let window = InkWindow(start, video, frame: frame, area)
      for row in max(y - reach, 0)...min(y + reach, area.rows.count - 1) {
        for column in max(x - reach, 0)...min(x + reach, area.columns.count - 1) {
          sum += Double(window.ink(row: row, column: column).share(of: group.ink))
          count += 1
        }
      }
    }
    return sum / count / (group.moments.mass / Double(group.count))
  }
}
