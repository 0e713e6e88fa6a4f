import Tensors
import Testing

@Suite struct NeuralNetworkTests {
  @Test func linear() {
    let (x, w, b) = (numbers([2, 3, 4]), numbers([5, 4], seed: 2), numbers([5], seed: 3))
    expectClose(x.linear(w, b), x.matmul(w.transpose(0, 1)) + b, 1e-12)
    expectClose(x.linear(w), x.matmul(w.transpose(0, 1)), 1e-12)
    expectGradients(of: [x, w, b]) { $0[0].linear($0[1], $0[2]) }
  }

  /// Output (o, y, x) is the sum over channels and the window, written out.
  @Test func conv2d() {
    let (x, w, b) = (numbers([2, 3, 5, 4]), numbers([2, 3, 3, 3], seed: 2), numbers([2], seed: 3))
    let output = x.conv2d(w, b, stride: 2, padding: 1)
    #expect(output.shape == [2, 2, 3, 2])
    let (input, weights, biases) = (x.doubles(), w.doubles(), b.doubles())
    var expected: [Double] = []
    for n in 0..<2 {
      for o in 0..<2 {
        for row in 0..<3 {
          for column in 0..<2 {
            var sum = biases[o]
            for c in 0..<3 {
              for i in 0..<3 {
                for j in 0..<3 {
                  let (y, z) = (row * 2 + i - 1, column * 2 + j - 1)
                  guard (0..<5).contains(y), (0..<4).contains(z) else { continue }
                  sum +=
                    input[((n * 3 + c) * 5 + y) * 4 + z] * weights[((o * 3 + c) * 3 + i) * 3 + j]
                }
              }
            }
            expected.append(sum)
          }
        }
      }
    }
    expectClose(output, Tensor(doubles: expected, [2, 2, 3, 2]), 1e-12)
    expectGradients(of: [x, w, b]) { $0[0].conv2d($0[1], $0[2], stride: 2, padding: 1) }
  }

  @Test func conv1dIsConv2dOfHeightOne() {
    let (x, w, b) = (numbers([2, 3, 6]), numbers([4, 3, 3], seed: 2), numbers([4], seed: 3))
    let flat = x.unsqueeze(2).conv2d(w.unsqueeze(2), b)
    expectClose(x.conv1d(w, b), flat.squeeze(2), 1e-12)
    #expect(x.conv1d(w, stride: 2, padding: 1).shape == [2, 4, 3])
    expectGradients(of: [x, w, b]) { $0[0].conv1d($0[1], $0[2], stride: 2, padding: 1) }
  }

  @Test func pixelShuffle() {
    let x = Tensor.arange(8).view([1, 4, 1, 2])
    #expect(x.pixelShuffle(2).shape == [1, 1, 2, 4])
    #expect(x.pixelShuffle(2).floats() == [0, 2, 1, 3, 4, 6, 5, 7])
    expectGradients(of: [numbers([2, 8, 2, 1])]) { $0[0].pixelShuffle(2) }
  }

  @Test func normalisation() {
    let (x, w, b) = (numbers([2, 3, 5]), numbers([5], seed: 2), numbers([5], seed: 3))
    let centred = x - x.mean([2], keepDims: true)
    let variance = centred.square().mean([2], keepDims: true)
    expectClose(x.layerNorm(eps: 1e-3), centred / (variance + 1e-3).sqrt(), 1e-12)
    expectClose(
      x.layerNorm(eps: 1e-3, weight: w, bias: b), x.layerNorm(eps: 1e-3) * w + b, 1e-12)
    let square = x.square().mean([2], keepDims: true)
    expectClose(x.rmsNorm(eps: 1e-3), x * (square + 1e-3).rsqrt(), 1e-12)
    expectGradients(of: [x, w, b]) { $0[0].layerNorm(weight: $0[1], bias: $0[2]) }
    expectGradients(of: [x]) { $0[0].layerNorm() }
    expectGradients(of: [x]) { $0[0].rmsNorm() }
  }

  @Test func attentionIsSoftmaxOfProducts() {
    let q = numbers([2, 3, 5, 4], seed: 1)
    let k = numbers([2, 3, 6, 4], seed: 2)
    let v = numbers([2, 3, 6, 4], seed: 3)
    let scores = q.matmul(k.transpose(2, 3)) / 2  // √4
    expectClose(Tensor.attention(q, k, v), scores.softmax(-1).matmul(v), 1e-12)
    expectGradients(of: [q, k, v]) { Tensor.attention($0[0], $0[1], $0[2]) }
  }

  @Test func meanSquaredError() {
    let (a, b) = (numbers([2, 3]), numbers([2, 3], seed: 2))
    expectClose(Tensor.mse(a, b), (a - b).square().mean(), 1e-12)
    expectGradients(of: [a, b]) { Tensor.mse($0[0], $0[1]) }
  }
}
