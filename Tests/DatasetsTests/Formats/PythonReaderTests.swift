import Datasets
import Foundation
import TestSupport
import Testing
import Videos
import Worlds

/// What we write, opened with h5py, webdataset, av, imageio and numpy.
///
/// Runs where `PHYWORLD_PYTHON_TESTS` is 1. It makes a Python environment in a temporary folder and
/// fetches the packages by itself; where there is no Python, pip or network it says so and passes.
@Suite(
  .enabled(
    if: ProcessInfo.processInfo.environment["PHYWORLD_PYTHON_TESTS"] == "1",
    "opens our files with Python's libraries; set PHYWORLD_PYTHON_TESTS=1 to run it"))
struct PythonReaderTests {
  struct Readings: Decodable {
    struct Stream: Decodable {
      var shape: [Int]
      var type: String
      var chunks: [Int]?
      var attributes: Int
      var vlen: String
    }

    struct Video: Decodable {
      var shape: [Int]
      var pixels: String
      var positions: [Double]
      var velocities: [Double]?
      var parameters: [Double]?
      var names: [String]?
      var radii: [Double]?
      var colors: [String]?
      var key: String?
      var imageio: [Int]?
    }

    struct Set: Decodable {
      var videos: [Video]
      var keys: [String]?
      var streams: [String: Stream]?
    }

    var chunks: [Set]
    var merged: Set
    var tar: Set
    var folder: Set
    var npz: Set
  }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Python")

  @Test func pythonReadsWhatWeWrite() throws {
    try withTemporaryFolder { temporary in
      guard let python = Self.environment(in: temporary) else { return }
      let count = 5
      for format in DatasetFormat.allCases {
        try Samples.write(
          format, count: count, size: 64, shardSize: 3,
          to: temporary.appendingPathComponent(format.rawValue))
      }
      try DatasetConversion.merge(temporary.appendingPathComponent("hdf5"))
      let output = try Self.run(
        python, [Self.folder.appendingPathComponent("read_sets.py").path, temporary.path])
      let readings = try JSONDecoder().decode(Readings.self, from: output)

      for chunk in readings.chunks {
        let n = chunk.videos.count
        let streams = try #require(chunk.streams)
        #expect(streams.count == 3)
        #expect(streams["position_streams"]?.shape == [n, 4, 2])
        #expect(streams["position_streams"]?.type == "float64")
        #expect(
          streams["init_streams"]?.shape == [n, 2] && streams["init_streams"]?.type == "float64")
        #expect(streams["video_streams"]?.shape == [n])
        #expect(streams["video_streams"]?.vlen == "uint8")
        for stream in streams.values { #expect(stream.chunks == nil && stream.attributes == 0) }
      }
      #expect(readings.merged.keys == ["00000", "00001"])
      #expect(readings.tar.videos.map(\.key) == (0..<count).map { "00000\($0)" })
      let chunked = readings.chunks.flatMap(\.videos)
      for videos in [
        chunked, readings.merged.videos, readings.tar.videos, readings.folder.videos,
        readings.npz.videos,
      ] {
        #expect(videos.count == count)
        for (index, video) in videos.enumerated() { try Self.compare(video, index) }
      }
      for video in chunked { #expect(video.imageio == [4, 64, 64, 3]) }
    }
  }

  private static func compare(_ read: Readings.Video, _ index: Int) throws {
    let video = try Samples.video(index, size: 64)
    #expect(read.shape == [4, 64, 64, 3])
    #expect(read.pixels == SHA256.digest(of: video.video.bytes))
    #expect(read.positions == video.trajectory.positions.flatMap { [$0.x, $0.y] })
    if let velocities = read.velocities {
      #expect(velocities == video.trajectory.velocities.flatMap { [$0.x, $0.y] })
    }
    if let parameters = read.parameters {
      #expect(parameters == [video.parameters["r"], video.parameters["v"]])
    }
    if let names = read.names { #expect(names == ["r", "v"]) }
    if let radii = read.radii { #expect(radii == [video.parameters["r"]]) }
    if let colors = read.colors { #expect(colors == ["red"]) }
  }

  /// The interpreter of a fresh environment with the packages; nil, with a message, where it cannot
  /// be made. `PHYWORLD_PYTHON` names an interpreter that has them already.
  private static func environment(in folder: URL) -> URL? {
    if let given = ProcessInfo.processInfo.environment["PHYWORLD_PYTHON"] {
      return URL(fileURLWithPath: given)
    }
    let home = folder.appendingPathComponent("python")
    let python = home.appendingPathComponent("bin/python")
    do {
      _ = try run(URL(fileURLWithPath: "/usr/bin/env"), ["python3", "-m", "venv", home.path])
      _ = try run(
        python,
        [
          "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r",
          self.folder.appendingPathComponent("requirements.txt").path,
        ])
      return python
    } catch {
      print("skipped: no Python environment with h5py, webdataset and av can be made: \(error)")
      return nil
    }
  }

  struct ProgramFailure: Error { var text: String }

  private static func run(_ program: URL, _ arguments: [String]) throws -> Data {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    let complaint = Complaint()
    errors.fileHandleForReading.readabilityHandler = { complaint.add($0.availableData) }
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    errors.fileHandleForReading.readabilityHandler = nil
    guard process.terminationStatus == 0 else {
      throw ProgramFailure(text: complaint.text)
    }
    return data
  }

  /// What a program says on its error stream, of which the end matters.
  private final class Complaint: @unchecked Sendable {
    private let lock = NSLock()
    private var data = Data()
    func add(_ more: Data) { lock.withLock { data += more } }
    var text: String { lock.withLock { String(decoding: data.suffix(2000), as: UTF8.self) } }
  }
}
