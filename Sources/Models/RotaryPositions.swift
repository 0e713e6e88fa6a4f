import Foundation
import Tensors

/// Three-dimensional rotary positions: pairs of a head's channels turn by angles proportional to the
/// token's time, height and width, so that attention depends on differences of position only.
///
/// Half of the pairs turn with time, a quarter each with height and width (Su et al. 2021, split over axes).
/// Pair i couples channel i with channel i + headDimension/2.
public struct RotaryPositions {
  /// Cosines, [tokens, headDimension / 2].
  public let cosines: Tensor
  /// Sines, [tokens, headDimension / 2].
  public let sines: Tensor

  /// Tokens run over time, then rows, then columns.
  ///
  /// - Parameters:
  ///   - timePeriod: the slowest time pair turns by one radian in about so many steps.
  ///   - spacePeriod: the same for rows and columns.
  public init(
    time: Int, height: Int, width: Int, headDimension: Int, timePeriod: Double, spacePeriod: Double
  ) {
    let pairs = headDimension / 2
    let forTime = pairs / 2
    let forHeight = pairs / 4
    let counts = [forTime, forHeight, pairs - forTime - forHeight]
    let periods = [timePeriod, spacePeriod, spacePeriod]
    var angles: [Double] = []
    angles.reserveCapacity(time * height * width * pairs)
    for t in 0..<time {
      for y in 0..<height {
        for x in 0..<width {
          for (axis, position) in [t, y, x].enumerated() {
            for pair in 0..<counts[axis] {
              let frequency = pow(periods[axis], -Double(pair) / Double(counts[axis]))
              angles.append(Double(position) * frequency)
            }
          }
        }
      }
    }
    let shape = [time * height * width, pairs]
    cosines = Tensor(angles.map { Float(cos($0)) }, shape)
    sines = Tensor(angles.map { Float(sin($0)) }, shape)
  }

  /// Turns [..., tokens, headDimension] by the tokens' angles.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    let halves = x.chunk(2, -1)
    let (a, b) = (halves[0], halves[1])
    return .cat([a * cosines - b * sines, a * sines + b * cosines], -1)
  }

  /// Self-attention of a packed projection to q, k and v, in this order, whose queries and keys are (normalised
  /// and) turned before.
  ///
  /// [B, tokens, width] → [B, tokens, width].
  package func attention(_ x: Tensor, _ qkv: Linear, heads: Int, normalise: Bool) -> Tensor {
    x.rotaryAttention(
      qkv.weight, qkv.bias, heads: heads, cosines: cosines, sines: sines, normalise: normalise)
  }
}
