import Datasets
import Foundation
import TestSupport
import Testing
import Videos
import Worlds

/// HDF5 files that are whole as such but not of the official layout.
struct DamagedHDF5Tests {
  /// What a file should hold; each part may be changed before it is written.
  struct Plan {
    var positions: [Int]? = [2, 4, 2]
    var parameters: [Int]? = [2, 2]
    var videos: [Int]? = [2]
    var positionsAreLists = false
    var videosAreNumbers = false
    var keys: [String]? = nil
    var missingKeys: [String: String] = [:]
    var mp4: [Data] = []
    var row = [1.0, 0]

    func write(_ url: URL) throws {
      let writer = try HDF5Writer(url)
      for (stream, shape, lists) in [
        ("position_streams", positions, positionsAreLists), ("init_streams", parameters, false),
        ("video_streams", videos, !videosAreNumbers),
      ] {
        guard let shape else { continue }
        if keys != nil { try writer.addGroup(stream) }
        for key in keys ?? [""] where missingKeys[stream] != key || key.isEmpty {
          let path = keys == nil ? stream : "\(stream)/\(key)"
          try writer.addDataset(path, shape: shape, lists: lists)
          if stream == "init_streams", shape == [2, 2] {
            for index in 0..<2 { try writer.write(row, to: path, row: index) }
          }
          guard lists, stream == "video_streams", shape.count == 1 else { continue }
          for (index, data) in mp4.enumerated() where index < shape[0] {
            try writer.write(data, to: path, row: index)
          }
        }
      }
      try writer.close()
    }
  }

  static func expect(_ words: [String], _ change: (inout Plan) -> Void) throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("file.hdf5")
      var plan = Plan()
      let video = try Samples.video(0, size: 16).video
      plan.mp4 = [try VideoFile.mp4Data(video), try VideoFile.mp4Data(video)]
      change(&plan)
      try plan.write(url)
      #expect {
        let source = try DatasetReader.open(url)
        for index in 0..<(source.count ?? 0) { _ = try source.video(at: index) }
      } throws: { error in
        let text = "\(error)"
        #expect(error is DatasetError)
        #expect((words + ["file.hdf5"]).allSatisfy(text.contains), "\(words): \(text)")
        return true
      }
      let faults = try DatasetVerification(of: url).faults.map { "\($0)" }.joined(separator: "\n")
      #expect(words.allSatisfy(faults.contains), "\(words): \(faults)")
      #expect(try !DatasetInspection(of: url).faults.isEmpty)
    }
  }

  @Test func missingStreamsAreNamed() throws {
    try Self.expect(["position_streams", "is missing"]) { $0.positions = nil }
    try Self.expect(["init_streams", "is missing"]) { $0.parameters = nil }
    try Self.expect(["video_streams", "is missing"]) { $0.videos = nil }
    try Self.expect(["00001", "is not in init_streams"]) {
      $0.keys = ["00000", "00001"]
      $0.missingKeys = ["init_streams": "00001"]
    }
  }

  @Test func raggedStreamsAreNamed() throws {
    try Self.expect(["different lengths", "position_streams 3", "init_streams 2"]) {
      $0.positions = [3, 4, 2]
    }
    try Self.expect(["00001", "different lengths"]) {
      $0.keys = ["00001"]
      $0.videos = [1]
    }
  }

  @Test func wrongTypesAndRanksAreNamed() throws {
    try Self.expect(["position_streams", "variable-length uint8", "float64"]) {
      $0.positionsAreLists = true
    }
    try Self.expect(["video_streams", "holds float64"]) { $0.videosAreNumbers = true }
    try Self.expect(
      ["position_streams", "2 axes", "3 or 4"].map { $0 == "2 axes" ? "[2, 8]" : $0 }
    ) {
      $0.positions = [2, 8]
    }
    try Self.expect(["position_streams", "[2, 4, 3]"]) { $0.positions = [2, 4, 3] }
    try Self.expect(["position_streams", "[2, 0, 2]"]) { $0.positions = [2, 0, 2] }
    try Self.expect(["init_streams", "[2]"]) { $0.parameters = [2] }
    try Self.expect(["video_streams", "[2, 1]"]) { $0.videos = [2, 1] }
    try Self.expect(["7 columns", "none of the official layouts"]) { $0.parameters = [2, 7] }
  }

  @Test func brokenVideosInsideAreNamed() throws {
    try Self.expect(["video 1", "the file is empty"]) { $0.mp4[1] = Data() }
    try Self.expect(["video 0"]) { $0.mp4[0] = Data("no video at all, but some bytes".utf8) }
    try Self.expect(["00003", "video 1"]) { plan in
      plan.keys = ["00003"]
      plan.mp4[1] = plan.mp4[1].prefix(plan.mp4[1].count / 2)
    }
    try Self.expect(["frames of video for 3 of positions"]) { $0.positions = [2, 3, 2] }
    try Self.expect(["video 0", "no scene has the parameters [-1.0, 0.0]"]) { $0.row[0] = -1 }
    try Self.expect(["video 0", "no scene has the parameters"]) { $0.row[1] = .nan }
  }

  @Test func labelsThatDoNotFitAreNamed() throws {
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("set")
      try Samples.write(.hdf5, count: 2, size: 16, to: folder)
      let url = folder.appendingPathComponent("0.hdf5")
      let labels = folder.appendingPathComponent("0.scenes.jsonl")
      let whole = try String(contentsOf: labels, encoding: .utf8)
      for (text, words) in [
        (whole + whole, ["4 lines of labels for 2 videos"]),
        (
          whole.replacingOccurrences(of: "\"frames\":4", with: "\"frames\":5"),
          ["video 0", "5 frames"]
        ),
        (whole.replacingOccurrences(of: "{\"color\"", with: "{\"colour\""), ["line 1", "color"]),
      ] {
        try text.write(to: labels, atomically: true, encoding: .utf8)
        #expect {
          _ = try DatasetReader.open(url).video(at: 0)
        } throws: { error in words.allSatisfy("\(error)".contains) }
        let faults = try DatasetVerification(of: folder).faults.map { "\($0)" }.joined()
        #expect(words.allSatisfy(faults.contains), "\(faults)")
      }
    }
  }
}
