import Worlds

/// A plane curve x(t), y(t) of polynomials that fits points by least squares.
struct PolynomialFit {
  /// The coefficients of 1, t, t² …
  let coefficients: [Vector2]

  /// - Returns: nil where the times do not determine the polynomial.
  init?(_ points: [(time: Double, place: Vector2)], degree: Int) {
    let count = degree + 1
    guard points.count >= count else { return nil }
    // Normal equations, with both right-hand sides in the last two columns.
    var table = [[Double]](repeating: [Double](repeating: 0, count: count + 2), count: count)
    for (time, place) in points {
      var powers = [1.0]
      for _ in 0..<degree { powers.append((powers.last ?? 1) * time) }
      for row in 0..<count {
        for column in 0..<count { table[row][column] += powers[row] * powers[column] }
        table[row][count] += powers[row] * place.x
        table[row][count + 1] += powers[row] * place.y
      }
    }
    guard LinearSystem.reduce(&table) else { return nil }
    coefficients = table.map { Vector2(x: $0[count], y: $0[count + 1]) }
  }
}

/// Small systems of linear equations.
enum LinearSystem {
  /// Turns the left square of a table into the identity by Gauss-Jordan elimination with pivots, so
  /// that its other columns become the solutions; false where it is singular.
  static func reduce(_ table: inout [[Double]]) -> Bool {
    for column in table.indices {
      guard
        let pivot = (column..<table.count).max(by: {
          abs(table[$0][column]) < abs(table[$1][column])
        }), abs(table[pivot][column]) > 1e-12
      else { return false }
      table.swapAt(column, pivot)
      let scale = table[column][column]
      for other in table[column].indices { table[column][other] /= scale }
      for row in table.indices where row != column {
        let factor = table[row][column]
        guard factor != 0 else { continue }
        for other in table[row].indices { table[row][other] -= factor * table[column][other] }
      }
    }
    return true
  }
}
