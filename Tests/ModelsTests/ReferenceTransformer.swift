import Foundation
import Models
import Tensors

/// The transformer written out in plain loops over doubles, from its description and its named weights.
struct ReferenceTransformer {
  typealias Matrix = [[Double]]
  let c: VideoDiTConfiguration
  let weights: [String: Tensor]

  func weight(_ name: String) -> Matrix { (weights[name] ?? .zeros([1, 1])).doubles2D() }
  func vector(_ name: String) -> [Double] {
    (weights[name] ?? .zeros([1])).floats().map(Double.init)
  }

  func linear(_ x: [Double], _ name: String) -> [Double] {
    zip(weight("\(name).weight"), vector("\(name).bias")).map { row, bias in
      zip(row, x).reduce(bias) { $0 + $1.0 * $1.1 }
    }
  }

  func silu(_ x: Double) -> Double { x / (1 + exp(-x)) }
  func gelu(_ x: Double) -> Double {
    0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
  }
  func rms(_ x: [Double]) -> [Double] {
    let mean = x.reduce(0) { $0 + $1 * $1 } / Double(x.count)
    return x.map { $0 / (mean + 1e-6).squareRoot() }
  }
  func layer(_ x: [Double]) -> [Double] {
    let mean = x.reduce(0, +) / Double(x.count)
    let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
    return x.map { ($0 - mean) / (variance + 1e-6).squareRoot() }
  }
  func modulate(_ x: [Double], _ shift: [Double], _ scale: [Double]) -> [Double] {
    let normed = c.norm == .rms ? rms(x) : layer(x)
    return normed.indices.map { normed[$0] * (1 + scale[$0]) + shift[$0] }
  }

  /// Angles of a token's pairs: half for time, a quarter each for rows and columns.
  func angles(_ token: Int) -> [Double] {
    let (rows, columns) = (c.height / c.patch, c.breadth / c.patch)
    let place = [token / (rows * columns), token / columns % rows, token % columns]
    let pairs = c.width / c.heads / 2
    let counts = [pairs / 2, pairs / 4, pairs - pairs / 2 - pairs / 4]
    let periods = [c.rotaryTimePeriod, c.rotarySpacePeriod, c.rotarySpacePeriod]
    return (0..<3).flatMap { axis in
      (0..<counts[axis]).map {
        Double(place[axis]) * pow(periods[axis], -Double($0) / Double(counts[axis]))
      }
    }
  }

  func turned(_ x: [Double], _ token: Int) -> [Double] {
    let normed = c.normaliseQueriesAndKeys ? rms(x) : x
    let half = normed.count / 2
    let angle = angles(token)
    return (0..<normed.count).map { i in
      let pair = i % half
      let (a, b) = (normed[pair], normed[pair + half])
      return i < half
        ? a * cos(angle[pair]) - b * sin(angle[pair]) : a * sin(angle[pair]) + b * cos(angle[pair])
    }
  }

  func attention(_ x: Matrix, _ name: String) -> Matrix {
    let qkv = x.map { linear($0, "\(name).qkv") }
    let (d, dh) = (c.width, c.width / c.heads)
    var out = Matrix(repeating: [Double](repeating: 0, count: d), count: x.count)
    for head in 0..<c.heads {
      func part(_ token: Int, _ which: Int) -> [Double] {
        let start = which * d + head * dh
        return Array(qkv[token][start..<start + dh])
      }
      let q = x.indices.map { turned(part($0, 0), $0) }
      let k = x.indices.map { turned(part($0, 1), $0) }
      for i in x.indices {
        let scores = x.indices.map { j in
          exp(zip(q[i], k[j]).reduce(0) { $0 + $1.0 * $1.1 } / Double(dh).squareRoot())
        }
        let total = scores.reduce(0, +)
        for j in x.indices {
          for (channel, value) in part(j, 2).enumerated() {
            out[i][head * dh + channel] += scores[j] / total * value
          }
        }
      }
    }
    return out.map { linear($0, "\(name).proj") }
  }

  /// tokens: noisy and clean [token][tokenChannels]; returns [token][tokenChannels].
  func callAsFunction(_ noisy: Matrix, _ clean: Matrix, time: Double) -> Matrix {
    let given = c.conditionSteps * (c.height / c.patch) * (c.breadth / c.patch)
    let half = c.timestepChannels / 2
    let waves = (0..<half).map { 1000 * time * pow(1000, -Double($0) / Double(half)) }
    let hidden = linear(waves.map(cos) + waves.map(sin), "t_embedder.mlp.0").map(silu)
    let shared = linear(hidden, "t_block.1")
    let last = linear(hidden, "final_layer.adaLN")
    func row(_ all: [Double], _ i: Int) -> [Double] { Array(all[i * c.width..<(i + 1) * c.width]) }

    var x: Matrix = noisy.indices.map { token in
      let isGiven = token < given
      let zeros = [Double](repeating: 0, count: clean[token].count)
      let mask = [isGiven ? 1.0 : 0]
      switch c.conditioning {
      case .concatenated:
        return linear(noisy[token] + (isGiven ? clean[token] : zeros) + mask, "x_embedder")
      case .replaced: return linear((isGiven ? clean[token] : noisy[token]) + mask, "x_embedder")
      }
    }
    if c.learnedPositions {
      let learned = vector("pos_embed")
      x = x.indices.map { t in zip(x[t], row(learned, t)).map { $0 + $1 } }
    }
    for block in 0..<c.depth {
      let m = zip(shared, vector("blocks.\(block).modulation")).map { $0 + $1 }
      let a = attention(x.map { modulate($0, row(m, 0), row(m, 1)) }, "blocks.\(block).attn")
      x = x.indices.map { t in (0..<c.width).map { x[t][$0] + row(m, 2)[$0] * a[t][$0] } }
      x = x.map { token in
        let inner = linear(modulate(token, row(m, 3), row(m, 4)), "blocks.\(block).mlp.fc1").map(
          gelu)
        let y = linear(inner, "blocks.\(block).mlp.fc2")
        return (0..<c.width).map { token[$0] + row(m, 5)[$0] * y[$0] }
      }
    }
    let m = zip(last, vector("final_layer.modulation")).map { $0 + $1 }
    return x.map { linear(modulate($0, row(m, 0), row(m, 1)), "final_layer.linear") }
  }
}
