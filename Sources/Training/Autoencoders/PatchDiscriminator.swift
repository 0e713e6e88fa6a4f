import Models
import Tensors

/// Tells drawn patches from true ones (PatchGAN, Isola et al. 2017): one number for every patch, not for the
/// whole picture.
///
/// Three convolutions of stride 2 and one that judges. With `frames` above 1 the first looks at so many
/// consecutive frames at once, as a three-dimensional convolution of that depth would.
public struct PatchDiscriminator {
  /// Consecutive frames that are judged together.
  public let frames: Int
  private let layers: [Convolution]

  /// Draws the weights from `stream`.
  public init(frames: Int = 1, width: Int = 32, from stream: RandomStream) {
    self.frames = frames
    layers = [
      Convolution(3 * frames, width, kernel: 3, stride: 2, from: stream),
      Convolution(width, 2 * width, kernel: 3, stride: 2, from: stream),
      Convolution(2 * width, 4 * width, kernel: 3, stride: 2, from: stream),
      Convolution(4 * width, 1, kernel: 1, from: stream),
    ]
  }

  /// Ink [B · T, 3, H, W] → judgements [B · (T - frames + 1), 1, h, w]; high is true.
  ///
  /// - Parameters:
  ///   - length: T, at least `frames`.
  ///   - learns: whether gradients reach its weights; those of the input always do.
  public func callAsFunction(_ ink: Tensor, length: Int, learns: Bool) -> Tensor {
    let shape = ink.shape
    var x = ink
    if frames > 1 {
      let films = ink.view([shape[0] / length, length] + shape.dropFirst())
      let count = length - frames + 1
      x = Tensor.cat((0..<frames).map { films.narrow(1, start: $0, length: count) }, 2)
        .reshape([shape[0] / length * count, shape[1] * frames, shape[2], shape[3]])
    }
    for (index, layer) in layers.enumerated() {
      x = learns ? layer(x) : layer.frozen(x)
      if index < layers.count - 1 { x = x.silu() }
    }
    return x
  }

  /// What the discriminator minimises (hinge): true patches above 1, drawn ones below −1.
  func ownLoss(drawn: Tensor, truth: Tensor, length: Int) -> Tensor {
    let (good, bad) = (
      self(truth, length: length, learns: true),
      self(drawn.detached(), length: length, learns: true)
    )
    return (1 - good).relu().mean() + (bad + 1).relu().mean()
  }

  /// What the autoencoder minimises: drawn patches taken for true.
  func opinion(of drawn: Tensor, length: Int) -> Tensor {
    -self(drawn, length: length, learns: false).mean()
  }

  /// `0.weight`, `0.bias`, …
  public var parameters: Parameters {
    var list = Parameters()
    for (index, layer) in layers.enumerated() { list.append("\(index)", layer.parameters) }
    return list
  }
}
