import Videos

/// What gives the frames of one video, one after the other, so that only one has to be in memory.
protocol FrameSource {
  /// The frames a second that the source states; nil where it states none.
  var framesPerSecond: Double? { get }
  /// Hands over every frame in order, until `body` returns false.
  ///
  /// - Throws: ``FrameFailure``
  func forEachFrame(_ body: (Image) throws -> Bool) throws
}

/// Why frames cannot be had, without the name of the file, which the caller adds.
struct FrameFailure: Error, Equatable {
  var kind: SubmissionProblem.Kind
  var cause: String

  init(_ kind: SubmissionProblem.Kind, _ cause: String) {
    self.kind = kind
    self.cause = cause
  }
}

/// Limits that keep memory bounded whatever a file promises.
enum FrameLimit {
  /// The most pixels of one frame: 4096 by 4096.
  static let pixels = 4096 * 4096
  /// The most frames that are looked at.
  static let frames = 2000
  /// The most bytes of one file that is not read in place.
  static let fileBytes = 1 << 30
}
