import Foundation
import Tensors

/// A folder with `config.json`, `model.safetensors` and, where kept, `ema.safetensors`.
public enum ModelFolder {
  /// Which weights to load.
  public enum Weights: String, Sendable, CaseIterable {
    /// As the last step left them.
    case model
    /// Their exponential moving average.
    case ema
  }

  /// Writes the folder whole, replacing an earlier one.
  ///
  /// - Parameters:
  ///   - notes: what else is known of the model; each becomes `NAME.json`.
  ///   - card: `README.md`, where there is one.
  public static func write(
    configuration: some Encodable, model: Parameters, ema: Parameters?,
    notes: [String: any Encodable] = [:], card: String? = nil, to folder: URL
  ) throws {
    try AtomicFolder.write(to: folder) { temporary in
      try AtomicFolder.write(
        json: configuration, to: temporary.appendingPathComponent("config.json"))
      try Safetensors.write(
        model.byName, metadata: ["format": "pt"],
        to: temporary.appendingPathComponent("model.safetensors"))
      for (name, note) in notes {
        try AtomicFolder.write(json: note, to: temporary.appendingPathComponent("\(name).json"))
      }
      if let card {
        try Data(card.utf8).write(to: temporary.appendingPathComponent("README.md"))
      }
      if let ema {
        try Safetensors.write(
          ema.byName, metadata: ["format": "pt"],
          to: temporary.appendingPathComponent("ema.safetensors"))
      }
    }
  }

  /// Reads `config.json` and checks that it is of the right kind.
  /// - Throws: `ModelError.missingFile`, `.unreadable`, `.foreign`.
  public static func configuration<Value: Decodable>(
    _ type: Value.Type, kind: String, in folder: URL
  ) throws -> Value {
    let url = folder.appendingPathComponent("config.json")
    let data: Data
    do {
      data = try Data(contentsOf: url)
    } catch {
      throw ModelError.missingFile(
        path: url.path, remedy: "train the model first, or point to its folder")
    }
    let decoder = JSONDecoder()
    do {
      let found = try decoder.decode(Kind.self, from: data).modelType ?? "file without modelType"
      guard found == kind else {
        throw ModelError.foreign(path: url.path, expected: kind, found: found)
      }
      return try decoder.decode(type, from: data)
    } catch let error as DecodingError {
      throw ModelError.unreadable(path: url.path, reason: Self.reason(error))
    }
  }

  /// The kind of model that `config.json` says the folder holds.
  /// - Throws: `ModelError.missingFile`, `.unreadable`.
  public static func kind(in folder: URL) throws -> String {
    let url = folder.appendingPathComponent("config.json")
    guard let data = try? Data(contentsOf: url) else {
      throw ModelError.missingFile(
        path: url.path, remedy: "train the model first, or point to its folder")
    }
    do {
      return try JSONDecoder().decode(Kind.self, from: data).modelType ?? "file without modelType"
    } catch let error as DecodingError {
      throw ModelError.unreadable(path: url.path, reason: Self.reason(error))
    }
  }

  /// Fills `parameters` from a safetensors file, or throws and changes nothing.
  public static func load(_ parameters: Parameters, from url: URL) throws {
    try parameters.load(tensors(of: url), path: url.path)
  }

  /// All tensors of a safetensors file.
  /// - Throws: `ModelError.missingFile`, `.unreadable`.
  static func tensors(of url: URL) throws -> [String: Tensor] {
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw ModelError.missingFile(
        path: url.path, remedy: "train the model first, or point to its folder")
    }
    do {
      return try Safetensors.read(url).tensors
    } catch {
      throw ModelError.unreadable(path: url.path, reason: "\(error)")
    }
  }

  /// Fills `parameters` with the averaged weights where the folder has them, else with the last ones.
  public static func loadBest(_ parameters: Parameters, in folder: URL) throws {
    let ema = folder.appendingPathComponent("ema.safetensors")
    let exists = FileManager.default.fileExists(atPath: ema.path)
    try load(parameters, from: exists ? ema : folder.appendingPathComponent("model.safetensors"))
  }

  private static func reason(_ error: DecodingError) -> String {
    func place(_ context: DecodingError.Context) -> String {
      context.codingPath.map(\.stringValue).joined(separator: ".")
    }
    return switch error {
    case .keyNotFound(let key, let context):
      "it lacks \(([place(context), key.stringValue]).filter { !$0.isEmpty }.joined(separator: "."))"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "\(place(context)): \(context.debugDescription)"
    case .dataCorrupted(let context): "\(place(context)) \(context.debugDescription)"
    @unknown default: "\(error)"
    }
  }
}

extension VideoAutoencoder {
  /// Loads an autoencoder folder: architecture from `config.json`, the best weights it has.
  /// - Throws: `ModelError` naming the file, tensor or value that does not fit.
  public init(folder: URL) throws {
    let configuration = try ModelFolder.configuration(
      VideoAutoencoderConfiguration.self, kind: VideoAutoencoderConfiguration.kind, in: folder)
    try self.init(configuration, seed: 0)
    try ModelFolder.loadBest(parameters, in: folder)
  }

  /// Writes a folder that `init(folder:)` reads back bit for bit.
  ///
  /// - Parameter notes: what else is known of it, such as its shape gate; each becomes `NAME.json`.
  public func save(to folder: URL, notes: [String: any Encodable] = [:]) throws {
    try save(to: folder, notes: notes, dtype: .float32)
  }

  /// The same in another precision; bit for bit only for weights that were rounded to it.
  public func save(
    to folder: URL, notes: [String: any Encodable] = [:], dtype: DType
  ) throws {
    var stored = Parameters()
    for (name, tensor) in zip(parameters.names, parameters.tensors) {
      stored.append(name, tensor.detached().to(dtype))
    }
    try ModelFolder.write(
      configuration: configuration, model: stored, ema: nil, notes: notes, to: folder)
  }

  /// A copy whose weights are those that a file of such precision would give back.
  /// - Throws: `ModelError.notFinite` for weights beyond the precision's range.
  public func rounded(to dtype: DType) throws -> VideoAutoencoder {
    let copy = try VideoAutoencoder(configuration, seed: 0)
    try copy.parameters.load(
      parameters.byName.mapValues { $0.detached().to(dtype).to(.float32) },
      path: "the weights in \(dtype)")
    return copy
  }
}

/// What `config.json` of a diffusion model says.
public struct DiffusionModelConfiguration: Codable, Hashable, Sendable {
  /// What `config.json` must say to be taken for a diffusion model.
  public static let kind = "phyworld-video-dit"

  /// The kind of model, always `DiffusionModelConfiguration.kind`.
  public var modelType = Self.kind
  /// The transformer.
  public var transformer: VideoDiTConfiguration
  /// What it was trained to do.
  public var diffusion: Diffusion

  /// Joins the two.
  public init(transformer: VideoDiTConfiguration, diffusion: Diffusion) {
    self.transformer = transformer
    self.diffusion = diffusion
  }

  /// The network and what it predicts, in a sentence.
  public var summary: String {
    let t = transformer
    return
      "A latent video diffusion transformer: depth \(t.depth), width \(t.width), \(t.heads) heads, \(t.tokens) "
      + "tokens a video of \(t.tokenChannels) numbers each; \(t.conditionSteps) of \(t.time) latent steps are given; it "
      + "predicts \(diffusion.prediction.rawValue) on the \(diffusion.path.rawValue) path."
  }

  /// Checks both.
  /// - Throws: `ModelError.configuration`.
  public func validate() throws {
    try transformer.validate()
    try diffusion.validate()
  }
}

extension LatentDiffusionModel {
  /// Loads a diffusion model's folder on top of an autoencoder.
  ///
  /// - Parameter weights: which weights; the averaged ones as a rule.
  /// - Throws: `ModelError` naming the file, tensor or value that does not fit.
  public init(
    folder: URL, autoencoder: any LatentCodec, sampler: Sampler = Sampler(),
    weights: ModelFolder.Weights = .ema
  ) throws {
    let configuration = try ModelFolder.configuration(
      DiffusionModelConfiguration.self, kind: DiffusionModelConfiguration.kind, in: folder)
    try configuration.validate()
    let transformer = try VideoDiT(configuration.transformer, seed: 0)
    try ModelFolder.load(
      transformer.parameters, from: folder.appendingPathComponent("\(weights.rawValue).safetensors")
    )
    try self.init(
      autoencoder: autoencoder, transformer: transformer, diffusion: configuration.diffusion,
      sampler: sampler)
  }
}

private struct Kind: Decodable { var modelType: String? }
