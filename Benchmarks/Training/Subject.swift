import Models

/// The transformers that are timed, by name.
enum Subject {
  /// `S`, `B`, `L` and `XL` on the paper's latents (1024 tokens), `S-512` on half as many frames (512 tokens),
  /// and the small sizes on the laptop's latents (11 tokens).
  static func transformer(_ name: String) -> VideoDiTConfiguration {
    var transformer = VideoDiTConfiguration.paper(.small)
    switch name {
    case "S": break
    case "B": transformer.resize(to: .base)
    case "L": transformer.resize(to: .large)
    case "XL": transformer.resize(to: .extraLarge)
    case "S-512": transformer.time = 8
    case "nano", "micro", "mini", "tiny":
      let depth = ["nano": 2, "micro": 4, "mini": 6, "tiny": 8][name] ?? 4
      (transformer.depth, transformer.width, transformer.heads) = (depth, 32 * depth, depth / 2)
      (transformer.time, transformer.height, transformer.breadth) = (11, 1, 1)
      (transformer.channels, transformer.patch, transformer.conditionSteps) = (72, 1, 1)
    default:
      (transformer.width, transformer.depth, transformer.heads) = (128, 2, 2)
      (transformer.time, transformer.height, transformer.breadth) = (4, 8, 8)
    }
    return transformer
  }
}
