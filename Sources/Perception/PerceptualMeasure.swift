/// A measure of how alike generated and true videos look, whatever they show.
public enum PerceptualMeasure: String, CaseIterable, Codable, Sendable {
  /// Peak signal-to-noise ratio, dB, higher is better.
  case psnr
  /// Structural similarity, at most 1, higher is better.
  case ssim
  /// LPIPS on AlexNet, lower is better.
  case lpipsAlex = "lpips_alex"
  /// LPIPS on VGG16, lower is better.
  case lpipsVGG = "lpips_vgg"
  /// Fréchet video distance of the whole set, lower is better.
  case fvd

  /// The network that it needs.
  public var network: PublishedNetwork? {
    switch self {
    case .psnr, .ssim: nil
    case .lpipsAlex: .lpipsAlex
    case .lpipsVGG: .lpipsVGG
    case .fvd: .i3d
    }
  }

  /// The measures whose networks are in a store; the others are not available there.
  public static func available(in store: NetworkStore) -> [PerceptualMeasure] {
    allCases.filter { measure in
      measure.network.map { store.state(of: $0) != .absent } ?? true
    }
  }
}
