import Tensors
import Testing

@Suite struct MuonTests {
  /// Rows of numbers, and only what Newton–Schulz needs.
  struct Matrix {
    var rows: [[Double]]

    init(_ tensor: Tensor) { rows = tensor.unbind(0).map { $0.doubles() } }
    init(_ rows: [[Double]]) { self.rows = rows }

    var transposed: Matrix {
      Matrix(rows[0].indices.map { j in rows.map { $0[j] } })
    }

    static func * (a: Matrix, b: Matrix) -> Matrix {
      let columns = b.transposed.rows
      return Matrix(a.rows.map { r in columns.map { c in zip(r, c).map(*).reduce(0, +) } })
    }

    func combined(_ s: Double, _ b: Matrix, _ t: Double) -> Matrix {
      Matrix(zip(rows, b.rows).map { zip($0, $1).map { s * $0 + t * $1 } })
    }

    /// Five steps of X ← a X + (b A + c A²) X, A = X Xᵀ, on the side with fewer rows.
    func orthogonalised() -> Matrix {
      if rows.count > rows[0].count { return transposed.orthogonalised().transposed }
      let norm = rows.joined().map { $0 * $0 }.reduce(0, +).squareRoot()
      var x = combined(1 / (norm + 1e-7), self, 0)
      for _ in 0..<5 {
        let a = x * x.transposed
        x = x.combined(3.4445, a.combined(-4.7750, a * a, 2.0315) * x, 1)
      }
      return x
    }
  }

  @Test(arguments: [[6, 4], [4, 6], [8, 8], [40, 10]]) func singularValuesComeNearOne(shape: [Int])
  {
    let g = RandomStream(seed: 4).normal(shape, dtype: .float64)
    let x = Muon.orthogonalised(g.unsqueeze(0)).squeeze(0)
    let wide = shape[0] > shape[1] ? x.transpose(0, 1) : x
    let values = wide.matmul(wide.transpose(0, 1)).eigh().values.sqrt().doubles()
    #expect(values.allSatisfy { (0.6...1.3).contains($0) }, "\(values)")
    let plain = wide.matmul(wide.transpose(0, 1))
    #expect(plain.shape == [shape.min() ?? 0, shape.min() ?? 0])
    expectClose(x, Tensor(doubles: Array(Matrix(g).orthogonalised().rows.joined()), shape), 1e-10)
  }

  /// Two steps with decay for a tall, a wide and a packed q, k, v matrix and a convolution.
  @Test(arguments: [[8, 2], [3, 5], [12, 4], [4, 2, 3, 3]]) func matchesAPlainVersion(shape: [Int])
  {
    let start = numbers(shape)
    let parameter = (start + 0).requiresGrad()
    let optimizer = Muon([("w", parameter)], lr: 0.1, momentum: 0.9, weightDecay: 0.2)
    let flat = [shape[0], shape.dropFirst().reduce(1, *)]
    var value = Matrix(start.reshape(flat))
    var buffer = value.combined(0, value, 0)
    for step in 1...2 {
      let gradient = numbers(shape, seed: UInt64(step) + 20)
      parameter.grad = gradient
      optimizer.step()
      let g = Matrix(gradient.reshape(flat))
      buffer = buffer.combined(0.9, g, 0.1)
      let update = g.combined(0.1, buffer, 0.9)
      let (rows, columns) = (flat[0], flat[1])
      let direction: Matrix
      var scale = 1.0
      if rows == 3 * columns {
        direction = Matrix(
          (0..<3).flatMap { part in
            Matrix(Array(update.rows[part * columns..<(part + 1) * columns])).orthogonalised().rows
          })
      } else {
        direction = update.orthogonalised()
        scale = max(1, Double(rows) / Double(columns)).squareRoot()
      }
      value = value.combined(1 - 0.1 * 0.2, direction, -0.1 * scale)
    }
    expectClose(parameter, Tensor(doubles: Array(value.rows.joined()), shape), 1e-10)
  }

  @Test func aParameterWithoutGradientStays() {
    let w = Tensor.ones([2, 2]).requiresGrad()
    Muon([("w", w)], weightDecay: 0.5).step()
    #expect(w.floats() == [1, 1, 1, 1])
  }
}
