/// The videos of a submission by scene, each mapped when it is asked for.
public struct MappedVideos: Sendable {
  /// The scenes that have a video, by number.
  public let indices: [Int]
  private let folder: SubmissionFolder
  private let split: SceneSplit
  private let options: MappingOptions

  init(_ folder: SubmissionFolder, split: SceneSplit, options: MappingOptions) {
    self.folder = folder
    self.split = split
    self.options = options
    indices = folder.entries.keys.sorted()
  }

  /// A text for every video, in the order of `indices`, that changes when its file does.
  public var stamps: [String] {
    indices.map { "\(split.id(of: $0)) \(folder.entries[$0]?.stamp(in: folder.url) ?? "")" }
  }

  /// The video of scene `index` as it was scored, and the truth by the same mapping.
  ///
  /// - Throws: ``SubmissionProblem``, or what keeps the scene from being made.
  public func mapped(_ index: Int) throws -> MappedVideo {
    guard let entry = folder.entries[index] else {
      throw SubmissionProblem(
        .unreadable, id: split.id(of: index), file: folder.url.lastPathComponent,
        cause: "has no video of this scene")
    }
    let (scene, truth) = try split.scene(at: index)
    return try MappedVideo(
      entry, id: split.id(of: index), truth: RenderedTruth(scene.scene, truth), options: options)
  }
}
