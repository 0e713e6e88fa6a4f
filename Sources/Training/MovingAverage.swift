import Models
import Tensors

/// The exponential moving average of a model's weights.
///
/// The memory grows with the steps, min(decay, (step + 1)/(step + 10)), so that the untrained weights
/// are soon forgotten.
public struct MovingAverage {
  /// The averaged weights, under the model's names.
  public let parameters: Parameters
  /// The memory after many steps, 0..<1.
  public let decay: Double

  /// Starts from the model's present weights.
  public init(of model: Parameters, decay: Double) {
    parameters = model.cloned()
    self.decay = decay
  }

  /// The memory at step `step` (from 0).
  public func decay(at step: Int) -> Double {
    min(decay, Double(step + 1) / Double(step + 10))
  }

  /// Moves towards the model's weights.
  public func update(towards model: Parameters, step: Int) {
    Torch.noGrad {
      Tensor.foreachLerp_(parameters.tensors, model.tensors, 1 - decay(at: step))
    }
  }
}
