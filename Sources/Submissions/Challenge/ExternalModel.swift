import Datasets
import Foundation
import Videos

/// Somebody's program that continues videos, run over a split.
///
/// In its command `{input}` (an mp4 of the given frames), `{frames}` (a folder of them as PNGs) and
/// `{output}` (the mp4 to write; a GIF, npy, npz or folder of PNGs of the same name will do) stand for
/// the files of one scene; or `{inputs}` (a folder with the files of many scenes and `ids.txt`) and
/// `{outputs}` (a folder to write `ID.mp4` … into) for a whole batch. `{size}`, `{total}`, `{given}`
/// and, for one scene, `{id}` are numbers and name. No shell is involved.
///
/// An answer counts once it has been read and mapped; then it is renamed into the folder of videos.
/// Scenes that have an answer there are not run again.
public struct ExternalModel: Sendable {
  /// What the program is called with and how long it may take.
  public struct Options: Sendable {
    /// Pixels along each side of the given frames.
    public var size = 256
    /// Longest time of one run, seconds.
    public var timeOut = 600.0
    /// Scenes of one run, where the command takes batches.
    public var batch = 32
    /// Runs at the same time.
    public var jobs = 1
    /// Runs without any answer, from the first on, after which no more are tried.
    public var patience = 10

    /// The usual options.
    public init() {}
  }

  private let words: [String]
  private let options: Options
  /// Whether the command takes many scenes at once.
  public let takesBatches: Bool

  /// A program by its command line.
  ///
  /// - Throws: ``SubmissionError/request(_:)``
  public init(command: String, options: Options = Options()) throws(SubmissionError) {
    words = try CommandWords.split(command)
    self.options = options
    takesBatches = command.contains("{outputs}")
    guard takesBatches || command.contains("{output}") else {
      throw .request(
        "the command '\(PrintableText.line(command))' names no place for the answer; add {output} "
          + "(one scene) or {outputs} (a batch)")
    }
    guard !takesBatches || !(command.contains("{output}") || command.contains("{input}")) else {
      throw .request("the command mixes {input} or {output} with {outputs}; use one kind")
    }
    guard FrameGeometry.sizes.contains(options.size) else {
      throw .request("frames of \(options.size) pixels are not given; choose 32, 64, 128 or 256")
    }
    guard options.timeOut > 0, options.timeOut <= 1e6, options.batch > 0, options.jobs > 0,
      options.patience > 0
    else { throw .request("time-out, batch, jobs and patience must be above 0") }
  }

  /// Runs the program on every scene that has no answer yet.
  ///
  /// - Parameters:
  ///   - videos: The folder of answers.
  ///   - mapping: How answers will be mapped.
  /// - Returns: why scenes have no answer.
  /// - Throws: ``SubmissionError``, among others when the program cannot be started at all.
  public func run(
    on split: SceneSplit, mapping: MappingOptions, to videos: URL,
    progress: (Int, Int) -> Void = { _, _ in }, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> [SubmissionProblem] {
    try mapping.validate(frames: split.frames)
    try OutputFolder.make(videos)
    let work = videos.deletingLastPathComponent()
      .appendingPathComponent(".\(videos.lastPathComponent).\(UUID().uuidString).work")
    defer { try? FileManager.default.removeItem(at: work) }
    let answered = (try? SubmissionFolder(videos, split: split))?.entries ?? [:]
    let open = (0..<split.count).map(split.index).filter { answered[$0] == nil }
    var problems: [SubmissionProblem] = []
    var done = split.count - open.count
    var isHopeless = true
    progress(done, split.count)
    let perRun = takesBatches ? options.batch : 1
    for start in stride(from: 0, to: open.count, by: perRun * options.jobs) {
      if isCancelled() { throw SubmissionError.interrupted(doing: "running the model") }
      if isHopeless, start / perRun >= options.patience {
        problems += open[start...].map { index in
          problem(
            split.id(of: index), "not tried: the first \(start / perRun) runs gave no answer")
        }
        break
      }
      let end = min(start + perRun * options.jobs, open.count)
      let runs = stride(from: start, to: end, by: perRun).map {
        Array(open[$0..<min($0 + perRun, end)])
      }
      let found = try Parallel.map(0..<runs.count, threads: options.jobs) { job in
        try run(
          runs[job], of: split, mapping: mapping, to: videos,
          in: work.appendingPathComponent("\(start)-\(job)"), isCancelled)
      }
      let failed = found.reduce(0) { $0 + $1.count }
      if failed < end - start { isHopeless = false }
      problems += found.joined()
      done += end - start
      progress(done, split.count)
    }
    return problems
  }

  /// One run of the program; returns the problems of its scenes.
  private func run(
    _ scenes: [Int], of split: SceneSplit, mapping: MappingOptions, to videos: URL, in work: URL,
    _ isCancelled: () -> Bool
  ) throws -> [SubmissionProblem] {
    let inputs = work.appendingPathComponent("inputs")
    let outputs = work.appendingPathComponent("outputs")
    try OutputFolder.make(inputs)
    try OutputFolder.make(outputs)
    defer { try? FileManager.default.removeItem(at: work) }
    let files = ConditionFiles(frames: mapping.conditionFrames, size: options.size)
    var truths: [Int: RenderedTruth] = [:]
    for index in scenes {
      let (scene, trajectory) = try split.scene(at: index)
      let truth = RenderedTruth(scene.scene, trajectory)
      truths[index] = truth
      try files.write(truth, id: split.id(of: index), to: inputs)
    }
    let ids = scenes.map { split.id(of: $0) + "\n" }.joined()
    try OutputFolder.write(ids, to: inputs.appendingPathComponent("ids.txt"))
    let outcome = try ExternalProcess.run(
      arguments(scenes, split, mapping, inputs, outputs), timeOut: options.timeOut,
      isCancelled: isCancelled)
    if outcome.ending == .cancelled {
      throw SubmissionError.interrupted(doing: "running the model")
    }
    // A program that crashed on its last scene has answered the others.
    let answers = (try? SubmissionFolder(outputs, split: split))?.entries ?? [:]
    return try scenes.compactMap { index -> SubmissionProblem? in
      let id = split.id(of: index)
      guard let truth = truths[index] else { return nil }
      guard takesBatches || outcome.ending.failure == nil, let answer = answers[index] else {
        let ending = outcome.ending.failure ?? "ended without an answer for this scene"
        return problem(id, ending + (outcome.tail.isEmpty ? "" : "; it said: \(outcome.tail)"))
      }
      do throws(SubmissionProblem) {
        _ = try MappedVideo(answer, id: id, truth: truth, options: mapping)
      } catch {
        return problem(id, "its answer is no use: \(error.cause)")
      }
      guard let file = answer.file else {
        return problem(id, "its answer lies in \(answer.name); one file per scene is wanted")
      }
      try Self.move(file, to: videos.appendingPathComponent(file.lastPathComponent))
      return nil
    }
  }

  private func arguments(
    _ scenes: [Int], _ split: SceneSplit, _ mapping: MappingOptions, _ inputs: URL, _ outputs: URL
  ) -> [String] {
    let id = split.id(of: scenes[0])
    let values: KeyValuePairs = [
      "{inputs}": inputs.path, "{outputs}": outputs.path, "{id}": id,
      "{input}": inputs.appendingPathComponent("\(id).mp4").path,
      "{frames}": inputs.appendingPathComponent(id).path,
      "{output}": outputs.appendingPathComponent("\(id).mp4").path,
      "{size}": "\(options.size)", "{total}": "\(split.frames)",
      "{given}": "\(mapping.conditionFrames)",
    ]
    return words.map { word in
      values.reduce(word) { $0.replacing($1.key, with: $1.value) }
    }
  }

  private func problem(_ id: String, _ cause: String) -> SubmissionProblem {
    SubmissionProblem(.program, id: id, file: id, cause: cause)
  }

  private static func move(_ file: URL, to target: URL) throws(SubmissionError) {
    do { try FileManager.default.moveItem(at: file, to: target) } catch {
      throw .cannotWrite(path: target.path, cause: error.localizedDescription)
    }
  }
}
