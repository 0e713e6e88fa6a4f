import Foundation
import Tensors

/// The network of a user's `i3d_torchscript.pt`, StyleGAN-V's copy of the same I3D, as a cross-check.
///
/// The file holds code that libtorch runs: use none from sources that are not trusted.
public struct ScriptI3D: ClipFeatures {
  /// `torchscript:` and the name of the file.
  public let name: String
  private let file: String
  private let module: ScriptModule

  /// Loads a file.
  ///
  /// - Throws: ``PerceptionError/badScript(file:cause:)``
  public init(contentsOf url: URL) throws(PerceptionError) {
    file = url.path
    name = "torchscript:\(url.lastPathComponent)"
    do { module = try ScriptModule(path: url.path) } catch {
      throw .badScript(file: url.path, cause: "\(error)")
    }
  }

  /// What the file's `forward(clips, rescale: false, resize: false, return_features: true)` answers.
  ///
  /// - Throws: ``PerceptionError/badScript(file:cause:)``
  public func features(_ clips: Tensor) throws -> Tensor {
    let answer: Tensor
    do {
      answer = try module(
        clips.contiguous(), ["rescale": false, "resize": false, "return_features": true])
    } catch {
      throw PerceptionError.badScript(file: file, cause: "\(error)")
    }
    guard answer.shape == [clips.size(0), Self.count] else {
      throw PerceptionError.badScript(
        file: file, cause: "it answers the shape \(answer.shape) instead of [clips, \(Self.count)]")
    }
    return answer
  }
}
