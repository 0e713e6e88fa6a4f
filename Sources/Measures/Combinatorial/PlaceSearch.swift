import Combinatorial
import Foundation

/// Finds the place of a body by climbing its score.
struct PlaceSearch {
  let footprint: Footprint
  let score: FootprintScore
  /// Scene units in a pixel.
  let pixel: Double

  /// A place with its score.
  struct Found {
    var place: BodyPlace
    var score: Double
  }

  /// Climbs from a place with steps that are halved whenever none of them helps.
  ///
  /// Steps go along and across the body, whose score is far steeper one way than the other.
  ///
  /// - Parameters:
  ///   - first, last: the first and the last step, pixels.
  ///   - resizing: whether the size is free too.
  func climb(
    from start: BodyPlace, first: Double = 4, last: Double = 0.05, resizing: Bool = false
  ) -> Found {
    var best = Found(place: start, score: score(footprint, start))
    var step = first * pixel
    while step >= last * pixel {
      let before = best.score
      for move in moves(resizing) {
        // A step that helps is taken again.
        for direction in [1.0, -1.0] {
          var helped = false
          while let next = better(than: best, move, direction * step) {
            best = next
            helped = true
          }
          if helped { break }
        }
      }
      if best.score <= before + 1e-4 { step /= 2 }
    }
    return best
  }

  /// Whether a place explains so much that the body is surely near it.
  func fits(_ place: BodyPlace) -> Bool {
    let area = score.explained(footprint, place).area
    return area > 0 && score(footprint, place) > 0.85 * area
  }

  private enum Move {
    case along, across, turn, resize
  }

  private func moves(_ resizing: Bool) -> [Move] {
    var moves: [Move] = [.along, .across]
    if !footprint.isRound { moves.append(.turn) }
    if resizing { moves.append(.resize) }
    return moves
  }

  private func better(than best: Found, _ move: Move, _ step: Double) -> Found? {
    var place = best.place
    switch move {
    case .along:
      place.x += step * cos(place.angle)
      place.y += step * sin(place.angle)
    case .across:
      place.x -= step * sin(place.angle)
      place.y += step * cos(place.angle)
    case .turn: place.angle += step / footprint.reach
    case .resize: place.scale += step / footprint.reach
    }
    guard (0.3...3).contains(place.scale) else { return nil }
    let found = score(footprint, place)
    return found > best.score + 1e-6 ? Found(place: place, score: found) : nil
  }

  /// The best of places on a grid over the whole picture, at several angles, each climbed from.
  func everywhere() -> Found? {
    let spacing = max(footprint.reach / 3, 2 * pixel)
    let angles = footprint.isRound ? [0] : (0..<16).map { Double($0) * .pi / 8 }
    var best: [Found] = []
    for y in stride(from: spacing / 2, to: CombinatorialScene.extent, by: spacing) {
      for x in stride(from: spacing / 2, to: CombinatorialScene.extent, by: spacing) {
        for angle in angles {
          let place = BodyPlace(x: x, y: y, angle: angle)
          best.append(Found(place: place, score: score(footprint, place)))
        }
      }
    }
    return best.sorted { $0.score > $1.score }.prefix(6).map { climb(from: $0.place, last: 0.5) }
      .max { $0.score < $1.score }.map { climb(from: $0.place, first: 1) }
  }
}
