import Tensors

/// `x + W₂ silu(W₁ silu(x))`: a 3×3 and a 1×1 convolution, the last silent at first.
///
/// There is no normalisation over places, so that a crop's cells are those of the whole frame.
struct ResidualBlock {
  let mix: Convolution
  let out: Convolution

  init(_ width: Int, from stream: RandomStream) {
    mix = Convolution(width, width, kernel: 3, from: stream)
    out = Convolution(width, width, kernel: 1, .zero, from: stream)
  }

  func callAsFunction(_ x: Tensor) -> Tensor { x + out(mix(x.silu()).silu()) }

  var parameters: Parameters {
    var list = Parameters()
    list.append("mix", mix.parameters)
    list.append("out", out.parameters)
    return list
  }
}

/// A layer over time that sees a frame and those before it; the first frame stands for what came earlier.
///
/// `y_t = x_t + W silu([x_{t-n+1}, …, x_t])`: identity until it has learned something, which makes a video
/// autoencoder of a trained image autoencoder.
struct CausalLayer {
  let taps: Int
  let mix: Convolution

  init(_ width: Int, taps: Int, from stream: RandomStream) {
    self.taps = taps
    mix = Convolution(width * taps, width, kernel: 1, .zero, from: stream)
  }

  /// [B · frames, C, h, w] → [B · steps, C, h, w] with one step for every `stride` frames, the first alone.
  func callAsFunction(_ x: Tensor, frames: Int, stride: Int = 1) -> Tensor {
    let last = Array(Swift.stride(from: 0, to: frames, by: stride))
    let shape = x.shape
    let films = x.view([shape[0] / frames, frames] + shape.dropFirst())
    let seen = (0..<taps).map { tap in
      Causal.select(films, last.map { max($0 - (taps - 1 - tap), 0) })
    }
    let own = Causal.select(films, last)
    let flat = [shape[0] / frames * last.count] + shape.dropFirst()
    return own.reshape(flat)
      + mix(
        Tensor.cat(seen, 2).silu().reshape([flat[0], shape[1] * taps, shape[2], shape[3]]))
  }
}

/// Two frames of every latent step but the first, which is one frame.
struct CausalUpsampling {
  let taps: Int
  let expand: Convolution

  init(_ width: Int, taps: Int, from stream: RandomStream) {
    self.taps = taps
    expand = Convolution(width * taps, 2 * width, kernel: 1, .zero, from: stream)
  }

  /// [B · steps, C, h, w] → [B · (2 · steps - 1), C, h, w].
  func callAsFunction(_ x: Tensor, steps: Int) -> Tensor {
    let shape = x.shape
    let batch = shape[0] / steps
    let films = x.view([batch, steps] + shape.dropFirst())
    let seen = (0..<taps).map { tap in
      Causal.select(films, (0..<steps).map { max($0 - (taps - 1 - tap), 0) })
    }
    let pairs = expand(
      Tensor.cat(seen, 2).silu().reshape([shape[0], shape[1] * taps, shape[2], shape[3]])
    ).view([batch, steps, 2] + shape.dropFirst())
    let frames = (pairs + films.unsqueeze(2)).reshape([batch, steps * 2] + shape.dropFirst())
    return frames.narrow(1, start: 1, length: 2 * steps - 1)
      .reshape([batch * (2 * steps - 1)] + shape.dropFirst())
  }
}

/// Frames of films by number.
enum Causal {
  /// [B, frames, …] → [B, numbers, …].
  static func select(_ films: Tensor, _ numbers: [Int]) -> Tensor {
    if numbers == Array(0..<films.size(1)) { return films }
    return films.indexSelect(1, Tensor(numbers.map { Int64($0) }, [numbers.count]))
  }
}
