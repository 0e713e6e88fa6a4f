import Foundation
import Videos
import Worlds

/// A disc that rolls to the right; it vanishes after `vanishing` frames.
func rollingDisc(
  size: Int = 64, frames: Int = 8, speed: Double = 2, vanishing: Int? = nil
) throws -> Video {
  let body = Body(radius: 1.2, position: Vector2(x: 2, y: 5), velocity: Vector2(x: speed, y: 0))
  let scene = Scene(bodies: [body], frames: frames)
  var video = try Renderer().render(scene, Simulator().simulate(scene), averagedTo: size)
  if let vanishing {
    for byte in (vanishing * video.frameSize)..<video.bytes.count { video.bytes[byte] = 255 }
  }
  return video
}

/// Writes mp4 clips at some paths below a folder.
func writeClips(_ paths: [String], in folder: URL) throws {
  for (number, path) in paths.enumerated() {
    let file = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    let clip = try rollingDisc(speed: 1 + Double(number) / 2)
    try VideoFile.write(clip, to: file)
  }
}

/// Lets `body` use an empty folder, which is removed afterwards.
func withFolder<Result>(
  isolation: isolated (any Actor)? = #isolation, _ body: (URL) async throws -> Result
) async throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("phyworld-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder)
}
