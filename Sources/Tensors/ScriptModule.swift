import CTorch

/// A network from a TorchScript file that somebody else made, run as it is.
///
/// TorchScript is deprecated in PyTorch; this is for files that a user brings, nothing of PhyWorld's own
/// is stored so. Such a file holds code that runs here: load none from sources that are not trusted.
///
/// `@unchecked Sendable`: the handle never changes, and running a module in evaluation mode only reads it.
public final class ScriptModule: @unchecked Sendable {
  private let handle: ct_script

  /// Loads a file for evaluation.
  /// - Throws: `TorchError` with libtorch's message where it is no TorchScript file.
  public init(path: String, device: Device = .standard) throws {
    guard let handle = ct_script_load(path, device.code) else { throw torchError("ScriptModule") }
    self.handle = handle
  }

  deinit { ct_script_release(handle) }

  /// Runs `forward(x, **options)` without gradients.
  /// - Throws: `TorchError` where it fails or answers something that is not one tensor.
  public func callAsFunction(_ x: Tensor, _ options: KeyValuePairs<StaticString, Bool>) throws
    -> Tensor
  {
    try withExtendedLifetime((self, x)) {
      let names = options.map {
        UnsafeRawPointer($0.key.utf8Start).assumingMemoryBound(to: CChar.self)
      }
      return try .tryTake(
        ct_script_run(handle, x.handle, names, options.map(\.value), options.count),
        "ScriptModule")
    }
  }
}
