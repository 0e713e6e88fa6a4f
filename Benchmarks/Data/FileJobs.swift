import CMemory
import Datasets
import Foundation
import Videos
import Worlds

/// The jobs that encode or write files, and the speed of memory.
extension Job {
  /// The quality that data are made in: the official rate factor with a faster preset.
  private static let quality = VideoQuality.fast

  func encode(_ request: Request) throws -> Result {
    let (scenes, simulator, buffer) = (request.law.scenes, Simulator(), VideoBuffer())
    var encoded = 0
    let work = { (index: Int) throws in
      let scene = try scenes.scene(at: index)
      let video = buffer.video(of: scene, try simulator.simulate(scene))
      encoded += try VideoFile.mp4Data(video, quality: Job.quality).count
    }
    try (0..<3).forEach(work)
    encoded = 0
    var result = result(request, try seconds { try (0..<request.videos).forEach(work) })
    result.bytes = request.videos * 32 * 256 * 256 * 3
    result.fileBytes = encoded
    return result
  }

  func writeHDF5(_ request: Request) throws -> Result {
    guard let folder = request.output else { throw UsageError("hdf5 needs --output FOLDER") }
    let source = RenderedScenes(request.law.scenes, size: 256)
    let settings = DatasetSettings(
      storage: .hdf5, provenance: source.provenance, count: request.videos, quality: Job.quality)
    let writer = DatasetWriter(settings, to: folder, threads: request.threads)
    var result = result(request, try seconds { try writer.write(source) })
    result.bytes = request.videos * 32 * 256 * 256 * 3
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: [.fileSizeKey])
    result.fileBytes = try files.filter { $0.pathExtension == "hdf5" }
      .reduce(0) { $0 + (try $1.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0) }
    return result
  }

  /// `scenes.json` (bodies, gravity and our positions) and `pixels.bin` (all frames of all videos).
  func writeScenes(_ request: Request) throws -> Result {
    struct Entry: Encodable {
      var scene: Scene
      var positions: [Vector2]
    }
    guard let folder = request.output else { throw UsageError("scenes needs --output FOLDER") }
    let (scenes, simulator, renderer) = (request.law.scenes, Simulator(), Renderer())
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var entries: [Entry] = []
    var pixels = Data()
    let elapsed = try seconds {
      for index in 0..<request.videos {
        let scene = try scenes.scene(at: index)
        let trajectory = try simulator.simulate(scene)
        entries.append(Entry(scene: scene, positions: trajectory.positions))
        pixels.append(contentsOf: renderer.render(scene, trajectory).bytes)
      }
      try JSONEncoder().encode(entries).write(to: folder.appendingPathComponent("scenes.json"))
      try pixels.write(to: folder.appendingPathComponent("pixels.bin"))
    }
    return result(request, elapsed)
  }

  /// The best of several rounds over a gigabyte: how fast memory can be written at all.
  func fillMemory() -> Result {
    let size = 1 << 30
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
    defer { memory.deallocate() }
    cmemory_fill(memory, 1, size)
    let rounds = (0..<6).map { round in
      seconds {
        let value = UInt8(round)
        if self == .memory { cmemory_fill(memory, value, size) }
        if self == .memoryStreaming { cmemory_stream(memory, value, size) }
      }
    }
    var result = Result(job: self, seconds: rounds.min() ?? 0)
    result.bytes = size
    result.checksum = Int(memory.load(fromByteOffset: size / 2, as: UInt8.self))
    return result
  }
}
