import Videos
import Worlds

/// A submitted video, ready to be scored, and the truth after the same mapping.
public struct MappedVideo: Sendable {
  /// The answer.
  public let video: Video
  /// What the model's autoencoder makes of the truth; only the official layout has it.
  public let reconstruction: Video?
  /// The true video by the same way: the floor.
  public let truth: Video
  /// What was done.
  public let mapping: FrameMapping
  /// How far the given frames are from the truth's: the sum of all differences over that of an empty
  /// picture. 0 is exact, 1 as wrong as nothing at all; NaN where no given frame was submitted.
  public let conditionDifference: Double
}

extension MappedVideo {
  /// Reads and maps the video of a scene.
  ///
  /// At most one submitted frame, and the frames at the scored size, are in memory.
  ///
  /// - Parameters:
  ///   - truth: What the scene looks like.
  ///   - name: What problems call the file.
  /// - Throws: ``SubmissionProblem``
  public init(
    _ entry: SubmissionEntry, id: String, truth: RenderedTruth, options: MappingOptions
  ) throws(SubmissionProblem) {
    do {
      try self.init(try entry.frames(), truth: truth, options: options)
    } catch {
      throw Self.problem(error, id: id, file: entry.name)
    }
  }

  private static func problem(_ error: any Error, id: String, file: String) -> SubmissionProblem {
    guard let failure = error as? FrameFailure else {
      return SubmissionProblem(.unreadable, id: id, file: file, cause: "\(error)")
    }
    return SubmissionProblem(failure.kind, id: id, file: file, cause: failure.cause)
  }

  init(
    _ source: some FrameSource, truth: RenderedTruth, options: MappingOptions
  ) throws {
    var collected: Collected?
    try source.forEachFrame { image in
      if collected == nil { collected = try Collected(image, truth: truth, options: options) }
      collected?.take(image)
      return (collected?.frames ?? 0) < FrameLimit.frames
    }
    guard let collected else { throw FrameFailure(.unreadable, "it holds no frames") }
    guard collected.frames < FrameLimit.frames else {
      throw FrameFailure(.length, "\(FrameLimit.frames) frames or more; that is no answer")
    }
    let timing = try FrameTiming(
      frames: collected.frames, stated: source.framesPerSecond, wanted: truth.frames,
      startsAtGivenFrames: collected.startsAtGivenFrames, options: options)
    // Empty pictures after the given frames are an answer, if a poor one; before them they are none.
    let holdsGiven = timing.prepended == 0 && options.conditionFrames > 0
    if let color = collected.flatColor, holdsGiven || min(color.0, color.1, color.2) < 250 {
      throw FrameFailure(
        .flat, "every frame is one flat colour (red \(color.0), green \(color.1), blue \(color.2))")
    }
    mapping = FrameMapping(geometry: collected.geometry, timing: timing)
    let truth = try collected.geometry.mapped(truth, scored: collected.truth)
      .prefix(frames: timing.prepended + timing.indices.count)
    video = truth.prefix(frames: timing.prepended) + collected.video(timing.indices, panel: 0)
    reconstruction = collected.geometry.hasPanels ? collected.video(timing.indices, panel: 1) : nil
    conditionDifference =
      timing.prepended > 0
      ? .nan : Self.difference(video, truth, frames: options.conditionFrames)
    self.truth = truth
  }

  private static func difference(_ video: Video, _ truth: Video, frames: Int) -> Double {
    var wrong = 0
    var ink = 0
    for byte in 0..<min(frames * truth.frameSize, truth.bytes.count, video.bytes.count) {
      wrong += abs(Int(video.bytes[byte]) - Int(truth.bytes[byte]))
      ink += 255 - Int(truth.bytes[byte])
    }
    return ink == 0 ? .nan : Double(wrong) / Double(ink)
  }
}

/// What a scene looks like, at any size.
public struct RenderedTruth: Sendable {
  /// The scene.
  public let scene: Scene
  /// Where its bodies are.
  public let trajectory: Trajectory
  private let renderer: Renderer

  /// The picture of a simulated scene.
  ///
  /// - Precondition: the trajectory has as many bodies as the scene.
  public init(_ scene: Scene, _ trajectory: Trajectory, renderer: Renderer = Renderer()) {
    self.scene = scene
    self.trajectory = trajectory
    self.renderer = renderer
  }

  /// Number of frames.
  public var frames: Int { trajectory.frameCount }

  /// The video, rendered at 256 pixels and averaged.
  ///
  /// - Throws: `VideoError` for a size that does not divide 256.
  public func video(size: Int) throws(VideoError) -> Video {
    try renderer.render(scene, trajectory, averagedTo: size)
  }
}

/// The frames of a submitted video at the scored size.
private struct Collected {
  private(set) var geometry: FrameGeometry
  private(set) var frames = 0
  /// Whether the first frame clearly shows the first given one, not the first after them.
  private(set) var startsAtGivenFrames = true
  /// The colour of all pixels so far; nil as soon as there are two.
  private(set) var flatColor: (UInt8, UInt8, UInt8)?
  /// The true video at the scored size.
  let truth: Video
  private var answer: [UInt8] = []
  private var reconstruction: [UInt8] = []

  /// Decides the geometry by the first frame.
  init(_ first: Image, truth rendered: RenderedTruth, options: MappingOptions) throws {
    geometry = try FrameGeometry(width: first.width, height: first.height, options: options)
    truth = try rendered.video(size: geometry.size)
    let given = truth.frame(0)
    let next = truth.frame(min(options.conditionFrames, truth.frames - 1))
    if options.fit == .automatic, geometry.isOblong {
      let misfits = [false, true].map { crops in
        geometry.crops = crops
        let picture = geometry.picture(first)
        return min(picture.difference(from: given), picture.difference(from: next))
      }
      geometry.crops = misfits[1] < misfits[0]
    }
    let picture = geometry.picture(first)
    // When in doubt it is the frame that was asked for.
    startsAtGivenFrames = 2 * picture.difference(from: given) < picture.difference(from: next)
    flatColor = first.bytes.count >= 3 ? (first.bytes[0], first.bytes[1], first.bytes[2]) : nil
  }

  mutating func take(_ image: Image) {
    frames += 1
    answer += geometry.picture(image).bytes
    if geometry.hasPanels { reconstruction += geometry.picture(image, panel: 1).bytes }
    if let color = flatColor, !image.isFlat(color) { flatColor = nil }
  }

  func video(_ indices: [Int], panel: Int) -> Video {
    let size = geometry.size
    return Video(
      frames: frames, height: size, width: size, bytes: panel == 0 ? answer : reconstruction
    ).selecting(indices)
  }
}

extension Image {
  /// Whether all pixels have a colour, but for a grey level that coding may change.
  fileprivate func isFlat(_ color: (UInt8, UInt8, UInt8)) -> Bool {
    let levels = [Int(color.0), Int(color.1), Int(color.2)]
    for pixel in stride(from: 0, to: bytes.count, by: 3) {
      for channel in 0..<3 where abs(Int(bytes[pixel + channel]) - levels[channel]) > 1 {
        return false
      }
    }
    return true
  }
}

extension Video {
  /// Two videos of one size, one after the other.
  fileprivate static func + (first: Video, second: Video) -> Video {
    first.frames == 0
      ? second
      : Video(
        frames: first.frames + second.frames, height: second.height, width: second.width,
        bytes: first.bytes + second.bytes)
  }
}
