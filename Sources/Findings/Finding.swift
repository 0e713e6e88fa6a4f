import Foundation
import Measures

/// All that an experiment found: what a report shows, and what is committed as a result.
///
/// A folder of results holds it as `finding.json`; the clips are files beside it.
public struct Finding: Codable, Hashable, Sendable {
  /// The format's version.
  public static let currentVersion = 1
  /// The version of the format it was written in.
  public var version = Finding.currentVersion
  /// The experiment's name, such as `figure-7`.
  public var experiment: String
  /// What it is about.
  public var title: String
  /// What the paper says, in its words or nearly.
  public var paper: String
  /// How the experiment asks it.
  public var method: String
  /// The scale it was run at.
  public var scale: String
  /// Training seeds.
  public var seeds: [UInt64]
  /// What was trained.
  public var arms: [TrainedArm]
  /// The claims with their verdicts.
  public var claims: [ClaimResult]
  /// The figures, the paper's first.
  public var figures: [FigureContent]
  /// Numbers as tables.
  public var tables: [FindingTable]
  /// Videos, truth over generated.
  public var clips: [FindingClip]
  /// What a reader must know to trust the numbers.
  public var notes: [String]
  /// Where the time went.
  public var time: FindingTime
  /// Version, libtorch, processor, cores, date.
  public var provenance: [String: String]

  /// An arm that was trained.
  public struct TrainedArm: Codable, Hashable, Sendable {
    /// Name and description.
    public var name, title: String
    /// The start of its content's address, by seed.
    public var addresses: [String]
    /// Where its training videos come from.
    public var set: String
    /// Training videos, weights and steps.
    public var videos, parameters, steps: Int
    /// Wall seconds of training, by seed.
    public var seconds: [Double]

    /// An arm from its parts.
    public init(
      name: String, title: String, addresses: [String], set: String, videos: Int, parameters: Int,
      steps: Int, seconds: [Double]
    ) {
      self.name = name
      self.title = title
      self.addresses = addresses
      self.set = set
      self.videos = videos
      self.parameters = parameters
      self.steps = steps
      self.seconds = seconds
    }
  }

  /// A finding from its parts.
  public init(
    experiment: String, title: String, paper: String, method: String, scale: String,
    seeds: [UInt64], arms: [TrainedArm], claims: [ClaimResult], figures: [FigureContent],
    tables: [FindingTable], clips: [FindingClip], notes: [String], time: FindingTime,
    provenance: [String: String]
  ) {
    self.experiment = experiment
    self.title = title
    self.paper = paper
    self.method = method
    self.scale = scale
    self.seeds = seeds
    self.arms = arms
    self.claims = claims
    self.figures = figures
    self.tables = tables
    self.clips = clips
    self.notes = notes
    self.time = time
    self.provenance = provenance
  }

  /// The verdict over all claims: fails as soon as one fails, holds when all hold.
  public var verdict: ClaimVerdict {
    if claims.contains(where: { $0.verdict == .fails }) { return .fails }
    return claims.isEmpty || claims.contains { $0.verdict == .undecided } ? .undecided : .holds
  }
}

/// A table of a finding: texts, ready to be set in any format.
public struct FindingTable: Codable, Hashable, Sendable {
  /// A file name without extension that stays, such as `errors`.
  public var name: String
  /// The heading.
  public var title: String
  /// Names of the columns.
  public var columns: [String]
  /// The cells, row by row.
  public var rows: [[String]]

  /// A table from its parts.
  public init(name: String, title: String, columns: [String], rows: [[String]]) {
    self.name = name
    self.title = title
    self.columns = columns
    self.rows = rows
  }
}

/// A video of a finding: the truth over what was generated.
public struct FindingClip: Codable, Hashable, Sendable {
  /// `worst`, `median` or `best`, and of what.
  public var label: String
  /// Scene and error.
  public var caption: String
  /// The file beside `finding.json`, such as `clips/inside-worst.mp4`.
  public var file: String

  /// A clip.
  public init(label: String, caption: String, file: String) {
    self.label = label
    self.caption = caption
    self.file = file
  }
}

/// Where the time of an experiment went, wall seconds of work that was really done, whenever that was.
public struct FindingTime: Codable, Hashable, Sendable {
  /// Training with its data, sampling, measuring, and all of this program's time together.
  public var training, sampling, measuring, total: Double

  /// Seconds by kind.
  public init(training: Double = 0, sampling: Double = 0, measuring: Double = 0, total: Double = 0)
  {
    self.training = training
    self.sampling = sampling
    self.measuring = measuring
    self.total = total
  }

  /// The share outside training, sampling and measuring.
  public var overhead: Double {
    total > 0 ? max(total - training - sampling - measuring, 0) / total : 0
  }
}
