import Foundation
import Models

/// What a person who finds a folder of weights wants to know: `README.md` beside them.
///
/// Holds nothing that depends on when or how fast a run was, so that two runs of one configuration have the same card.
public struct ModelCard: Hashable, Sendable {
  /// The file's name.
  public static let fileName = "README.md"

  /// A line of the table of facts.
  public struct Fact: Hashable, Sendable {
    /// What it is about.
    public var name: String
    /// What holds.
    public var value: String

    /// One line.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The heading.
  public var title: String
  /// What the model is, in a sentence or two.
  public var summary: String
  /// The table of facts.
  public var facts: [Fact]
  /// What each file of the folder holds.
  public var files: [Fact]
  /// How the model is used, as Markdown.
  public var use: String
  /// What it cannot do, as Markdown.
  public var limits: String

  /// A card with everything that belongs on one.
  public init(
    title: String, summary: String, facts: [Fact], files: [Fact], use: String, limits: String
  ) {
    self.title = title
    self.summary = summary
    self.facts = facts
    self.files = files
    self.use = use
    self.limits = limits
  }

  /// The card of a checkpoint.
  init(checkpointOf subject: some Trainable, _ state: TrainingState) {
    let optimizers = subject.optimizers.map { one in
      "\(one.name) at \(one.rate) for \(one.optimizer.parameters.count) tensors"
    }
    title = "Checkpoint after \(state.step) steps"
    summary =
      "\(subject.summary) A state of training in the middle of a run: it can be resumed exactly, and its "
      + "averaged weights can be used as a model."
    facts = [
      Fact("weights", "\(subject.weights.elementCount)"), Fact("steps", "\(state.step)"),
      Fact("examples a step", "\(subject.batch)"),
      Fact("optimisers", optimizers.joined(separator: "; ")),
      Fact(
        "data",
        state.data.map { "\($0.identity); \($0.videos) videos taken" } ?? "follow from config.json"),
    ]
    files =
      Self.weightFiles + [
        Fact("optimizer.safetensors", "the optimisers' state"),
        Fact("config.json", "everything that determines the training but data and number of steps"),
        Fact("state.json", "steps done, seconds of training, place in the data"),
      ]
    use = Self.python
    limits = "Training is not finished."
  }

  /// The files that every model has.
  public static let weightFiles = [
    Fact("model.safetensors", "weights as the last step left them, float32"),
    Fact("ema.safetensors", "their exponential moving average, which is what is sampled from"),
  ]

  /// How Python reads the weights.
  public static let python = """
    ```python
    from safetensors.torch import load_file
    weights = load_file("ema.safetensors")  # names as PyTorch would give them
    ```
    """

  /// The file's text, with the header that model hubs read.
  public var markdown: String {
    func table(_ head: String, _ rows: [Fact]) -> String {
      (["| \(head) | |", "|---|---|"] + rows.map { "| \(cell($0.name)) | \(cell($0.value)) |" })
        .joined(separator: "\n")
    }
    func cell(_ text: String) -> String {
      text.replacingOccurrences(of: "|", with: "\\|").replacingOccurrences(of: "\n", with: " ")
    }
    return """
      ---
      library_name: phyworld
      tags: [physics, world-model, video-generation, diffusion]
      ---
      # \(title)

      \(summary)

      \(table("fact", facts))

      ## Files

      \(table("file", files))

      ## Use

      \(use)

      ## Limits

      \(limits)

      """
  }
}
