import Foundation
import Measures
import Reports
import Testing
import Videos
import Worlds

@Suite struct ReportClipTests {
  private func video(_ speed: Double, size: Int = 64, frames: Int = 12) throws -> Video {
    let scene = Scene(
      bodies: [
        Body(radius: 1, position: Vector2(x: 2, y: 5), velocity: Vector2(x: speed, y: 0))
      ], frames: frames)
    return try Renderer().render(scene, Simulator().simulate(scene), averagedTo: size)
  }

  private var choice: ClipPicker.Choice {
    get throws { try #require(ClipPicker.choose(Synthetic.clinging).first) }
  }

  @Test func truthIsAboveAndTheBarMarksTheGivenFrames() throws {
    let clip = try ReportClip(choice, truth: video(2), generated: video(1), conditionFrames: 3)
    let film = try VideoFile.video(from: clip.mp4, name: "clip")
    #expect(film.frames == 12 && film.width == 256 && film.height == 520)
    for (frame, level) in [(0, 60), (2, 60), (3, 200), (11, 200)] {
      let pixel = film.bytes[frame * film.frameSize + (259 * 256 + 128) * 3]
      #expect(abs(Int(pixel) - level) < 12)
    }
    let strip = try ImageFile.image(png: clip.filmstrip)
    #expect(strip.width == 8 * 66 + 2 && strip.height == 2 * 66 + 2)
    #expect(clip.label == "Best, in distribution")
    #expect(clip.level == "id")
  }

  @Test(arguments: [(33, 1), (27, 5), (300, 9)])
  func oddSizesAndShortVideosAreFine(size: Int, frames: Int) throws {
    let odd = Video(
      frames: frames, height: size, width: size,
      bytes: [UInt8](repeating: 90, count: frames * size * size * 3))
    let clip = try ReportClip(choice, truth: video(1, frames: 12), generated: odd)
    #expect(try VideoFile.video(from: clip.mp4, name: "clip").frames == frames)
  }

  @Test func nothingToShowFails() throws {
    let empty = Video(frames: 0, height: 0, width: 0, bytes: [])
    #expect(throws: VideoError.self) {
      try ReportClip(choice, truth: video(1), generated: empty)
    }
  }
}
