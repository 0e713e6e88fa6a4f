import CTorch
import Foundation

/// An error of libtorch, thrown where input decides whether an operation can succeed.
public struct TorchError: Error, CustomStringConvertible, Equatable {
  /// The operation and libtorch's own message.
  public let description: String
}

/// The message that the last failed shim call left on this thread.
func lastMessage() -> String { String(cString: ct_last_error()) }

func torchError(_ operation: StaticString) -> TorchError {
  TorchError(description: "\(operation): \(lastMessage())")
}

/// Ends the program because of a programmer error: shapes, types or devices that cannot go together.
///
/// This is the one place where tensor operators stop. Where a file, an option or another machine
/// decides the shape, use the `try` variant of the operation instead. Want of memory is nobody's error: inside a
/// `MemoryScope` it is thrown there, and outside of one the program ends with its message and EX_OSERR.
func stop(_ operation: StaticString, _ message: String = lastMessage()) -> Never {
  if let error = OutOfMemory(operation: "\(operation)", message: message) {
    if let scope = MemoryScope.current { scope.raise(error) }
    FileHandle.standardError.write(Data("error: \(error)\n".utf8))
    exit(71)
  }
  if DeviceFailure.marks.contains(where: message.contains) {
    let error = DeviceFailure(operation: "\(operation)", message: message)
    FileHandle.standardError.write(Data("error: \(error)\n".utf8))
    exit(71)
  }
  fatalError("\(operation): \(message)")
}

/// What a GPU, its driver or its libraries could not do; nobody's shapes are to blame.
struct DeviceFailure: CustomStringConvertible {
  /// How CUDA, cuBLAS, cuDNN and NCCL begin their complaints.
  static let marks = ["CUDA error", "CUDA driver error", "CUBLAS_STATUS_", "CUDNN_STATUS_", "NCCL"]

  let operation: String
  let message: String

  /// What failed, and what to do.
  var description: String {
    "the GPU failed in \(operation): \(message.prefix { $0 != "\n" }); checkpoints are whole: go on with --resume, "
      + "and where other programs use the card, close them"
  }
}

/// Stops unless a shim call answered 0.
func check(_ status: Int32, _ operation: StaticString = #function) {
  if status != 0 { stop(operation) }
}
