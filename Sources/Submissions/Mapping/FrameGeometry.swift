import Videos

/// How the pictures of one video become the square pictures that are scored.
public struct FrameGeometry: Hashable, Sendable {
  /// The sizes at which videos are scored: the renderer's 256 and area averages of it.
  public static let sizes = [32, 64, 128, 256]

  /// Pixels in a row of the submitted picture.
  public let sourceWidth: Int
  /// Rows of the submitted picture.
  public let sourceHeight: Int
  /// Whether it is the official side by side: truth, autoencoder's reconstruction, answer.
  public let hasPanels: Bool
  /// Whether the middle square is cut out of a panel; else all of it is squeezed into a square.
  public var crops: Bool
  /// Pixels along each side of what is scored.
  public let size: Int

  /// The geometry of pictures of a size.
  ///
  /// - Throws: ``FrameFailure`` where they are too small.
  init(width: Int, height: Int, options: MappingOptions) throws(FrameFailure) {
    sourceWidth = width
    sourceHeight = height
    hasPanels = width == 3 * height
    crops = options.fit == .crop
    let side = min(hasPanels ? width / 3 : width, height)
    // Three quarters of a size are nearer to it than to its half.
    guard let nearest = Self.sizes.last(where: { 4 * side >= 3 * $0 }) else {
      throw FrameFailure(.size, "\(width) by \(height) pixels are too few; 24 by 24 are the least")
    }
    size = options.size ?? nearest
  }

  /// Pixels in a row of a panel, or of the picture where there are none.
  var panelWidth: Int { hasPanels ? sourceWidth / 3 : sourceWidth }
  /// Whether there is nothing to stretch or crop.
  var isSquare: Bool { panelWidth == sourceHeight }
  /// Whether a choice between stretching and cropping is worth a look: the sides differ by more than
  /// what codecs add to get even ones.
  var isOblong: Bool { abs(panelWidth - sourceHeight) * 50 > max(panelWidth, sourceHeight) }

  /// The picture that is scored: the last panel.
  func picture(_ image: Image) -> Image { picture(image, panel: hasPanels ? 2 : 0) }

  /// One panel as a square of the scored size.
  func picture(_ image: Image, panel: Int) -> Image {
    let start = panel * panelWidth
    let part =
      hasPanels ? image.columns(start..<start + panelWidth) : image
    return crops ? part.middleSquare().resized(width: size, height: size)
      : part.resized(width: size, height: size)
  }

  /// The true video after the way that a submitted one goes: from 256 pixels to the submitted size
  /// and from there to the scored one.
  ///
  /// - Parameter scored: the true video at the scored size.
  func mapped(_ truth: RenderedTruth, scored: Video) throws -> Video {
    let side = crops ? min(panelWidth, sourceHeight) : panelWidth
    let height = crops ? side : sourceHeight
    let full = Self.sizes[Self.sizes.count - 1]
    if side == height, side >= size, full.isMultiple(of: side) { return scored }
    return try truth.video(size: full).resized(width: side, height: height)
      .resized(width: size, height: size)
  }

  /// What is done, in words.
  public var text: String {
    var text = "\(sourceWidth) by \(sourceHeight) pixels"
    if hasPanels { text += ", the last of three panels" }
    if !isSquare { text += crops ? ", the middle square" : ", squeezed into a square" }
    let side = crops ? min(panelWidth, sourceHeight) : panelWidth
    guard side != size || !(isSquare || crops) else { return text }
    let isAverage = side.isMultiple(of: size) && (isSquare || crops)
    return text + ", \(isAverage ? "averaged" : "interpolated") to \(size) by \(size)"
  }
}

extension Image {
  /// The square in the middle.
  fileprivate func middleSquare() -> Image {
    if width == height { return self }
    let side = min(width, height)
    let left = (width - side) / 2
    let top = (height - side) / 2
    let rows = bytes[(top * width * 3)..<((top + side) * width * 3)]
    return Image(width: width, height: side, bytes: Array(rows)).columns(left..<left + side)
  }

  /// Mean absolute difference of two pictures of one size, grey levels.
  func difference(from other: Image) -> Double {
    var sum = 0
    for (a, b) in zip(bytes, other.bytes) { sum += abs(Int(a) - Int(b)) }
    return Double(sum) / Double(max(bytes.count, 1))
  }
}
