import Foundation
import Tensors
import Videos

/// How frames become the 224-pixel clips that I3D takes. The ways differ slightly, and so do the
/// distances: the name goes with every number.
public enum ClipPreparation: String, CaseIterable, Codable, Sendable {
  /// The PyTorch evaluations' way, StyleGAN-V's among them: bilinear between pixel centres until the
  /// short side is 224, the middle cut out, to [-1, 1].
  case styleganv
  /// The original FVD code's way: TensorFlow 1's `resize_bilinear` to 224 by 224 (between pixel corners,
  /// the shape is not kept), to [-1, 1].
  case original

  /// A clip of some frames of a video: [1, 3, frames, 224, 224].
  public func clip(_ video: Video, frames: Range<Int>) -> Tensor {
    let side = I3D.side
    let pictures = FramePair.tensor(video, frames)
    let resized: Tensor
    switch self {
    case .styleganv:
      let scale = Double(side) / Double(min(video.width, video.height))
      let (height, width) =
        video.height < video.width
        ? (side, Int((Double(video.width) * scale).rounded(.up)))
        : (Int((Double(video.height) * scale).rounded(.up)), side)
      resized = pictures.resizedBilinear(height: height, width: width)
        .narrow(2, start: (height - side) / 2, length: side)
        .narrow(3, start: (width - side) / 2, length: side)
    case .original:
      let (down, across) = (Self.weights(video.height), Self.weights(video.width))
      resized = down.matmul(pictures.contiguous()).matmul(across.transpose(0, 1))
    }
    return resized.permute([1, 0, 2, 3]).unsqueeze(0)
  }

  /// TensorFlow 1's interpolation as a matrix [224, length]: place i lies at i · length / 224.
  private static func weights(_ length: Int) -> Tensor {
    var weights = [Float](repeating: 0, count: I3D.side * length)
    for place in 0..<I3D.side {
      let source = Float(place) * (Float(length) / Float(I3D.side))
      let low = Int(source)
      let part = source - Float(low)
      weights[place * length + low] += 1 - part
      weights[place * length + min(low + 1, length - 1)] += part
    }
    return Tensor(weights, [I3D.side, length])
  }
}
