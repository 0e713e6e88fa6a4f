import CTorch

extension Tensor {
  /// Matrix product over the last two dimensions; leading dimensions broadcast.
  public func matmul(_ other: Tensor) -> Tensor { apply(other, ct_matmul) }

  /// `matmul` whose failure is an error, not a stop.
  public func tryMatmul(_ other: Tensor) throws -> Tensor {
    try withExtendedLifetime((self, other)) {
      try .tryTake(ct_matmul(handle, other.handle), "matmul")
    }
  }

  /// `beta * self + alpha * a @ b` in one pass, for matrices or batches of matrices.
  public func addmm(_ a: Tensor, _ b: Tensor, beta: Double = 1, alpha: Double = 1) -> Tensor {
    apply(a, b) { ct_addmm($0, $1, $2, beta, alpha) }
  }

  /// Eigenvalues, ascending, and orthonormal eigenvectors (the columns) of a symmetric matrix.
  ///
  /// Only the lower triangle is read. The sign of each vector is LAPACK's choice.
  public func eigh() -> (values: Tensor, vectors: Tensor) {
    let parts = withExtendedLifetime(self) {
      collect(2) { ct_eigh(handle, $0) == 0 ? 2 : -1 }
    }
    return (parts[0], parts[1])
  }

  /// The singular values of a matrix, descending.
  public func singularValues() -> Tensor { apply(ct_svdvals) }
}
