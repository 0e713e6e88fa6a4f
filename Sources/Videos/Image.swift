/// One picture: 8-bit red, green and blue, row by row from the top.
public struct Image: Hashable, Sendable {
  /// Pixels in a row.
  public let width: Int
  /// Number of rows.
  public let height: Int
  /// `height * width * 3` bytes.
  public var bytes: [UInt8]

  /// A picture from its bytes.
  ///
  /// - Precondition: there are `height * width * 3` of them.
  public init(width: Int, height: Int, bytes: [UInt8]) {
    precondition(
      width >= 0 && height >= 0 && bytes.count == width * height * 3,
      "\(bytes.count) bytes are not a \(width) by \(height) RGB picture")
    self.width = width
    self.height = height
    self.bytes = bytes
  }

  /// A picture of one flat colour.
  public init(width: Int, height: Int, fill: (red: UInt8, green: UInt8, blue: UInt8)) {
    var bytes = [UInt8]()
    bytes.reserveCapacity(width * height * 3)
    for _ in 0..<(width * height) {
      bytes.append(fill.red)
      bytes.append(fill.green)
      bytes.append(fill.blue)
    }
    self.init(width: width, height: height, bytes: bytes)
  }
}

extension Image: CustomStringConvertible, CustomReflectable {
  /// The size, such as `Image(256 x 256)`.
  public var description: String { "Image(\(width) x \(height))" }

  /// The size without the bytes.
  public var customMirror: Mirror { Mirror(self, children: ["width": width, "height": height]) }
}
