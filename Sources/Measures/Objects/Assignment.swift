/// Which column goes with which row at the smallest total cost.
///
/// The Hungarian method (Kuhn, Munkres) with potentials, O(rows² · columns). Every row may also stay
/// alone, at a price; costs at or above it are never taken.
enum Assignment {
  /// The column of each row, nil where it stays alone.
  ///
  /// - Parameters:
  ///   - costs: `rows` times `columns` numbers ≥ 0, row by row.
  ///   - alone: the price of a row without a column.
  static func solve(
    rows: Int, columns: Int, costs: [Double], alone: Double
  ) -> [Int?] {
    if let simple = distinctMinima(rows: rows, columns: columns, costs: costs, alone: alone) {
      return simple
    }
    // A column for each row that stays alone; indices count from 1, 0 is the start of a path.
    let width = columns + rows
    func cost(_ row: Int, _ column: Int) -> Double {
      column > columns ? alone : min(costs[(row - 1) * columns + column - 1], alone)
    }
    var rowPotential = [Double](repeating: 0, count: rows + 1)
    var columnPotential = [Double](repeating: 0, count: width + 1)
    var rowOf = [Int](repeating: 0, count: width + 1)
    for start in 1...rows {
      var before = [Int](repeating: 0, count: width + 1)
      var slack = [Double](repeating: .infinity, count: width + 1)
      var visited = [Bool](repeating: false, count: width + 1)
      rowOf[0] = start
      var column = 0
      repeat {
        visited[column] = true
        let row = rowOf[column]
        var step = Double.infinity
        var next = 0
        for other in 1...width where !visited[other] {
          let reduced = cost(row, other) - rowPotential[row] - columnPotential[other]
          if reduced < slack[other] {
            slack[other] = reduced
            before[other] = column
          }
          if slack[other] < step {
            step = slack[other]
            next = other
          }
        }
        for other in 0...width {
          if visited[other] {
            rowPotential[rowOf[other]] += step
            columnPotential[other] -= step
          } else {
            slack[other] -= step
          }
        }
        column = next
      } while rowOf[column] != 0
      while column != 0 {
        rowOf[column] = rowOf[before[column]]
        column = before[column]
      }
    }
    var result = [Int?](repeating: nil, count: rows)
    for column in stride(from: 1, through: columns, by: 1) where rowOf[column] > 0 {
      let row = rowOf[column] - 1
      if costs[row * columns + column - 1] < alone { result[row] = column - 1 }
    }
    return result
  }

  /// The cheapest column of every row, where no two rows want the same one: the usual case.
  private static func distinctMinima(
    rows: Int, columns: Int, costs: [Double], alone: Double
  ) -> [Int?]? {
    var result = [Int?](repeating: nil, count: rows)
    for row in 0..<rows {
      var least = alone
      for column in 0..<columns where costs[row * columns + column] < least {
        least = costs[row * columns + column]
        result[row] = column
      }
      guard let wanted = result[row] else { continue }
      for other in 0..<row where result[other] == wanted { return nil }
    }
    return result
  }
}
