/// Pieces of coverage that belong to no body.
enum TestbedSurplus {
  /// Coverage above which a pixel counts.
  static let threshold: Float = 0.6

  /// Pixels of the largest piece, neighbours side by side. Only pixels count all of whose four
  /// neighbours have some coverage too: a thin seam along an edge is an inexact fit, no object.
  static func largest(_ plane: [Float], size: Int) -> Double {
    var isFree = plane.map { $0 > threshold }
    var largest = 0
    var stack: [Int] = []
    for start in isFree.indices where isFree[start] {
      isFree[start] = false
      stack.append(start)
      var count = 0
      while let place = stack.popLast() {
        let (row, column) = place.quotientAndRemainder(dividingBy: size)
        var neighbours: [Int] = []
        if row > 0 { neighbours.append(place - size) }
        if row < size - 1 { neighbours.append(place + size) }
        if column > 0 { neighbours.append(place - 1) }
        if column < size - 1 { neighbours.append(place + 1) }
        if neighbours.allSatisfy({ plane[$0] > threshold / 2 }) { count += 1 }
        for next in neighbours where isFree[next] {
          isFree[next] = false
          stack.append(next)
        }
      }
      largest = max(largest, count)
    }
    return Double(largest)
  }
}
