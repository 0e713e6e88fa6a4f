import Tensors

/// What the Fréchet video distance is taken in: a network that answers 400 numbers for a clip.
public protocol ClipFeatures: Sendable {
  /// The network's name, which goes with the number.
  var name: String { get }

  /// The features of clips.
  ///
  /// - Parameter clips: [clips, 3, frames, 224, 224], in [-1, 1].
  /// - Returns: [clips, 400], float32.
  func features(_ clips: Tensor) throws -> Tensor
}

extension ClipFeatures {
  /// Numbers per clip.
  public static var count: Int { 400 }
}
