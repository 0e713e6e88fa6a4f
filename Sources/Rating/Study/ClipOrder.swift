import Worlds

/// The order in which a rater meets the clips: shuffled, different for each rater.
///
/// A clip's place follows from seed, rater and path, so that a rater goes on in the same order after
/// a restart, on another machine, and when clips were added or taken away.
enum ClipOrder {
  static func shuffled(_ clips: [Clip], rater: RaterName, seed: UInt64) -> [Clip] {
    clips.map { clip in
      var random = CounterRandom(
        recipe: "rating\n\(rater.key)\n\(clip.file.source)", seed: seed, index: 0)
      return (key: random.next(), clip: clip)
    }
    .sorted { ($0.key, $0.clip.file.source) < ($1.key, $1.clip.file.source) }
    .map(\.clip)
  }
}
