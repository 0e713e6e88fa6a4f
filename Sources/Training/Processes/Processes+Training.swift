import Models
import Tensors

extension Processes {
  /// Gives all processes the state, the weights, their average and the optimisers of process 0.
  ///
  /// - Parameter restored: where the run stands; asked of process 0 alone, which may read a checkpoint.
  /// - Throws: what `restored` throws, or `ProcessError`.
  func begin(
    _ subject: some Trainable, _ restored: () throws -> TrainingState
  ) throws -> TrainingState {
    let state = try first(restored)
    var tensors = subject.weights.tensors + subject.average.parameters.tensors
    for (_, optimizer, _) in subject.optimizers {
      tensors += optimizer.stateTensors().sorted { $0.key < $1.key }.map(\.value)
    }
    try Torch.noGrad { try broadcast(tensors) }
    return state
  }

  /// Whether any process is asked to stop, and the time of process 0, by which all go.
  /// - Throws: `ProcessError.lost`.
  func agree(_ isAsked: Bool, _ seconds: Double) throws(ProcessError) -> (Bool, Double) {
    let sums = try sum([isAsked ? 1 : 0, isFirst ? seconds : 0])
    return (sums[0] > 0, sums[1])
  }
}
