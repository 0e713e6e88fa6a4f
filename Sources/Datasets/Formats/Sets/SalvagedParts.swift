import Foundation

/// The readable parts of a set with their numbers of videos; only a few are kept open.
struct SalvagedParts {
  /// Every open HDF5 file takes a file descriptor, of which a process has about a thousand.
  private static let maximumOpen = 64

  private var parts: [(url: URL, source: (any StoredVideoSource)?, first: Int, count: Int)] = []
  private var open = 0
  /// Number of videos of all parts.
  private(set) var count = 0

  /// Adds a part that has been opened.
  mutating func add(_ source: any StoredVideoSource, _ url: URL) {
    let videos = source.count ?? 0
    parts.append((url, open < Self.maximumOpen ? source : nil, count, videos))
    open += 1
    count += videos
  }

  /// Calls `body` with each part and those numbers in it that are among `samples` evenly spaced
  /// videos of the whole; nil stands for all. `body` returns whether to go on.
  func forEach(
    samples: Int?, _ body: (_ source: any StoredVideoSource, _ chosen: [Int]) -> Bool
  ) {
    for part in parts {
      let chosen = (0..<part.count).filter { isChosen(part.first + $0, samples) }
      guard !chosen.isEmpty, let source = part.source ?? DatasetSalvage.open(part.url).source else {
        continue
      }
      if !body(source, chosen) { return }
    }
  }

  private func isChosen(_ index: Int, _ samples: Int?) -> Bool {
    guard let samples, samples < count else { return true }
    // The first index of each of `samples` equal parts.
    return samples > 0 && (index == 0 || index * samples / count != (index - 1) * samples / count)
  }
}
