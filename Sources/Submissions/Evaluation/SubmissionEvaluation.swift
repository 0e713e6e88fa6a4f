import Datasets
import Foundation
import Measures
import Videos

/// Scores a folder of videos against the scenes of a split, video by video and on several threads.
///
/// Whatever is wrong with single videos is listed, with file and cause, and the rest is scored.
/// Finished scores are kept in the output folder: a run that was interrupted goes on where it was,
/// and one with more or corrected files scores only those. The numbers depend neither on threads nor
/// on interruptions. In memory are the places of files and scores, a few frames for each thread, and
/// at the end the numbers that are averaged.
public struct SubmissionEvaluation: Sendable {
  /// Videos between two notes of progress, for each thread.
  private static let batch = 16

  /// The videos.
  public let videos: URL
  /// The scenes.
  public let split: SceneSplit
  /// Where everything is written.
  public let output: URL
  /// The settings.
  public let settings: EvaluationSettings
  /// The model's name, for documents and tables.
  public var model: String?
  /// Number of threads.
  public var threads = 1
  /// Facts about the program for the document.
  public var provenance: [String: String] = [:]
  private let ruler: any SceneRuler

  /// An evaluation.
  ///
  /// - Throws: ``SubmissionError/request(_:)`` for options that contradict the split.
  public init(
    of videos: URL, on split: SceneSplit, ruler: some SceneRuler, to output: URL,
    mapping: MappingOptions = MappingOptions(), floors: Bool = true
  ) throws(SubmissionError) {
    try mapping.validate(frames: split.frames)
    self.videos = videos
    self.split = split
    self.ruler = ruler
    self.output = output
    settings = EvaluationSettings(
      split: split.identity, mapping: mapping, ruler: ruler.identity, floors: floors)
  }

  /// Scores what is not scored yet and writes all results.
  ///
  /// - Parameters:
  ///   - failures: Why a program gave no answers, for the list of problems.
  ///   - progress: Gets the number of scenes that are done and that are to be done.
  ///   - isCancelled: Asked between batches.
  /// - Throws: ``SubmissionError``; problems of single videos are in the document instead.
  public func run(
    failures: [SubmissionProblem] = [],
    progress: (Int, Int) -> Void = { _, _ in }, isCancelled: () -> Bool = { false }
  ) throws -> EvaluationDocument {
    // A program that answered nothing has its failures listed, like one that answered little.
    let folder = try SubmissionFolder(videos, split: split, allowsNone: !failures.isEmpty)
    try OutputFolder.make(output)
    try claim()
    let log = try ScoresLog(in: output)
    let wanted = folder.entries.keys.sorted()
    log.keep { folder.entries[$0] != nil }
    let open = wanted.filter { index in
      guard let known = log.known[index], !known.hasProblem else { return true }
      return known.stamp != folder.entries[index]?.stamp(in: videos)
    }
    var done = wanted.count - open.count
    progress(done, wanted.count)
    let step = Self.batch * max(threads, 1)
    for start in stride(from: 0, to: open.count, by: step) {
      if isCancelled() { throw SubmissionError.interrupted(doing: "scoring") }
      let batch = open[start..<min(start + step, open.count)]
      let records = try Parallel.map(batch.indices, threads: threads) { place in
        folder.entries[batch[place]].map { score($0, index: batch[place]) }
      }
      try log.append(records.compactMap(\.self))
      done += batch.count
      progress(done, wanted.count)
    }
    try log.finish()
    return try summarise(folder, failures)
  }

  /// Writes the document and its tables, such as one to which numbers of the whole set were added.
  ///
  /// - Throws: ``SubmissionError/cannotWrite(path:cause:)``
  public func write(_ document: EvaluationDocument) throws(SubmissionError) {
    try EvaluationTables(document).write(to: output)
    try OutputFolder.write(json: document, to: EvaluationDocument.url(in: output))
  }

  /// The videos as they are scored, for whoever wants to look at them again.
  ///
  /// - Throws: ``SubmissionError``
  public func mappedVideos() throws(SubmissionError) -> MappedVideos {
    MappedVideos(
      try SubmissionFolder(videos, split: split), split: split, options: settings.mapping)
  }

  /// Writes the settings, or checks that they are those of the scores that are there.
  private func claim() throws {
    let url = output.appendingPathComponent("settings.json")
    guard RegularFile.facts(url) != nil else {
      return try OutputFolder.write(json: settings, to: url)
    }
    let found = try OutputFolder.read(EvaluationSettings.self, from: url)
    if let difference = found.difference(from: settings) {
      throw SubmissionError.setting(
        path: output.path, name: difference.name, found: difference.own, wanted: difference.other)
    }
  }

  /// The record of one scene; never fails.
  private func score(_ entry: SubmissionEntry, index: Int) -> EvaluationRecord {
    let id = split.id(of: index)
    let stamp = entry.stamp(in: videos)
    var score = SceneScore(
      id: id, index: index, level: nil, scenario: "", parameters: [:], measures: [:])
    do {
      let (scene, truth) = try split.scene(at: index)
      score.level = scene.level
      score.scenario = scene.scenario
      score.parameters = scene.parameters
      let mapped = try MappedVideo(
        entry, id: id, truth: RenderedTruth(scene.scene, truth), options: settings.mapping)
      func reading(_ video: Video, judged: Bool) throws -> SceneReading {
        try ruler.reading(
          of: video, truthVideo: mapped.truth, scene: scene, truth: truth, judged: judged)
      }
      let answer = try reading(mapped.video, judged: true)
      score.measures = answer.measures
      score.measures[MeasureName.conditionDifference] = mapped.conditionDifference
      var floors: [String: [String: Double]] = [:]
      if settings.floors {
        floors["ground_truth"] = try reading(mapped.truth, judged: false).measures
        floors["autoencoder"] = try mapped.reconstruction.map {
          try reading($0, judged: false).measures
        }
      }
      return EvaluationRecord(
        score: score, floors: floors, judgement: answer.judgement, file: entry.name, stamp: stamp,
        mapping: mapped.mapping.text)
    } catch {
      let problem =
        error as? SubmissionProblem
        ?? SubmissionProblem(.measure, id: id, file: entry.name, cause: "\(error)")
      score.measures = [:]
      return EvaluationRecord(score: score, file: entry.name, stamp: stamp, problem: problem)
    }
  }

  private func summarise(
    _ folder: SubmissionFolder, _ failures: [SubmissionProblem]
  ) throws -> EvaluationDocument {
    var problems = ProblemList()
    var columns = ScoreColumns()
    var tallies = OfficialTable.Kind.allCases.map(OfficialTally.init)
    try columns.add(output.appendingPathComponent("scores.jsonl"), threads: threads) { record in
      if let problem = record.problem { return problems.add(problem) }
      for index in tallies.indices { try tallies[index].add(record.score) }
    }
    for problem in folder.duplicates + failures + folder.surplus { problems.add(problem) }
    let answered = Set(folder.duplicates.compactMap(\.id))
    var listing = EvaluationDocument.Listing(
      ambiguous: answered.count, surplus: folder.surplus.count, otherFiles: folder.otherFiles,
      problems: problems.first)
    var missing = ""
    for place in 0..<split.count {
      let index = split.index(at: place)
      guard folder.entries[index] == nil else { continue }
      let id = split.id(of: index)
      guard !answered.contains(id) else { continue }
      listing.missingCount += 1
      if listing.missing.count < EvaluationDocument.listLimit { listing.missing.append(id) }
      missing += id + "\n"
    }
    let document = try EvaluationDocument(
      columns, listing, settings: settings, levels: split.levels, model: model, threads: threads,
      provenance: provenance)
    try write(document)
    try OutputFolder.write(missing, to: output.appendingPathComponent("missing.txt"))
    try OutputFolder.write(problems.lines, to: output.appendingPathComponent("problems.jsonl"))
    for tally in tallies where !tally.isEmpty {
      let table = OfficialTable(tally, model: model ?? videos.lastPathComponent)
      try OutputFolder.write(
        table.csv(), to: output.appendingPathComponent("official-\(tally.kind.rawValue).csv"))
    }
    return document
  }
}

/// All problems as lines of JSON, and the first ones.
private struct ProblemList {
  private(set) var first: [SubmissionProblem] = []
  private(set) var lines = Data()
  private let encoder = JSONEncoder()

  init() { encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes] }

  mutating func add(_ problem: SubmissionProblem) {
    if first.count < EvaluationDocument.listLimit { first.append(problem) }
    if let line = try? encoder.encode(problem) { lines += line + Data("\n".utf8) }
  }
}
