import Foundation
import Measures
import Videos

/// One line of a leaderboard: the contents of one JSON file in its folder.
public struct LeaderboardEntry: Codable, Hashable, Sendable {
  /// Version of this layout.
  public var version = 1
  /// The model's name.
  public var model: String
  /// What exactly was run, such as a commit.
  public var commit: String?
  /// Anything a reader should know, such as the training set.
  public var note: String?
  /// Split, mapping and ruler.
  public var settings: EvaluationSettings
  /// Videos counted.
  public var counts: EvaluationDocument.Counts
  /// Levels in the order of tables.
  public var levels: [String]
  /// Level, then measure.
  public var measures: [String: EvaluationDocument.Measures]
  /// Level, then measure, of the truth by the same ruler.
  public var groundTruth: [String: EvaluationDocument.Measures]
  /// Level to verdicts.
  public var judgements: [String: EvaluationDocument.Judgements]
  /// Numbers of the whole set, such as `fvd`; nil in entries without any.
  public var setMeasures: [String: EvaluationDocument.SetMeasure]?

  enum CodingKeys: String, CodingKey {
    case version, model, commit, note, settings, counts, levels, measures, judgements
    case groundTruth = "ground_truth"
    case setMeasures = "set_measures"
  }

  /// The entry of an evaluation.
  public init(
    _ document: EvaluationDocument, model: String, commit: String? = nil, note: String? = nil
  ) {
    self.model = PrintableText.line(model, limit: 100)
    self.commit = commit.map { PrintableText.line($0, limit: 100) }
    self.note = note.map { PrintableText.line($0, limit: 300) }
    settings = document.settings
    counts = document.counts
    levels = document.levels
    measures = document.measures
    groundTruth = document.floors["ground_truth"] ?? [:]
    judgements = document.judgements
    setMeasures = document.setMeasures.isEmpty ? nil : document.setMeasures
  }

  /// The name of its file: letters and digits of the model's name, and a digest of what it is an entry
  /// of, so that the same evaluation again takes the place of the former.
  public var fileName: String {
    let plain = model.lowercased().unicodeScalars.map { scalar -> Character in
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      return isPlain ? Character(scalar) : "-"
    }
    let slug = String(plain).split(separator: "-").joined(separator: "-").prefix(40)
    let key = [
      model, commit ?? "", settings.split.name, settings.split.seed.map(String.init) ?? "",
      "\(settings.split.count)", "\(settings.split.frames)",
    ].joined(separator: "\u{0}")
    return "\(slug.isEmpty ? "model" : slug)-\(SHA256.digest(of: Data(key.utf8)).prefix(8)).json"
  }

  /// Writes the entry into a leaderboard's folder, in the place of a former one of the same model and
  /// scenes.
  ///
  /// - Returns: the file.
  /// - Throws: ``SubmissionError/cannotWrite(path:cause:)``
  @discardableResult
  public func write(to folder: URL) throws(SubmissionError) -> URL {
    try OutputFolder.make(folder)
    let url = folder.appendingPathComponent(fileName)
    try OutputFolder.write(json: self, to: url)
    return url
  }

  /// What keeps a file from being an entry; nil where nothing does.
  var fault: String? {
    if version != 1 { return "layout version \(version); this build knows version 1" }
    if model.isEmpty || model.count > 200 { return "a model's name of \(model.count) characters" }
    if levels.count > 100 { return "\(levels.count) levels" }
    let counted = [counts.scenes, counts.scored, counts.failed, counts.missing, counts.surplus]
    if counted.contains(where: { $0 < 0 }) || counts.scored > counts.scenes {
      return "\(counts.scored) scored of \(counts.scenes) scenes"
    }
    return nil
  }
}
