import Foundation
import Models
import Tensors
import TestSupport
import Testing

@Suite struct ModelFolderTests {
  @Test func autoencodersComeBackBitForBit() throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("ae")
      var autoencoder = try VideoAutoencoder(tinyAutoencoder(grid: 2), seed: 1)
      autoencoder.projection = .fit(
        RandomStream(seed: 2).normal([50, 18]), channels: 10, whitening: 1)
      try autoencoder.save(to: url)
      let loaded = try VideoAutoencoder(folder: url)
      let videos = (RandomStream(seed: 3).uniform([1, 6, 16, 16, 3]) * 255).to(.uint8)
      let (a, b) = (try autoencoder.encode(videos), try loaded.encode(videos))
      #expect(a.floats() == b.floats())
      #expect(try autoencoder.decode(a).bytes() == loaded.decode(b).bytes())
      // A second save replaces the first and leaves nothing else behind.
      try autoencoder.save(to: url)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["ae"])
    }
  }

  @Test func diffusionModelsComeBackBitForBit() throws {
    try withTemporaryFolder { folder in
      let (model, url) = try saved(in: folder)
      let autoencoder = try VideoAutoencoder(tinyAutoencoder(), seed: 1)
      let loaded = try LatentDiffusionModel(folder: url, autoencoder: autoencoder)
      let condition = RandomStream(seed: 3).normal([2] + model.configuration.latentShape)
      let sampler = Sampler()
      let a = sampler.sample(model, Diffusion(), condition: condition)
      let b = sampler.sample(loaded.transformer, loaded.diffusion, condition: condition)
      #expect(a.floats() == b.floats())
    }
  }

  func saved(in folder: URL) throws -> (VideoDiT, URL) {
    let url = folder.appendingPathComponent("dit")
    let model = try VideoDiT(tinyTransformer(), seed: 1)
    randomise(model.parameters, seed: 2)
    try ModelFolder.write(
      configuration: DiffusionModelConfiguration(
        transformer: model.configuration, diffusion: Diffusion()),
      model: model.parameters, ema: model.parameters, to: url)
    return (model, url)
  }

  func load(_ url: URL) throws {
    _ = try LatentDiffusionModel(
      folder: url, autoencoder: VideoAutoencoder(tinyAutoencoder(), seed: 1))
  }

  @Test func absentFilesAreNamed() throws {
    try withTemporaryFolder { folder in
      #expect { try load(folder.appendingPathComponent("nowhere")) } throws: {
        "\($0)".contains("nowhere/config.json")
      }
      let (_, url) = try saved(in: folder)
      try FileManager.default.removeItem(at: url.appendingPathComponent("ema.safetensors"))
      #expect { try load(url) } throws: { "\($0)".contains("ema.safetensors") }
    }
  }

  @Test func anotherKindOfModelIsRefused() throws {
    try withTemporaryFolder { folder in
      let (_, url) = try saved(in: folder)
      #expect { _ = try VideoAutoencoder(folder: url) } throws: {
        if case ModelError.foreign = $0 { true } else { false }
      }
    }
  }

  @Test func brokenConfigurationsAreNamed() throws {
    try withTemporaryFolder { folder in
      let (_, url) = try saved(in: folder)
      let config = url.appendingPathComponent("config.json")
      let text = try String(contentsOf: config, encoding: .utf8)
      try text.replacingOccurrences(of: "\"heads\"", with: "\"hands\"")
        .write(to: config, atomically: true, encoding: .utf8)
      #expect { try load(url) } throws: { "\($0)".contains("heads") }
      try text.replacingOccurrences(of: "\"heads\" : 2", with: "\"heads\" : 3")
        .write(to: config, atomically: true, encoding: .utf8)
      #expect { try load(url) } throws: { "\($0)".contains("heads is 3") }
      try "{".write(to: config, atomically: true, encoding: .utf8)
      #expect { try load(url) } throws: { "\($0)".contains("config.json cannot be read") }
    }
  }

  @Test func wrongTensorsAreNamedWithBothShapes() throws {
    try withTemporaryFolder { folder in
      let (model, url) = try saved(in: folder)
      let file = url.appendingPathComponent("ema.safetensors")
      let good = model.parameters.byName
      let name = "blocks.1.attn.qkv.weight"
      func expect(_ tensors: [String: Tensor], _ wanted: ModelError) throws {
        try Safetensors.write(tensors, to: file)
        #expect(throws: wanted) { try load(url) }
      }
      var bad = good
      bad[name] = .zeros([48, 17])
      try expect(
        bad,
        .tensorShape(name: name, expected: [48, 16], found: [48, 17], path: file.path))
      bad[name] = nil
      try expect(bad, .missingTensor(name: name, expected: [48, 16], path: file.path))
      bad = good
      bad["stranger"] = .zeros([2])
      try expect(bad, .unexpectedTensor(name: "stranger", found: [2], path: file.path))
      bad = good
      bad[name] = .full([48, 16], .nan)
      try expect(bad, .notFinite(name: name, path: file.path))
      try Safetensors.write(good, to: file)
      try load(url)
      let data = try Data(contentsOf: file)
      try data.prefix(data.count / 2).write(to: file)
      #expect { try load(url) } throws: {
        if case ModelError.unreadable(let path, _) = $0 { path == file.path } else { false }
      }
    }
  }

  @Test func aFailedWriteLeavesTheOldFolder() throws {
    struct Stop: Error {}
    try withTemporaryFolder { folder in
      let (_, url) = try saved(in: folder)
      #expect(throws: Stop.self) {
        try AtomicFolder.write(to: url) { temporary in
          try Data("half".utf8).write(to: temporary.appendingPathComponent("model.safetensors"))
          throw Stop()
        }
      }
      try load(url)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["dit"])
    }
  }
}
