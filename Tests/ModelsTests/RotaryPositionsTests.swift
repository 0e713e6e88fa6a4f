import Foundation
import Models
import Tensors
import Testing

@Suite struct RotaryPositionsTests {
  let positions = RotaryPositions(
    time: 3, height: 2, width: 2, headDimension: 8, timePeriod: 30, spacePeriod: 10)

  @Test func pairsTurnByTheirAxis() {
    let x = RandomStream(seed: 1).normal([12, 8])
    let input = x.doubles2D()
    let turned = positions(x).doubles2D()
    for t in 0..<3 {
      for row in 0..<2 {
        for column in 0..<2 {
          let token = (t * 2 + row) * 2 + column
          // Four pairs: two for time (periods 30^0, 30^½), one for height, one for width.
          let angles = [Double(t), Double(t) / 30.0.squareRoot(), Double(row), Double(column)]
          for (pair, angle) in angles.enumerated() {
            let (a, b) = (input[token][pair], input[token][pair + 4])
            #expect(abs(turned[token][pair] - (a * cos(angle) - b * sin(angle))) < 1e-5)
            #expect(abs(turned[token][pair + 4] - (a * sin(angle) + b * cos(angle))) < 1e-5)
          }
        }
      }
    }
  }

  @Test func productsDependOnDifferencesOnly() {
    let line = RotaryPositions(
      time: 8, height: 1, width: 1, headDimension: 16, timePeriod: 30, spacePeriod: 10)
    let stream = RandomStream(seed: 2)
    let q = line(stream.normal([1, 16]).expand([8, 16])).doubles2D()
    let k = line(stream.normal([1, 16]).expand([8, 16])).doubles2D()
    func product(_ i: Int, _ j: Int) -> Double { zip(q[i], k[j]).reduce(0) { $0 + $1.0 * $1.1 } }
    for shift in 1...3 {
      #expect(abs(product(0, 2) - product(shift, 2 + shift)) < 1e-4)
      #expect(abs(product(4, 1) - product(4 + shift, 1 + shift)) < 1e-4)
    }
    #expect(abs(product(0, 1) - product(0, 5)) > 1e-3)
  }

  @Test func packedFormIsThePlainForm() {
    let stream = RandomStream(seed: 3)
    let layer = Linear(16, 3 * 16, from: stream)
    let x = stream.normal([2, 12, 16])
    let packed = positions.attention(x, layer, heads: 2, normalise: true)
    let parts = layer(x).view([2, 12, 3, 2, 8]).permute([2, 0, 3, 1, 4]).unbind(0)
    let (q, k) = (positions(parts[0].rmsNorm()), positions(parts[1].rmsNorm()))
    let plain = Tensor.attention(q, k, parts[2]).transpose(1, 2).reshape([2, 12, 16])
    #expect(largestDifference(packed, plain) < 1e-5)
    let unturned = Tensor.attention(parts[0], parts[1], parts[2])
    #expect(largestDifference(packed, unturned.transpose(1, 2).reshape([2, 12, 16])) > 1e-2)
  }
}

extension Tensor {
  func doubles2D() -> [[Double]] {
    let width = size(1)
    let flat = contiguous().floats().map(Double.init)
    return stride(from: 0, to: flat.count, by: width).map { Array(flat[$0..<$0 + width]) }
  }
}
