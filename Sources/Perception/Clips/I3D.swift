import Tensors

/// I3D trained on Kinetics-400, up to the 400 values before the softmax: the network of the Fréchet video
/// distance.
///
/// The weights are those of DeepMind's `i3d-kinetics-400` on TensorFlow Hub, which the original FVD code
/// uses and StyleGAN-V's TorchScript file copies. Paddings are TensorFlow's "SAME". Source: Carreira and
/// Zisserman, "Quo vadis, action recognition?", CVPR 2017.
public struct I3D: ClipFeatures {
  /// The shortest clip: two steps must be left after all strides.
  public static let leastFrames = 9
  /// Width and height of the clips it was trained on and takes.
  public static let side = 224

  /// The network's name.
  public let name = PublishedNetwork.i3d.rawValue

  private let stem: [Layer]
  private let head: FrozenConvolution

  /// Loads the weights.
  ///
  /// - Throws: ``NetworkError`` where they are not in the store, ``PerceptionError`` where they do not fit.
  public init(store: NetworkStore = .standard()) throws {
    let weights = try NamedWeights(.i3d, in: store)
    var builder = I3DBuilder(weights)
    stem = try builder.layers()
    head = FrozenConvolution(
      weight: try weights("params.Logits/Conv3d_0c_1x1.Conv_0.kernel", [1, 1, 1, 1024, 400])
        .permute([4, 3, 0, 1, 2]),
      bias: try weights("params.Logits/Conv3d_0c_1x1.Conv_0.bias", [400]), stride: [1, 1, 1],
      padding: [0, 0, 0], relu: false, inputShape: [1, 1024, 1, 1, 1])
  }

  /// The 400 values before the softmax, averaged over time.
  ///
  /// - Throws: ``PerceptionError`` for clips that are too short or small.
  public func features(_ clips: Tensor) throws -> Tensor {
    let (frames, height, width) = (clips.size(2), clips.size(3), clips.size(4))
    guard frames >= I3D.leastFrames else {
      throw PerceptionError.tooShort(frames: frames, least: I3D.leastFrames)
    }
    guard min(height, width) >= I3D.side else {
      throw PerceptionError.tooSmall(width: width, height: height, least: I3D.side, measure: "I3D")
    }
    return Torch.noGrad {
      var x = clips.channelsLast()
      for layer in stem { x = layer(x) }
      x = x.averagePool([2, 7, 7], stride: [1, 1, 1])
      return head(x).mean([2, 3, 4])
    }
  }
}

extension I3D {
  /// One step of the network.
  enum Layer: Sendable {
    case convolution(FrozenConvolution)
    /// A convolution without padding of its own, after as many zeros as "SAME" adds.
    case paddedConvolution(FrozenConvolution, kernel: Int, stride: Int)
    case pool(kernel: [Int], stride: [Int])
    indirect case mixed(Mixed)

    func callAsFunction(_ x: Tensor) -> Tensor {
      switch self {
      case .convolution(let convolution): convolution(x)
      case .paddedConvolution(let convolution, let kernel, let stride):
        convolution(x.paddedSame(kernel, stride).channelsLast())
      case .pool(let kernel, let stride): x.maxPoolSame(kernel, stride: stride)
      case .mixed(let mixed): mixed(x)
      }
    }
  }

  /// Four branches over one input, their channels side by side.
  struct Mixed: Sendable {
    let branches: [[Layer]]

    func callAsFunction(_ x: Tensor) -> Tensor {
      Tensor.cat(branches.map { layers in layers.reduce(x) { $1($0) } }, 1)
    }
  }
}

extension Tensor {
  /// Pooling with TensorFlow's "SAME": as many windows as strides begin in the input, what they lack half
  /// before and half behind, and the odd one behind.
  fileprivate func maxPoolSame(_ kernel: [Int], stride: [Int]) -> Tensor {
    let missing = zip(kernel, stride).enumerated().map { dimension, window in
      I3D.missing(size(dimension + 2), window.0, window.1)
    }
    // A window that hangs over the end is what the odd place behind makes.
    return maxPool(kernel, stride: stride, padding: missing.map { $0 / 2 }, ceil: true)
  }

  /// Zeros around a film as TensorFlow's "SAME" adds them for a cubic window.
  fileprivate func paddedSame(_ kernel: Int, _ stride: Int) -> Tensor {
    padded(
      [4, 3, 2].flatMap { dimension in
        let missing = I3D.missing(size(dimension), kernel, stride)
        return [missing / 2, missing - missing / 2]
      })
  }
}

extension I3D {
  /// The places that TensorFlow's "SAME" adds to a dimension of this length.
  static func missing(_ length: Int, _ kernel: Int, _ stride: Int) -> Int {
    max(((length + stride - 1) / stride - 1) * stride + kernel - length, 0)
  }
}
