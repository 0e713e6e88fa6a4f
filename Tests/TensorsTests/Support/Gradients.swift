import Tensors
import Testing

/// Reproducible float64 numbers that need a gradient, at least 0.05 away from 0 and from each other's ties.
func numbers(_ shape: [Int], seed: UInt64 = 1, from low: Double = -2, to high: Double = 2) -> Tensor
{
  let uniform = RandomStream(seed: seed).uniform(shape, dtype: .float64)
  let values = (uniform * (high - low) + low).doubles()
  return Tensor(doubles: values.map { abs($0) < 0.05 ? 0.05 : $0 }, shape)
}

/// Compares the gradients of `function` with central differences, element by element.
///
/// The outputs are weighed with fixed random numbers, so that a wrong gradient of any output shows.
func expectGradients(
  of inputs: [Tensor], step: Double = 1e-5, tolerance: Double = 1e-7,
  sourceLocation: SourceLocation = #_sourceLocation, _ function: ([Tensor]) -> Tensor
) {
  func loss(_ inputs: [Tensor]) -> Tensor {
    let output = function(inputs)
    let weights = RandomStream(seed: 99).normal(output.shape, dtype: .float64).to(output.dtype)
    return (output * weights).sum()
  }
  let leaves = inputs.map { $0.detached().requiresGrad() }
  loss(leaves).backward()
  for (which, leaf) in leaves.enumerated() {
    guard let gradient = leaf.grad?.doubles() else {
      Issue.record("input \(which) has no gradient", sourceLocation: sourceLocation)
      continue
    }
    let values = leaf.doubles()
    for i in values.indices {
      func value(_ change: Double) -> Double {
        var changed = values
        changed[i] += change
        var moved = inputs
        moved[which] = Tensor(doubles: changed, leaf.shape).to(leaf.dtype)
        return Torch.noGrad { loss(moved).item() }
      }
      let expected = (value(step) - value(-step)) / (2 * step)
      let allowed = tolerance * max(1, abs(expected))
      #expect(
        abs(gradient[i] - expected) <= allowed,
        "input \(which)[\(i)]: gradient \(gradient[i]), difference quotient \(expected)",
        sourceLocation: sourceLocation)
    }
  }
}

/// Expects equal shapes and elements within `tolerance`.
func expectClose(
  _ a: Tensor?, _ b: Tensor?, _ tolerance: Double, sourceLocation: SourceLocation = #_sourceLocation
) {
  guard let a, let b else {
    Issue.record("a tensor is missing", sourceLocation: sourceLocation)
    return
  }
  #expect(a.shape == b.shape, sourceLocation: sourceLocation)
  let worst = zip(a.doubles(), b.doubles()).map { abs($0 - $1) }.max() ?? 0
  // Written so that NaN fails.
  #expect(worst <= tolerance, "largest difference \(worst)", sourceLocation: sourceLocation)
  #expect(!a.doubles().contains { !$0.isFinite }, sourceLocation: sourceLocation)
}
