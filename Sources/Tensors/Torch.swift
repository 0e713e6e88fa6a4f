import CTorch

/// Settings and facts of the libtorch library as a whole.
public enum Torch {
  /// The version of libtorch this program was built for, for example `2.13.0`.
  public static var version: String { String(cString: ct_version()) }

  /// The number of threads that operators started from this thread use.
  public static var threads: Int { Int(ct_get_threads()) }

  /// Sets the number of threads of operators, at least 1.
  ///
  /// Call it at the start: OpenMP keeps the number per thread, and a thread that has already run
  /// operators keeps its own.
  public static func setThreads(_ count: Int) {
    check(ct_set_threads(Int32(clamping: count)))
  }

  /// Seeds libtorch's global generator. Nothing in PhyWorld draws from it: see `RandomStream`.
  public static func seed(_ seed: UInt64) { ct_manual_seed(seed) }

  /// True when this libtorch was built for CUDA and finds a device.
  public static var cudaAvailable: Bool { ct_cuda_available() }

  /// The number of CUDA devices that this program can use.
  public static var cudaDevices: Int { Int(ct_cuda_count()) }

  /// Waits until a device has done all that was asked of it; operators on a GPU return before they are done.
  public static func synchronize(_ device: Device = .standard) {
    check(ct_synchronize(device.code))
  }

  /// Whether float32 products on NVIDIA GPUs may round their factors to TensorFloat-32 (10 bits), which is
  /// several times faster; off at the start. Products inside `autocast` are not concerned.
  public static func allowTF32(_ allowed: Bool) { ct_set_tf32(allowed) }

  /// Runs `body` with matrix products and attention in `dtype` and everything else as its operands are;
  /// weights stay what they are and are rounded on the way in.
  ///
  /// Holds for tensors of `device`'s kind and on this thread. Gradients have the type of the weights.
  public static func autocast<R>(
    _ dtype: DType, on device: Device = .standard, _ body: () throws -> R
  ) rethrows -> R {
    let before = ct_autocast_begin(device.code, dtype.rawValue)
    defer { ct_autocast_end(device.code, before) }
    return try body()
  }

  /// True when the one-pass kernels for GPUs can run on `device`: bfloat16 in hardware, and NVRTC beside libtorch.
  public static func hasKernels(on device: Device) -> Bool { ct_kernels_supported(device.code) }

  /// True when this processor can run the one-pass kernels of `geluFast` and its neighbours.
  public static var hasFusedKernels: Bool { ct_fused_supported() }

  /// Tensor references that Swift holds now; a test that finds more after than before has found a leak.
  public static var liveTensors: Int { ct_live_tensors() }

  /// Whether operators on this thread are recorded for `backward()`.
  public static var recordsGradients: Bool { ct_grad_enabled() }

  /// Runs `body` without recording operations for `backward()`, on this thread.
  @discardableResult public static func noGrad<R>(_ body: () throws -> R) rethrows -> R {
    let before = ct_grad_enabled()
    ct_set_grad_enabled(false)
    defer { ct_set_grad_enabled(before) }
    return try body()
  }
}
