import Tensors

/// The part of each step that a process does of those that train together.
package final class SharedStep {
  let share: BatchShare
  private let exchange: GradientExchange

  /// Watches the weights, which record, until it is released.
  package init(_ weights: [Tensor], _ processes: Processes) {
    share = processes.share
    exchange = GradientExchange(weights, processes)
  }

  /// Computes this process's parts one after another and leaves the gradient of the whole loss in the weights.
  ///
  /// Parts whose loss is no number are computed like others: all processes must find out together.
  /// - Returns: the whole loss; on a GPU it is still on its way.
  func take(_ parts: [() throws -> Tensor]) throws -> StepResult.Value {
    exchange.begin(parts: parts.count)
    var own: Tensor?
    for part in parts {
      let loss = try part()
      loss.backward()
      own = own.map { $0 + loss.detached() } ?? loss.detached()
    }
    let loss = own ?? Tensor.zeros([])
    return try loss.device == .cpu
      ? .known(exchange.finish(loss: loss.item())) : .deferred(exchange.finish(loss: loss))
  }
}
