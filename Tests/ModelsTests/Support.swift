import Foundation
import Models
import Tensors
import Videos
import Worlds

/// An autoencoder small enough for tests: 16 pixels, two convolutions.
func tinyAutoencoder(grid: Int = 1) -> VideoAutoencoderConfiguration {
  var configuration = VideoAutoencoderConfiguration()
  configuration.resolution = 16
  configuration.grid = grid
  configuration.frameLatentChannels = 6
  configuration.encoderWidths = [8, 12]
  configuration.decoderWidths = [12, 8]
  configuration.hiddenWidth = 24
  configuration.latentChannels = 10
  return configuration
}

/// A transformer small enough for tests.
func tinyTransformer(time: Int = 4, grid: Int = 1, channels: Int = 10) -> VideoDiTConfiguration {
  var configuration = VideoDiTConfiguration()
  configuration.time = time
  configuration.height = grid
  configuration.breadth = grid
  configuration.channels = channels
  configuration.width = 16
  configuration.depth = 2
  configuration.heads = 2
  configuration.timestepChannels = 8
  return configuration
}

/// Gives every weight a random value, so that nothing is silent.
func randomise(_ parameters: Parameters, seed: UInt64, scale: Double = 0.3) {
  let stream = RandomStream(seed: seed)
  Torch.noGrad {
    for tensor in parameters.tensors { tensor.copy_(from: stream.normal(tensor.shape) * scale) }
  }
}

/// The video of one moving body, area-averaged.
func clip(
  _ body: Body, frames: Int = 33, size: Int = 64
) throws -> Video {
  let scene = Scene(bodies: [body], frames: frames)
  return try Renderer().render(scene, Simulator().simulate(scene), averagedTo: size)
}

func largestDifference(_ a: Tensor, _ b: Tensor) -> Double {
  (a - b).abs().amax().item()
}

/// The field that a changed configuration is refused for; nil where it is not refused.
func refusedField<Configuration>(
  of configuration: Configuration, _ change: (inout Configuration) -> Void,
  validate: (Configuration) throws -> Void
) -> String? {
  var configuration = configuration
  change(&configuration)
  do {
    try validate(configuration)
    return nil
  } catch ModelError.configuration(let field, _, _) {
    return field
  } catch {
    return "\(error)"
  }
}
