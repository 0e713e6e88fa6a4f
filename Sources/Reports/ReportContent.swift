import Foundation
import Measures

/// All that a report shows: plain values, so that it can be built anywhere and tested easily.
public struct ReportContent: Sendable {
  /// Heading of the report, such as the name of the run.
  public var title: String
  /// The scenario in words, "uniform motion".
  public var scenario: String
  /// The law in question, "the law of inertia".
  public var lawName: String
  /// Model, scale and data in a line.
  public var summary: String
  /// The numbers.
  public var metrics: MetricsDocument
  /// The model's records, for the figure of speeds.
  public var scores: [VideoScore]
  /// Floor name to its records on the same scenes.
  public var floorScores: [String: [VideoScore]]
  /// Speeds the model trained on, world units/s.
  public var trainingSpeeds: ClosedRange<Double>
  /// Radii the model trained on, world units.
  public var trainingRadii: ClosedRange<Double>
  /// Level name to what it holds, "r 0.3–0.6".
  public var levelDescriptions: [String: String]
  /// Videos to show, in order.
  public var clips: [ReportClip]
  /// What the autoencoder must preserve, measured; empty when not given.
  public var gates: [Gate]
  /// Whether the latent keeps a spatial grid, as the paper's does; nil when not known.
  public var hasSpatialGrid: Bool?
  /// What the latent is, in a sentence or two.
  public var latentNote: String
  /// The same evaluation for other seeds: seed to its document.
  public var otherSeeds: [UInt64: MetricsDocument]
  /// The resolved configuration.
  public var configuration: String
  /// Name and value of each seed.
  public var seeds: [Entry]
  /// Version, libtorch, processor, threads.
  public var environment: [Entry]
  /// Name and seconds of each stage.
  public var timings: [Timing]

  /// A named value.
  public struct Entry: Hashable, Codable, Sendable {
    /// Name and value as shown.
    public var name, value: String

    /// Makes an entry.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A stage and how long it took.
  public struct Timing: Hashable, Codable, Sendable {
    /// Name of the stage.
    public var name: String
    /// Wall time, seconds.
    public var seconds: Double

    /// Makes a timing.
    public init(_ name: String, seconds: Double) {
      self.name = name
      self.seconds = seconds
    }
  }

  /// One thing the autoencoder must preserve.
  public struct Gate: Hashable, Codable, Sendable {
    /// What is measured, "squares read as squares".
    public var name: String
    /// What came out.
    public var value: Double
    /// What is asked for.
    public var limit: Double
    /// Whether it holds.
    public var passed: Bool

    /// Makes a gate.
    public init(_ name: String, value: Double, limit: Double, passed: Bool) {
      self.name = name
      self.value = value
      self.limit = limit
      self.passed = passed
    }
  }

  /// A report with the parts that every report has; the rest is set afterwards.
  public init(
    title: String, scenario: String = "uniform motion", lawName: String = "the law of inertia",
    metrics: MetricsDocument, scores: [VideoScore] = [],
    floorScores: [String: [VideoScore]] = [:]
  ) {
    self.title = title
    self.scenario = scenario
    self.lawName = lawName
    self.metrics = metrics
    self.scores = scores
    self.floorScores = floorScores
    summary = ""
    trainingSpeeds = 1...4
    trainingRadii = 0.7...1.4
    levelDescriptions = Levels.descriptions
    clips = []
    gates = []
    hasSpatialGrid = nil
    latentNote = ""
    otherSeeds = [:]
    configuration = ""
    seeds = []
    environment = []
    timings = []
  }

  /// The finding.
  public var answer: Answer { Answer(metrics: metrics, scores: scores, lawName: lawName) }
}
