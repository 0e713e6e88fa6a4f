import Foundation

/// What an automatic judge says about clips, to be held against what people say.
public struct JudgeVerdicts: Hashable, Sendable {
  /// Clip to verdict: ``Answer/asTruth``, ``Answer/lawful`` or ``Answer/wrong``. A clip is named by
  /// its path within the folder of clips, with or without extension.
  public var verdicts: [String: Answer]

  /// Verdicts by clip.
  public init(_ verdicts: [String: Answer]) { self.verdicts = verdicts }

  /// Reads verdicts from JSON: an object from clip to verdict, where a verdict is a text or an object
  /// with the key `verdict`; or lines of objects with `id` and `verdict`,
  /// such as an evaluation's `scores.jsonl`, whose videos without a score are left out.
  ///
  /// - Throws: ``RatingError/verdicts(file:cause:)``
  public init(contentsOf file: URL) throws(RatingError) {
    let data: Data
    do { data = try Data(contentsOf: file) } catch {
      throw .verdicts(file: file.path, cause: error.localizedDescription)
    }
    var verdicts: [String: Answer] = [:]
    do {
      if let map = try? JSONDecoder().decode([String: Entry].self, from: data) {
        for (clip, entry) in map { verdicts[clip] = try entry.answer(clip) }
      } else {
        for (number, line) in data.split(separator: UInt8(ascii: "\n")).enumerated() {
          let place = "line \(number + 1)"
          guard let entry = try? JSONDecoder().decode(Entry.self, from: Data(line)) else {
            throw Problem(text: "\(place) is not an object with id and verdict")
          }
          if entry.isWithoutScore { continue }
          guard let id = entry.id else { throw Problem(text: "\(place) has no id") }
          verdicts[id] = try entry.answer(id)
        }
      }
    } catch {
      throw .verdicts(file: file.path, cause: (error as? Problem)?.text ?? "\(error)")
    }
    guard !verdicts.isEmpty else { throw .verdicts(file: file.path, cause: "no verdicts") }
    self.init(verdicts)
  }

  /// The verdict on a clip in the terms of a question.
  func answer(about source: String, asked question: Question) -> Answer? {
    let stem = (source as NSString).deletingPathExtension
    guard let verdict = verdicts[source] ?? verdicts[stem] else { return nil }
    switch question {
    case .types: return verdict
    case .obeys: return verdict.isAbnormal ? .violates : .obeys
    }
  }

  private struct Problem: Error { var text: String }

  /// A verdict as a text, or within an object.
  private struct Entry: Decodable {
    var id: String?
    var verdict: String?
    var isWithoutScore = false

    private enum CodingKeys: String, CodingKey { case id, verdict, judgement, problem }

    init(from decoder: any Decoder) throws {
      if let text = try? decoder.singleValueContainer().decode(String.self) {
        verdict = text
      } else {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decodeIfPresent(String.self, forKey: .id)
        verdict =
          try values.decodeIfPresent(String.self, forKey: .verdict)
          ?? values.decodeIfPresent(Entry.self, forKey: .judgement)?.verdict
        isWithoutScore = verdict == nil && values.contains(.problem)
      }
    }

    func answer(_ clip: String) throws(Problem) -> Answer {
      switch verdict {
      case "as_truth", "asTruth": return .asTruth
      case "lawful": return .lawful
      case "wrong": return .wrong
      case let other?: throw Problem(text: "clip '\(clip)' has the unknown verdict '\(other)'")
      case nil: throw Problem(text: "clip '\(clip)' has no verdict")
      }
    }
  }
}
