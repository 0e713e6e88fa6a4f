extension Scene {
  /// The distance of two pixel centres in the official picture of 256 by 256 pixels, world units.
  public static let pixel = extent / 255
}
