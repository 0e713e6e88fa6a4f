/// What the page and the server say to each other, as JSON.
enum Messages {
  /// One of the answers that the question offers.
  struct OfferedAnswer: Codable, Hashable, Sendable {
    var id: Answer
    var label: String
  }

  /// What the page must know before a rater signs in.
  struct StudyOutline: Codable, Hashable, Sendable {
    var title: String
    var guidance: String
    var answers: [OfferedAnswer]
    /// Who may take part; nil where anyone may.
    var raters: [String]?
    var showsTruth: Bool
  }

  /// A rater signs in.
  struct SignIn: Codable, Hashable, Sendable {
    var name: String
  }

  /// A clip as the page knows it: nothing but an identifier.
  struct ClipState: Codable, Hashable, Sendable {
    var id: String
    /// This rater's present answer.
    var answer: Answer?
  }

  /// A rater's clips in the rater's order.
  struct Assignment: Codable, Hashable, Sendable {
    var rater: String
    var clips: [ClipState]
  }

  /// Why a request was refused.
  struct Refusal: Codable, Hashable, Sendable {
    var error: String
  }
}
