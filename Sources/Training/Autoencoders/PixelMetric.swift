import Models
import Tensors

/// Changes of a latent step's inputs measured by what they do to the picture.
enum PixelMetric {
  /// Pictures whose derivatives are averaged, and how many at once.
  private static let (pictures, atOnce) = (384, 32)
  /// Half the change of a latent by which derivatives are taken; latents vary by about 1.
  private static let step = 0.05

  /// The root of the mean product of the decoder's derivatives, [inputs, inputs]: one and the same block for every
  /// frame, cell and colour. Small bodies count more, as `AutoencoderTraining.inkPower` 0.5 has it.
  ///
  /// - Parameter rows: latents of a population, [rows, framesPerLatent · frameLatentChannels].
  static func root(of autoencoder: VideoAutoencoder, at rows: Tensor) -> Tensor {
    let architecture = autoencoder.configuration
    let (grid, total) = (architecture.grid, architecture.frameLatentChannels)
    let channels = total / architecture.layers
    let frames = rows.reshape([-1, total])
    let count = min(pictures, frames.size(0))
    let apart = frames.size(0) / count
    return Torch.noGrad {
      var products = Tensor.zeros([channels, channels]).to(.float64)
      for first in stride(from: 0, to: count, by: atOnce) {
        let size = min(atOnce, count - first)
        let chosen = Tensor.cat(
          (first..<first + size).map { frames.narrow(0, start: $0 * apart, length: 1) })
        // The same latent in every cell: how a channel acts hardly depends on the place.
        let middle = chosen.view([size, 1, 1, total]).expand([size, grid, grid, total]).contiguous()
        let ink = drawn(autoencoder, middle).mean([1])
        let weights = AutoencoderTrainer.weights(ofInk: ink, power: 0.25).view([-1, 1])
        let changes = (0..<channels).map { channel in
          var unit = [Float](repeating: 0, count: total)
          for layer in 0..<architecture.layers { unit[layer * channels + channel] = Float(step) }
          let direction = Tensor(unit, [1, 1, 1, total])
          let change =
            drawn(autoencoder, middle + direction) - drawn(autoencoder, middle - direction)
          return (change * weights).reshape([1, -1])
        }
        let all = Tensor.cat(changes)
        products = products + all.matmul(all.transpose(0, 1)).to(.float64)
      }
      let (values, vectors) = products.eigh()
      let largest = values.amax().item()
      let roots = (values * (1 / largest)).clamp(min: 1e-4).sqrt()
      let block = (vectors * roots.view([1, -1])).matmul(vectors.transpose(0, 1))
      return repeated(block, rows.size(1) / channels)
    }
  }

  /// What the bytes will show: [pictures, pixels], cut to what there is.
  private static func drawn(_ autoencoder: VideoAutoencoder, _ latents: Tensor) -> Tensor {
    let layers = autoencoder.frames.decodeLayers(latents).clamp(min: 0, max: 2)
    return layers.reshape([layers.size(0), -1])
  }

  /// A matrix again and again along the diagonal.
  private static func repeated(_ block: Tensor, _ count: Int) -> Tensor {
    let side = block.size(0)
    let none = Tensor.zeros([side, side]).to(.float64)
    return .cat(
      (0..<count).map { row in Tensor.cat((0..<count).map { $0 == row ? block : none }, 1) })
  }
}
