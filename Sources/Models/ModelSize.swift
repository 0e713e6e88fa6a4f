/// Named sizes of the transformer, from a minute on a laptop to the paper's.
///
/// One rule makes the sizes below the paper's: width = 32 · depth with heads of 64 channels, at depths 2, 4, 6 and 8.
/// The paper's DiT-S is the rule at depth 12. Weights grow with the cube of the depth, about 12 · 32² · depth³.
public enum ModelSize: String, Codable, CaseIterable, Sendable {
  /// 2 layers of width 64.
  case nano
  /// 4 layers of width 128.
  case micro
  /// 6 layers of width 192.
  case mini
  /// 8 layers of width 256.
  case tiny
  /// The paper's DiT-S: 12 layers of width 384.
  case small = "S"
  /// The paper's DiT-B: 12 layers of width 768.
  case base = "B"
  /// The paper's DiT-L: 24 layers of width 1024.
  case large = "L"
  /// The paper's DiT-XL: 28 layers of width 1152.
  case extraLarge = "XL"

  /// The size at a depth by the rule.
  static func shape(depth: Int) -> (depth: Int, width: Int, heads: Int) {
    (depth, 32 * depth, depth / 2)
  }

  /// Layers, width, heads.
  public var shape: (depth: Int, width: Int, heads: Int) {
    switch self {
    case .nano: Self.shape(depth: 2)
    case .micro: Self.shape(depth: 4)
    case .mini: Self.shape(depth: 6)
    case .tiny: Self.shape(depth: 8)
    case .small: VideoDiTConfiguration.PaperSize.small.shape
    case .base: VideoDiTConfiguration.PaperSize.base.shape
    case .large: VideoDiTConfiguration.PaperSize.large.shape
    case .extraLarge: VideoDiTConfiguration.PaperSize.extraLarge.shape
    }
  }
}

extension VideoDiTConfiguration {
  /// DiT-S, B, L and XL as the paper tables them.
  public enum PaperSize: String, Codable, CaseIterable, Sendable {
    // swift-format-ignore: AllPublicDeclarationsHaveDocumentation
    case small, base, large, extraLarge

    /// Layers, width, heads.
    public var shape: (depth: Int, width: Int, heads: Int) {
      switch self {
      case .small: (12, 384, 6)
      case .base: (12, 768, 12)
      case .large: (24, 1024, 16)
      case .extraLarge: (28, 1152, 16)
      }
    }

    /// The tabled number of weights, in millions.
    public var millions: Double {
      switch self {
      case .small: 22.5
      case .base: 89.5
      case .large: 310.0
      case .extraLarge: 456.0
      }
    }
  }
}
