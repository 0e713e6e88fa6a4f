import Datasets
import Foundation
import TestSupport
import Testing
import Videos
import Worlds

/// Files that the official writer made, and ours of the same layout.
struct OfficialHDF5Tests {
  struct Expected: Decodable {
    var scenes: [[Double]]
    var expected: Streams

    struct Streams: Decodable {
      var init_streams: [String: [[Double]]]
      var position_streams: [String: [[[Double]]]]
      var video_byte_lengths: [String: [Int]]
    }
  }

  static func expected() throws -> Expected {
    try JSONDecoder().decode(
      Expected.self,
      from: Data(contentsOf: GoldenFolder.url.appendingPathComponent("hdf5_sample.json")))
  }

  @Test(.enabled(if: GoldenFolder.isPresent, "\(GoldenFolder.absent)"))
  func officialFilesAreRead() throws {
    let golden = try Self.expected()
    let merged = try OfficialHDF5(
      contentsOf: GoldenFolder.url.appendingPathComponent("sample_merged.hdf5"))
    let chunk = try OfficialHDF5(
      contentsOf: GoldenFolder.url.appendingPathComponent("sample_chunk_0.hdf5"))
    #expect(merged.isMerged && merged.count == 6 && merged.chunks.map(\.key) == ["00000", "00001"])
    #expect(!chunk.isMerged && chunk.count == 3 && merged.columns == .motion)
    for (key, rows) in golden.expected.init_streams {
      for (local, row) in rows.enumerated() {
        let index = try merged.index(key: key, local: local)
        #expect(try merged.address(of: index) == (key, local))
        #expect(merged.place(of: index).key == key && merged.place(of: index).index == local)
        #expect(try merged.parameters(at: index) == row)
        #expect(row == golden.scenes[index])
        let positions = try merged.positions(at: index)
        #expect(positions.map { [$0.x, $0.y] } == golden.expected.position_streams[key]?[local])
        #expect(
          try merged.mp4(at: index).count == golden.expected.video_byte_lengths[key]?[local])
        if key == "00000" { #expect(try chunk.mp4(at: local) == merged.mp4(at: index)) }
      }
    }
    #expect(throws: DatasetError.self) { try merged.index(key: "00002", local: 0) }
    #expect(throws: DatasetError.self) { try merged.index(key: "00001", local: 3) }
  }

  /// The official renderer, its encoder and its physics against ours.
  @Test(.enabled(if: GoldenFolder.isPresent, "\(GoldenFolder.absent)"))
  func officialVideosShowTheirPositions() throws {
    let url = GoldenFolder.url.appendingPathComponent("sample_merged.hdf5")
    let merged = try OfficialHDF5(contentsOf: url)
    for index in 0..<6 {
      let video = try merged.video(at: index)
      #expect(video.sceneIsReconstructed && video.scenario == "uniform_motion")
      #expect(video.video.frames == 32 && video.video.width == 256)
      let ours = Renderer().render(video.scene, video.trajectory)
      let sum = zip(ours.bytes, video.video.bytes).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
      #expect(Double(sum) / Double(ours.bytes.count) < 0.5)
      // The guessed start leads along the official positions.
      let fresh = try Simulator().simulate(video.scene)
      for (mine, official) in zip(fresh.positions, video.trajectory.positions) {
        #expect(abs(mine.x - official.x) < 1e-4 && abs(mine.y - official.y) < 1e-4)
      }
    }
    let verification = try DatasetVerification(of: url)
    #expect(verification.isWhole && verification.checked == 6, "\(verification.faults)")
    let inspection = try DatasetInspection(of: url)
    #expect(inspection.kind == "an official merged HDF5 file" && inspection.count == 6)
    #expect(inspection.streams["position_streams"]?.shape == [3, 32, 2])
    #expect(inspection.streams["video_streams"]?.type == "variable-length uint8")
    #expect(inspection.framesPerSecond == 10 && inspection.pixels == "h264 yuv420p")
    #expect(inspection.isReconstructed && inspection.faults.isEmpty)
  }

  @Test(.enabled(if: GoldenFolder.isPresent, "\(GoldenFolder.absent)"))
  func officialScenesOfEveryKindAreReconstructed() throws {
    let goldens = try GoldenFolder.reference().scenes
    for golden in goldens where golden.scene.frames == 32 {
      let bodies = golden.scene.bodies
      let row: [Double] =
        bodies.count == 2
        ? golden.radii + golden.speeds
        : golden.scenario == "size_shape"
          ? [golden.radii[0], golden.speeds[0], 0, bodies[0].shape == .square ? 1 : 0]
          : golden.scenario == "color_size"
            ? [golden.radii[0], golden.speeds[0], bodies[0].color == .blue ? 1 : 0]
            : golden.radii + golden.speeds
      let label = try #require(
        SceneLabel.reconstructed(row: row, positions: golden.trajectory.positions, frames: 32),
        "\(golden.id)")
      #expect(label.scene.gravity == golden.scene.gravity, "\(golden.id)")
      let fresh = try Simulator().simulate(label.scene)
      let far =
        zip(fresh.positions, golden.trajectory.positions)
        .map { max(abs($0.x - $1.x), abs($0.y - $1.y)) }.max() ?? 1
      #expect(far < 1e-3, "\(golden.id): \(far)")
      for (mine, official) in zip(label.scene.bodies, bodies) {
        #expect(mine.shape == official.shape && mine.color == official.color, "\(golden.id)")
        #expect(mine.velocity == official.velocity, "\(golden.id)")
      }
    }
  }

  @Test func chunksMergeAndSplitWithTheirLabels() throws {
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("set")
      try Samples.write(.hdf5, count: 5, shardSize: 2, to: folder)
      let files = try names(in: folder).filter { $0.hasSuffix(".hdf5") }
      #expect(files == ["0.hdf5", "1.hdf5", "2.hdf5"])
      let merged = try DatasetConversion.merge(folder)
      #expect(merged.lastPathComponent == "set.hdf5")
      #expect(throws: DatasetError.exists(file: merged.path)) {
        try DatasetConversion.merge(folder)
      }
      let source = try OfficialHDF5(contentsOf: merged)
      #expect(source.chunks.map(\.key) == ["00000", "00001", "00002"])
      #expect(source.provenance == Samples.provenance)
      for index in 0..<5 { #expect(try source.video(at: index) == Samples.video(index)) }
      #expect(try DatasetVerification(of: merged).isWhole)

      let again = temporary.appendingPathComponent("again")
      try source.split(into: again)
      for name in files {
        for url in [name, name.replacingOccurrences(of: ".hdf5", with: ".scenes.jsonl")] {
          #expect(
            try Data(contentsOf: again.appendingPathComponent(url))
              == Data(contentsOf: folder.appendingPathComponent(url)), "\(url)")
        }
      }
      // Chunks without a manifest, as the official generators leave them, open as one set.
      let chunks = try DatasetReader.open(again)
      #expect(try chunks.video(at: 4) == Samples.video(4))
      #expect(throws: DatasetError.self) { try source.split(into: again) }
      #expect(throws: DatasetError.self) {
        try OfficialHDF5.merge([merged], into: temporary.appendingPathComponent("x.hdf5"))
      }
    }
  }

  @Test func withoutLabelsTheSceneIsReconstructed() throws {
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("set")
      let scenes = RenderedScenes(Samples.Collisions(), size: 64)
      let settings = DatasetSettings(
        storage: .hdf5, provenance: nil, count: 2, size: 64, frames: 12, quality: .lossless)
      try DatasetWriter(settings, to: folder).write(scenes)
      let chunk = temporary.appendingPathComponent("0.hdf5")
      try FileManager.default.copyItem(at: folder.appendingPathComponent("0.hdf5"), to: chunk)
      let source = try OfficialHDF5(contentsOf: chunk)
      #expect(source.columns == .collision)
      for index in 0..<2 {
        let (video, original) = (try source.video(at: index), try scenes.video(at: index))
        #expect(video.sceneIsReconstructed && !original.sceneIsReconstructed)
        #expect(video.scenario == "collision" && video.parameters == original.parameters)
        #expect(video.trajectory.positions == original.trajectory.positions)
        for (mine, body) in zip(video.scene.bodies, original.scene.bodies) {
          #expect(mine.radius == body.radius && mine.color == body.color)
          #expect(mine.velocity == body.velocity)
          #expect(abs(mine.position.x - body.position.x) < 1e-5)
        }
      }
      // A conversion keeps the mark.
      let tar = temporary.appendingPathComponent("tar")
      try DatasetConversion.convert(chunk, to: tar, storage: .tar)
      #expect(try DatasetReader.open(tar).video(at: 0).sceneIsReconstructed)
      #expect(try DatasetVerification(of: tar).isWhole)
    }
  }

  @Test func columnsFollowTheOfficialScripts() throws {
    func columns(_ scenario: UniformMotion, _ recipe: String?) throws -> OfficialColumns {
      let parameters = ["r": 1.0, "v": 2.0]
      let scene = try scenario.scene(for: parameters) { 0.5 }
      return OfficialColumns(
        scenario: "uniform_motion", parameters: parameters, scene: scene, recipe: recipe)
    }
    #expect(try columns(UniformMotion(), nil) == .motion)
    #expect(try columns(UniformMotion(color: .blue), nil) == .motionColor)
    #expect(try columns(UniformMotion(), "uniform_motion(right,disc,blue)") == .motionColor)
    #expect(try columns(UniformMotion(shape: .square), nil) == .motionColorShape)
    let scene = try UniformMotion(shape: .square, color: .blue).scene(for: ["r": 1, "v": 2]) { 0.5 }
    let parameters = ["r": 1.0, "v": 2.0]
    #expect(OfficialColumns.motion.row(parameters: parameters, scene: scene) == [1, 2])
    #expect(
      OfficialColumns.motionColorShape.row(parameters: parameters, scene: scene) == [1, 2, 1, 1])
    #expect(OfficialColumns.object.row(parameters: parameters, scene: scene) == [1, 1, 2])
    #expect(OfficialColumns.collision.row(parameters: parameters, scene: scene) == nil)
    let other = OfficialColumns(
      scenario: "gap", parameters: ["w": 1, "a": 2], scene: scene, recipe: nil)
    #expect(other == .parameters(["a", "w"]))
  }
}

/// Sets in the official order, stored chunk by chunk as the official script does.
struct OfficialSetTests {
  @Test func shardsAreTheOfficialChunks() throws {
    let axes = [
      Grid.Axis("r", .linear(from: 0.7, to: 1.4, count: 3)),
      Grid.Axis("v", .linear(from: 1, to: 4, count: 3)),
    ]
    let recipe = SceneRecipe(scenario: UniformMotion(frames: 4), grid: Grid(axes: axes))
    let layout = OfficialLayout(chunkSize: 4)
    let stream = try OfficialStream(recipe: recipe, layout: layout)
    let source = RenderedScenes(stream, size: 16)
    #expect(source.provenance?.mode == .official && source.provenance?.seed == 42)
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("set")
      let settings = DatasetSettings(
        storage: .hdf5, provenance: source.provenance, count: 9, size: 16, frames: 4,
        quality: .lossless)
      let manifest = try #require(try DatasetWriter(settings, to: folder).write(source))
      #expect(manifest.shards.map(\.count) == [4, 4, 1])
      let verification = try DatasetVerification(of: folder)
      #expect(verification.isWhole && verification.remade == 9, "\(verification.faults)")
      let read = try DatasetReader.open(folder)
      #expect(read.provenance == source.provenance)
      for index in 0..<9 { #expect(try read.video(at: index) == source.video(at: index)) }
    }
  }
}
