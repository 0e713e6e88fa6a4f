import Foundation
import Tensors

/// An encoder and decoder of single pictures that somebody else trained.
protocol ImageNetwork {
  /// Channels of a latent cell.
  var latentChannels: Int { get }
  /// Pixels along each side of a cell.
  var spatialFactor: Int { get }
  /// Pictures [N, 3, H, W] in 0...1 → latents [N, channels, h, w].
  func encode(_ pictures: Tensor) -> Tensor
  /// Latents [N, channels, h, w] → pictures [N, 3, H, W], about 0...1.
  func decode(_ latents: Tensor) -> Tensor
}

/// What `config.json` of an imported image autoencoder says.
public struct ImageAutoencoderConfiguration: Codable, Hashable, Sendable {
  /// What `config.json` must say to be taken for one.
  public static let kind = "phyworld-image-autoencoder"

  /// Whose layout the tensors have.
  public enum Family: String, Codable, CaseIterable, Sendable {
    /// TAESD, TAESD3, TAEF1, TAEF2, or diffusers' AutoencoderTiny.
    case taesd
    /// diffusers' AutoencoderKL: Stable Diffusion's and its kin.
    case kl
  }

  /// The kind of model, always `ImageAutoencoderConfiguration.kind`.
  public var modelType = Self.kind
  /// Whose layout the tensors have.
  public var family: Family
  /// Pixels along each side of a frame.
  public var resolution: Int
  /// The files beside `config.json` whose tensors are joined. Where encoder and decoder are two files without
  /// prefixes, name them so that one has "encoder" and the other "decoder" in its name.
  public var files: [String]
  /// Groups of every normalisation (`kl`); 32 when nil.
  public var normGroups: Int?
  /// Factor of the latents (`kl`); 0.18215 when nil.
  public var scaling: Double?
  /// What is taken from the latents before the factor (`kl`); 0 when nil.
  public var shift: Double?

  /// Files of a family, used at a resolution.
  public init(family: Family, resolution: Int, files: [String]) {
    self.family = family
    self.resolution = resolution
    self.files = files
  }
}

/// An image autoencoder from elsewhere, frame by frame: the TAESD family, or diffusers' AutoencoderKL.
public struct ImageAutoencoder: LatentCodec {
  /// Where it came from.
  public let configuration: ImageAutoencoderConfiguration
  /// Frames handled at once; bounds the memory, changes nothing else but rounding.
  public var framesAtOnce = 8
  private let network: any ImageNetwork
  private let tensors: [String: Tensor]

  /// Builds the network that the tensors describe.
  ///
  /// - Parameter path: the files' place for error messages.
  /// - Throws: `ModelError` naming the tensor or value that does not fit.
  public init(
    _ configuration: ImageAutoencoderConfiguration, _ tensors: [String: Tensor], path: String
  ) throws {
    self.configuration = configuration
    self.tensors = tensors
    let stored = StoredWeights(tensors, path: path)
    switch configuration.family {
    case .taesd: network = try TinyImageAutoencoder(stored)
    case .kl:
      let usual = DiffusersAutoencoder.Settings()
      let settings = DiffusersAutoencoder.Settings(
        groups: configuration.normGroups ?? usual.groups,
        scaling: configuration.scaling ?? usual.scaling, shift: configuration.shift ?? usual.shift)
      guard settings.groups > 0, settings.scaling > 0, settings.shift.isFinite else {
        throw ModelError.configuration(
          field: "normGroups, scaling, shift",
          value: "\(settings.groups), \(settings.scaling), \(settings.shift)",
          remedy: "groups and scaling must be positive; see the autoencoder's own config.json")
      }
      network = try DiffusersAutoencoder(stored, settings)
    }
    let (size, factor) = (configuration.resolution, network.spatialFactor)
    guard size > 0, size.isMultiple(of: factor) else {
      throw ModelError.configuration(
        field: "resolution", value: "\(size)", remedy: "must be a positive multiple of \(factor)")
    }
  }

  /// Loads a folder whose `config.json` is an `ImageAutoencoderConfiguration`.
  /// - Throws: `ModelError` naming the file, tensor or value that does not fit.
  public init(folder: URL) throws {
    let configuration = try ModelFolder.configuration(
      ImageAutoencoderConfiguration.self, kind: ImageAutoencoderConfiguration.kind, in: folder)
    guard !configuration.files.isEmpty else {
      throw ModelError.configuration(
        field: "files", value: "[]", remedy: "name the safetensors files beside config.json")
    }
    var tensors: [String: Tensor] = [:]
    for name in configuration.files {
      let url = folder.appendingPathComponent(name)
      for (key, tensor) in try ModelFolder.tensors(of: url) {
        tensors[Self.prefixed(key, in: name)] = tensor
      }
    }
    try self.init(configuration, tensors, path: folder.path)
  }

  /// The published TAESD files are one for each side, with bare numbers for names.
  private static func prefixed(_ key: String, in file: String) -> String {
    guard key.first?.isNumber == true else { return key }
    for side in ["encoder", "decoder"] where file.contains(side) { return "\(side).\(key)" }
    return key
  }

  /// Sizes and counts.
  public var layout: any LatentLayout {
    ImageLayout(
      resolution: configuration.resolution, grid: configuration.resolution / network.spatialFactor,
      channels: network.latentChannels)
  }

  /// Bytes [B, T, R, R, 3] → latents [B, T, grid, grid, channels].
  /// - Throws: `ModelError.frameCount`, `.frameSize`.
  public func encode(_ bytes: Tensor) throws -> Tensor {
    let (shape, latent) = (bytes.shape, try checkedShape(bytes))
    let flat = bytes.reshape([shape[0] * shape[1]] + shape.dropFirst(2))
    return perFrame(flat) { part in
      network.encode(part.to(.float32).permute([0, 3, 1, 2]).contiguous() * (1.0 / 255))
        .permute([0, 2, 3, 1])
    }.reshape([shape[0]] + latent)
  }

  /// Latents [B, T, grid, grid, channels] → bytes [B, T, R, R, 3].
  /// - Throws: `ModelError.latentShape`.
  public func decode(_ latents: Tensor) throws -> Tensor {
    let (shape, frames) = (latents.shape, try checkedFrames(latents))
    let size = configuration.resolution
    let flat = latents.reshape([shape[0] * shape[1]] + shape.dropFirst(2))
    return perFrame(flat) { part in
      (network.decode(part.permute([0, 3, 1, 2]).contiguous()).permute([0, 2, 3, 1]) * 255 + 0.5)
        .clamp(min: 0, max: 255).to(.uint8)
    }.reshape([shape[0], frames, size, size, 3])
  }

  /// Writes tensors and configuration into a folder of its own.
  public func save(to folder: URL, notes: [String: any Encodable] = [:]) throws {
    var stored = Parameters()
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) { stored.append(name, tensor) }
    var own = configuration
    own.files = ["model.safetensors"]
    try ModelFolder.write(configuration: own, model: stored, ema: nil, notes: notes, to: folder)
  }

  private func perFrame(_ x: Tensor, _ body: (Tensor) -> Tensor) -> Tensor {
    Torch.noGrad {
      let starts = Array(stride(from: 0, to: x.size(0), by: framesAtOnce))
      let parts = Workers.map(starts.count) { index in
        body(
          x.narrow(0, start: starts[index], length: min(framesAtOnce, x.size(0) - starts[index])))
      }
      return parts.count == 1 ? parts[0] : .cat(parts)
    }
  }
}

/// The layout of an autoencoder of single pictures: a latent step is a frame.
struct ImageLayout: LatentLayout {
  let resolution: Int
  let grid: Int
  let channels: Int

  func latentShape(frames: Int) throws -> [Int] {
    guard frames > 0 else {
      throw ModelError.frameCount(found: frames, remedy: "use at least 1")
    }
    return [frames, grid, grid, channels]
  }

  func fittingFrames(_ frames: Int) -> Int { max(frames, 1) }
  func frames(ofSteps steps: Int) -> Int { max(steps, 0) }
}
