import Models
import Tensors

/// What a training loop needs of the thing it trains.
public protocol Trainable: AnyObject {
  /// The configuration, saved beside the weights; two runs of equal configuration are the same run.
  associatedtype Configuration: Codable & Equatable

  /// Everything that determines the run.
  var configuration: Configuration { get }
  /// The weights that are learned.
  var weights: Parameters { get }
  /// Their average.
  var average: MovingAverage { get }
  /// The optimisers with the full learning rate of each; together they cover `weights`.
  var optimizers: [(name: String, optimizer: any Optimizer, rate: Double)] { get }
  /// The gradient's norm is cut to this.
  var maximumGradientNorm: Double { get }
  /// Examples per step.
  var batch: Int { get }
  /// Into how many groups the parts of a loss are divided, which are computed one after another.
  var accumulation: Int { get }
  /// What is trained, in a sentence; opens the card of its checkpoints.
  var summary: String { get }
  /// A text that changes when the data do; nil where they follow from the configuration.
  var dataIdentity: String? { get }

  /// The loss of step `step` (from 0) of `steps`: a pure function of the weights and the step.
  func loss(step: Int, of steps: Int) throws -> Tensor
  /// Parts whose sum is the loss, `accumulation` equally large groups; those of a group may be computed, and their
  /// gradients taken, at the same time.
  func lossParts(step: Int, of steps: Int) throws -> [() throws -> Tensor]
  /// One process's parts: those of all shares together are the loss of the whole batch.
  func lossParts(step: Int, of steps: Int, share: BatchShare) throws -> [() throws -> Tensor]
}

extension Trainable {
  /// Says no more than that it is a model.
  public var summary: String { "A model of PhyWorld." }

  /// All parts at once.
  public var accumulation: Int { 1 }

  /// The data follow from the configuration.
  public var dataIdentity: String? { nil }

  /// The loss in one piece.
  public func lossParts(step: Int, of steps: Int) throws -> [() throws -> Tensor] {
    [{ try self.loss(step: step, of: steps) }]
  }

  /// The whole; a kind of training whose loss can be shared says how.
  /// - Throws: `ProcessError.alone` for anything but the whole.
  public func lossParts(
    step: Int, of steps: Int, share: BatchShare
  ) throws -> [() throws -> Tensor] {
    guard share == .whole else { throw ProcessError.alone(what: "\(Self.self)") }
    return try lossParts(step: step, of: steps)
  }
}

extension Trainable {
  /// Sorts weights into matrices for Muon and the rest for AdamW.
  static func split(
    _ parameters: Parameters, isMatrix: (_ name: String, _ tensor: Tensor) -> Bool
  ) -> (matrices: [(name: String, tensor: Tensor)], rest: [(name: String, tensor: Tensor)]) {
    let all = zip(parameters.names, parameters.tensors).map { (name: $0, tensor: $1) }
    return (
      all.filter { isMatrix($0.name, $0.tensor) }, all.filter { !isMatrix($0.name, $0.tensor) }
    )
  }
}
