import CTorch

extension Tensor {
  /// `body(inputs)`, of whose insides nothing is kept: `backward()` computes them again.
  ///
  /// Costs the time of another `body` and saves the memory of everything between `inputs` and results (Chen et al.
  /// 2016). Values are the same bits, and gradients too where every weight is used once. Weights that `body` uses need
  /// not be among the inputs; whatever else needs a gradient must be.
  ///
  /// - Parameters:
  ///   - inputs: at least one.
  ///   - results: how many tensors `body` answers.
  ///   - body: must do the same both times; runs on the thread of `backward()` the second time.
  public static func recomputed(
    _ inputs: [Tensor], results: Int, _ body: @escaping ([Tensor]) -> [Tensor]
  ) -> [Tensor] {
    let context = Unmanaged.passRetained(Stretch(body)).toOpaque()
    return withHandles(inputs) { handles, count in
      collect(results) { out in
        let status = ct_recomputed(
          handles, count, Stretch.run, context, { Unmanaged<Stretch>.fromOpaque($0).release() },
          out, results)
        return status == 0 ? results : -1
      }
    }
  }
}

/// What the shim calls back.
private final class Stretch {
  let body: ([Tensor]) -> [Tensor]
  let scope = MemoryScope.current
  init(_ body: @escaping ([Tensor]) -> [Tensor]) { self.body = body }

  static let run: ct_stretch = { context, inputs, count, out, results in
    let stretch = Unmanaged<Stretch>.fromOpaque(context).takeUnretainedValue()
    let tensors = (0..<count).map { Tensor(owning: inputs[$0]) }
    MemoryScope.$current.withValue(stretch.scope) {
      for (index, tensor) in stretch.body(tensors).prefix(results).enumerated() {
        out[index] = withExtendedLifetime(tensor) { ct_retain(tensor.handle) }
      }
    }
  }
}
