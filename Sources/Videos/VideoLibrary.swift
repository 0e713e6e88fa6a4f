import CFFmpeg

/// What the FFmpeg libraries in use can do.
public enum VideoLibrary {
  /// libavcodec's version, "59.37.100".
  public static var version: String {
    let number = avcodec_version()
    return "\(number >> 16).\(number >> 8 & 255).\(number & 255)"
  }

  /// Those of the encoders that this program uses which the libraries have.
  public static var encoders: [String] {
    ["libx264", "libx264rgb", "png", "gif"].filter { avcodec_find_encoder_by_name($0) != nil }
  }
}
