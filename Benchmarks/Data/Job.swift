import Datasets
import Foundation
import Videos
import Worlds

/// The jobs: what the official code does, in stages.
enum Job: String, CaseIterable, Encodable {
  /// Scenes to trajectories.
  case simulate
  /// Scenes to 256-pixel videos in a buffer that is used again.
  case render = "render-256"
  /// The same with every byte of every video written, into memory the caches do not hold.
  case renderEveryByte = "render-256-every-byte"
  /// Scenes to 128-pixel averages in a batch that is used again, as training takes them.
  case stream = "stream-128"
  /// Scenes to mp4 files in memory.
  case encode
  /// Scenes to a file of the official HDF5 layout.
  case hdf5
  /// Scenes, trajectories and pixels in files, for the comparison with the official method.
  case scenes
  /// A large buffer filled with plain and with streaming stores.
  case memory = "memory-plain"
  case memoryStreaming = "memory-streaming"

  func run(_ request: Request) throws -> Result {
    switch self {
    case .simulate: try simulate(request)
    case .render: try render(request)
    case .renderEveryByte: try renderEveryByte(request)
    case .stream: try stream(request)
    case .encode: try encode(request)
    case .hdf5: try writeHDF5(request)
    case .scenes: try writeScenes(request)
    case .memory, .memoryStreaming: fillMemory()
    }
  }

  /// A result with the request's law and number of videos.
  func result(_ request: Request, _ seconds: Double) -> Result {
    Result(
      job: self, law: request.law, videos: request.videos, threads: request.threads,
      seconds: seconds)
  }

  private func simulate(_ request: Request) throws -> Result {
    let (scenes, simulator) = (request.law.scenes, Simulator())
    var checksum = 0
    let work = { (index: Int) throws in
      let trajectory = try simulator.simulate(try scenes.scene(at: index))
      checksum &+= Int(trajectory[frame: 31, body: 0].x * 1e6)
    }
    try (0..<20).forEach(work)
    checksum = 0
    var result = result(request, try seconds { try (0..<request.videos).forEach(work) })
    result.checksum = checksum
    return result
  }

  private func render(_ request: Request) throws -> Result {
    let (scenes, simulator, buffer) = (request.law.scenes, Simulator(), VideoBuffer())
    var checksum = 0
    let work = { (index: Int) throws in
      let scene = try scenes.scene(at: index)
      buffer.withVideo(of: scene, try simulator.simulate(scene)) { pixels in
        // One pixel row of one frame: what a consumer would read must not be left out.
        checksum &+= pixels[(16 * 256 + 128) * 768..<((16 * 256 + 128) * 768 + 768)]
          .reduce(0) { $0 + Int($1) }
      }
    }
    try (0..<20).forEach(work)
    checksum = 0
    var result = result(request, try seconds { try (0..<request.videos).forEach(work) })
    result.bytes = request.videos * 32 * 256 * 256 * 3
    result.checksum = checksum
    return result
  }

  private func renderEveryByte(_ request: Request) throws -> Result {
    let (scenes, simulator, renderer) = (request.law.scenes, Simulator(), Renderer())
    let (size, places) = (32 * 256 * 256 * 3, 32)
    let batch = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: size * places)
    defer { batch.deallocate() }
    batch.initialize(repeating: 0)
    let work = { (index: Int) throws in
      let scene = try scenes.scene(at: index)
      let start = index % places * size
      try renderer.render(
        scene, try simulator.simulate(scene), averagedTo: 256,
        into: UnsafeMutableBufferPointer(rebasing: batch[start..<(start + size)]))
    }
    try (0..<20).forEach(work)
    var result = result(request, try seconds { try (0..<request.videos).forEach(work) })
    result.bytes = request.videos * size
    result.checksum = Int(batch[size / 2])
    return result
  }

  private func stream(_ request: Request) throws -> Result {
    let source = RenderedScenes(request.law.scenes, size: 128)
    let (size, places) = (32 * 128 * 128 * 3, 32)
    // Every thread fills a batch of its own with its own videos, as training's background does.
    let elapsed = seconds {
      DispatchQueue.concurrentPerform(iterations: request.threads) { thread in
        let batch = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: size * places)
        defer { batch.deallocate() }
        for index in stride(from: thread, to: request.videos, by: request.threads) {
          let start = index / request.threads % places * size
          let target = UnsafeMutableBufferPointer(rebasing: batch[start..<(start + size)])
          do {
            try source.copy(videoAt: index, frames: 32, size: 128, into: target)
          } catch {
            preconditionFailure("\(error)")
          }
        }
      }
    }
    var result = result(request, elapsed)
    result.bytes = request.videos * size
    return result
  }
}
