import Foundation
import Rating
import Testing
import Videos

@Suite struct ClipFolderTests {
  @Test func findsFilesAndFoldersOfFramesInTheOrderOfPeople() async throws {
    try await withFolder { folder in
      try writeClips(["m/10.mp4", "m/9.mp4", "a.MP4"], in: folder)
      try ImageFile.writeGIF(
        try rollingDisc(), to: folder.appendingPathComponent("m/moving.gif"))
      for frame in 0..<12 {
        let file = folder.appendingPathComponent("frames/clip/frame-\(frame).png")
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try ImageFile.writePNG(try rollingDisc(frames: 12).frame(frame), to: file)
      }
      try Data("not a clip".utf8).write(to: folder.appendingPathComponent("notes.txt"))
      try Data().write(to: folder.appendingPathComponent(".hidden.mp4"))
      try FileManager.default.createSymbolicLink(
        at: folder.appendingPathComponent("link.mp4"),
        withDestinationURL: folder.appendingPathComponent("a.MP4"))
      try FileManager.default.createSymbolicLink(
        at: folder.appendingPathComponent("loop"), withDestinationURL: folder)

      let clips = try ClipFolder.clips(in: folder)
      #expect(
        clips.map(\.source) == ["a.MP4", "frames/clip", "m/9.mp4", "m/10.mp4", "m/moving.gif"])
      #expect(clips.map(\.group) == ["", "frames", "m", "m", "m"])
      #expect(clips.map(\.stem) == ["a", "frames/clip", "m/9", "m/10", "m/moving"])
      guard case .frames(let frames) = clips[1].content else {
        Issue.record("a folder of frames is a clip")
        return
      }
      #expect(frames.map(\.lastPathComponent) == (0..<12).map { "frame-\($0).png" })
    }
  }

  @Test func aMissingFolderAndAFileAreErrors() async throws {
    try await withFolder { folder in
      let file = folder.appendingPathComponent("file")
      try Data().write(to: file)
      for place in [file, folder.appendingPathComponent("none")] {
        #expect(throws: RatingError.missingFolder(path: place.path)) {
          try ClipFolder.clips(in: place)
        }
      }
      #expect(try ClipFolder.clips(in: folder).isEmpty)
    }
  }

  @Test func brokenClipsAreNamedAndTheOthersShown() async throws {
    try await withFolder { folder in
      try writeClips(["good.mp4", "cut.mp4"], in: folder)
      let whole = try Data(contentsOf: folder.appendingPathComponent("cut.mp4"))
      try whole.prefix(whole.count / 2).write(to: folder.appendingPathComponent("cut.mp4"))
      try Data().write(to: folder.appendingPathComponent("empty.mp4"))
      try Data("<script>".utf8).write(to: folder.appendingPathComponent("junk.gif"))
      let frames = folder.appendingPathComponent("frames")
      try FileManager.default.createDirectory(at: frames, withIntermediateDirectories: true)
      try ImageFile.writePNG(
        try rollingDisc(size: 64).frame(0), to: frames.appendingPathComponent("0.png"))
      try ImageFile.writePNG(
        try rollingDisc(size: 32).frame(0), to: frames.appendingPathComponent("1.png"))

      let study = try Study(folder.appendingPathComponent("ratings.sqlite"))
      let selection = try study.register(try ClipFolder.clips(in: folder))
      #expect(selection.clips.map(\.file.source) == ["good.mp4"])
      let problems = selection.problems.map { "\($0)" }
      #expect(problems.count == 4)
      for name in ["cut.mp4", "empty.mp4", "junk.gif", "frames"] {
        #expect(problems.contains { $0.hasPrefix("\(name): ") }, "\(name)")
      }
      #expect(problems.contains { $0.contains("frame 1.png is 32 by 32 pixels") })
    }
  }

  @Test(
    "Odd sides, one pixel, many sizes: all become clips that browsers play",
    arguments: [
      (1, 1, 256, 256), (3, 5, 154, 256), (63, 64, 252, 256), (257, 31, 258, 32),
      (256, 128, 256, 128),
    ])
  func oddSizes(width: Int, height: Int, shownWidth: Int, shownHeight: Int) async throws {
    try await withFolder { folder in
      let bytes = (0..<(3 * width * height * 3)).map { UInt8(truncatingIfNeeded: $0 * 7) }
      let video = Video(frames: 3, height: height, width: width, bytes: bytes)
      try VideoFile.write(
        video, to: folder.appendingPathComponent("odd.mp4"), quality: .lossless)
      try await RunningServer.run(folder) { server in
        let clip = try await server.request("/api/clips/\(server.clips[0].id)/clip")
        let information = try VideoFile.information(of: clip.body, name: "clip")
        #expect(information.pixelFormat == "yuv420p")
        #expect(information.width == shownWidth && information.height == shownHeight)
      }
    }
  }
}
