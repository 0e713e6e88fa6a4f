import Foundation

/// How the frames of a video file are stored.
public enum VideoQuality: Hashable, Sendable {
  /// H.264, yuv420p, at a constant rate factor of 0 (best) to 51; the official videos use 25.
  case h264(crf: Int)
  /// H.264 on RGB with quantiser 0: every byte comes back.
  case lossless
}

/// mp4 files through libavformat and libavcodec; reading also takes GIF and Matroska.
public enum VideoFile {
}
