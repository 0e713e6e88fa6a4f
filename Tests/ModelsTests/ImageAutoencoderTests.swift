import Foundation
import Models
import Tensors
import TestSupport
import Testing

@Suite struct ImageAutoencoderTests {
  /// TAESD's tensors with few channels, filled at random.
  static func tiny(width: Int = 4, latent: Int = 3) -> [String: Tensor] {
    let stream = RandomStream(seed: 3)
    var tensors: [String: Tensor] = [:]
    func add(_ name: String, _ from: Int, _ to: Int, bias: Bool = true) {
      tensors["\(name).weight"] = stream.normal([to, from, 3, 3]) * 0.2
      if bias { tensors["\(name).bias"] = stream.normal([to]) * 0.2 }
    }
    func blocks(_ side: String, _ places: [Int]) {
      for place in places {
        for part in [0, 2, 4] { add("\(side).\(place).conv.\(part)", width, width) }
      }
    }
    add("encoder.0", 3, width)
    blocks("encoder", [1, 3, 4, 5, 7, 8, 9, 11, 12, 13])
    for place in [2, 6, 10] { add("encoder.\(place)", width, width, bias: false) }
    add("encoder.14", width, latent)
    add("decoder.1", latent, width)
    blocks("decoder", [3, 4, 5, 8, 9, 10, 13, 14, 15, 18])
    for place in [7, 12, 17] { add("decoder.\(place)", width, width, bias: false) }
    add("decoder.19", width, 3)
    return tensors
  }

  static let configuration = ImageAutoencoderConfiguration(
    family: .taesd, resolution: 16, files: ["weights.safetensors"])

  @Test func theTensorsTellTheShape() throws {
    var autoencoder = try ImageAutoencoder(Self.configuration, Self.tiny(), path: "memory")
    #expect(try autoencoder.layout.latentShape(frames: 7) == [7, 2, 2, 3])
    let bytes = (RandomStream(seed: 1).uniform([2, 5, 16, 16, 3]) * 255).to(.uint8)
    let latents = try autoencoder.encode(bytes)
    #expect(latents.shape == [2, 5, 2, 2, 3])
    autoencoder.framesAtOnce = 3
    #expect(largestDifference(latents, try autoencoder.encode(bytes)) < 1e-5)
    #expect(try autoencoder.decode(latents).shape == [2, 5, 16, 16, 3])
  }

  @Test func aFolderGivesItBack() throws {
    let autoencoder = try ImageAutoencoder(Self.configuration, Self.tiny(), path: "memory")
    let bytes = (RandomStream(seed: 1).uniform([1, 2, 16, 16, 3]) * 255).to(.uint8)
    try withTemporaryFolder { folder in
      let place = folder.appendingPathComponent("a")
      try autoencoder.save(to: place)
      let loaded = try LatentCodecs.load(place)
      #expect(largestDifference(try loaded.encode(bytes), try autoencoder.encode(bytes)) == 0)
      #expect(try LatentCodecs.layout(place).latentShape(frames: 3) == [3, 2, 2, 3])
    }
  }

  @Test func whatDoesNotFitIsNamed() throws {
    func error(
      _ configuration: ImageAutoencoderConfiguration = Self.configuration,
      _ change: (inout [String: Tensor]) -> Void
    ) throws -> ModelError {
      var tensors = Self.tiny()
      change(&tensors)
      return try #require(throws: ModelError.self) {
        _ = try ImageAutoencoder(configuration, tensors, path: "memory")
      }
    }
    func isNamed(_ name: String, _ error: ModelError) -> Bool { "\(error)".contains(name) }
    #expect(try isNamed("encoder.4.conv.2.weight", error { $0["encoder.4.conv.2.weight"] = nil }))
    #expect(try isNamed("quant_conv", error { $0["quant_conv.weight"] = .zeros([1]) }))
    #expect(
      try isNamed("decoder.7.weight", error { $0["decoder.7.weight"] = .zeros([4, 5, 3, 3]) }))
    #expect(try isNamed("decoder.19.weight", error { $0["decoder.19.weight"] = .zeros([3]) }))
    let nan = Tensor.full([4], .nan)
    #expect(try isNamed("NaN", error { $0["encoder.0.bias"] = nan }))
    var odd = Self.configuration
    odd.resolution = 20
    #expect(try isNamed("resolution", error(odd) { _ in }))
    var other = Self.configuration
    other.family = .kl
    #expect(try isNamed("encoder.conv_in.weight", error(other) { _ in }))
  }

  @Test func foldersThatLackSomethingAreRefused() throws {
    try withTemporaryFolder { folder in
      func error(_ config: String) throws -> String {
        try Data(config.utf8).write(to: folder.appendingPathComponent("config.json"))
        return "\(try #require(throws: ModelError.self) { _ = try LatentCodecs.load(folder) })"
      }
      let start = #"{"modelType": "phyworld-image-autoencoder", "#
      #expect(
        try error(start + #""family": "taesd", "resolution": 16, "files": ["a.safetensors"]}"#)
          .contains("a.safetensors"))
      #expect(
        try error(start + #""family": "taesd", "resolution": 16, "files": []}"#).contains("files"))
      #expect(
        try error(start + #""family": "vq", "resolution": 16, "files": []}"#).contains("family"))
      #expect(try error(start + #""family": "kl"}"#).contains("resolution"))
      // Not safetensors at all.
      try Data("nothing".utf8).write(to: folder.appendingPathComponent("a.safetensors"))
      #expect(
        try error(start + #""family": "taesd", "resolution": 16, "files": ["a.safetensors"]}"#)
          .contains("a.safetensors"))
    }
  }

  /// The same weights in PyTorch give the same latents and pictures.
  @Test func pyTorchAgrees() throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Python/image_autoencoders.py")
    let python = ProcessInfo.processInfo.environment["PHYWORLD_TORCH_PYTHON"] ?? "python3"
    try withTemporaryFolder { folder in
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = [python, script.path, folder.path]
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      guard process.terminationStatus == 0 else {
        print("skipped: \(python) has no torch; name one that has in PHYWORLD_TORCH_PYTHON")
        return
      }
      for name in ["taesd", "taef2", "kl"] {
        let place = folder.appendingPathComponent(name)
        let codec = try LatentCodecs.load(place)
        let expected = try Safetensors.read(place.appendingPathComponent("expected.safetensors"))
          .tensors
        let picture = try #require(expected["picture"])
        let bytes = (picture * 255).round().to(.uint8).permute([0, 2, 3, 1])
          .reshape([1, 2, 32, 32, 3])
        let latents = try codec.encode(bytes)
        let wanted = try #require(expected["latents"]).permute([0, 2, 3, 1]).unsqueeze(0)
        #expect(latents.shape == wanted.shape)
        #expect(largestDifference(latents, wanted) < 2e-5, "\(name)")
        let drawn = try codec.decode(wanted.contiguous()).to(.float32)
        let target = try #require(expected["drawn"]).permute([0, 2, 3, 1]).unsqueeze(0) * 255
        // Half a level of rounding and a little arithmetic.
        #expect(largestDifference(drawn, target.clamp(min: 0, max: 255)) < 0.51, "\(name)")
      }
    }
  }
}
