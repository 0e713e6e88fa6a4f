/// What stops a rating study.
///
/// Every description names the offending value and the remedy.
public enum RatingError: Error, Hashable, Sendable {
  /// The folder of clips is not there.
  case missingFolder(path: String)
  /// The folder holds nothing that can be shown.
  case noClips(folder: String, problems: Int)
  /// A clip that cannot be shown to a rater.
  case clip(file: String, cause: String)
  /// There is no study of this name.
  case missingStudy(file: String)
  /// The file is not a study of this program.
  case notAStudy(file: String, cause: String)
  /// The study cannot be read or written.
  case database(file: String, cause: String)
  /// The study asks another question or shuffles with another seed than was wanted.
  case otherSettings(file: String, setting: String, stored: String, wanted: String)
  /// A name that no rater can have.
  case raterName(String, cause: String)
  /// A rater who has not joined the study.
  case unknownRater(String)
  /// An identifier that belongs to no clip of the study.
  case unknownClip(String)
  /// An answer that the study's question does not offer.
  case unknownAnswer(String, offered: [String])
  /// The page cannot be served.
  case cannotListen(port: Int, cause: String)
  /// A file of verdicts that cannot be understood.
  case verdicts(file: String, cause: String)
  /// A file that cannot be written.
  case cannotWrite(file: String, cause: String)
}

extension RatingError: CustomStringConvertible {
  /// One sentence with the value and what to do.
  public var description: String {
    switch self {
    case .missingFolder(let path):
      "\(path): no such folder; give a folder of clips (mp4, gif or folders of png frames)"
    case .noClips(let folder, let problems):
      "\(folder): no clip that can be shown"
        + (problems > 0 ? " (\(problems) cannot be read)" : "")
        + "; put mp4 or gif files there, or one folder of png frames for each clip"
    case .clip(let file, let cause): "\(file): \(cause)"
    case .missingStudy(let file):
      "\(file): no such study; begin one with phyworld rate FOLDER, or name it with --study"
    case .notAStudy(let file, let cause):
      "\(file): not a study of this program: \(cause); choose another file with --study"
    case .database(let file, let cause): "\(file): \(cause)"
    case .otherSettings(let file, let setting, let stored, let wanted):
      "\(file) was begun with \(setting) \(stored), not \(wanted); "
        + "leave the option out, or begin another study with --study"
    case .raterName(let name, let cause): "rater name '\(name)': \(cause)"
    case .unknownRater(let name): "'\(name)' has not joined this study; sign in first"
    case .unknownClip(let id): "no clip '\(id)' in this study"
    case .unknownAnswer(let answer, let offered):
      "answer '\(answer)' is not offered; use one of \(offered.joined(separator: ", "))"
    case .cannotListen(let port, let cause):
      "port \(port) of 127.0.0.1 cannot be used: \(cause); choose another with --port, 0 for any"
    case .verdicts(let file, let cause):
      "\(file): \(cause); give a JSON object from clip to as_truth, lawful or wrong"
    case .cannotWrite(let file, let cause): "\(file): cannot be written: \(cause)"
    }
  }
}
