import Foundation
import Videos
import Worlds

/// A folder of labelled videos: `00000.mp4`…, `scenes.jsonl` and `manifest.json`.
///
/// ```swift
/// let stream = SceneStream(recipe: SceneRecipe(region: EvaluationLevel.idLevel.region), seed: 1)
/// try VideoFolder.write(stream, count: 20, to: folder)
/// let videos = try VideoFolder(contentsOf: folder).loadAll()
/// ```
///
/// The manifest says how the folder was made; each line of `scenes.jsonl` holds one scene with its
/// parameters, the position and velocity of every body in every frame, and the contacts.
public struct VideoFolder: Sendable {
  /// How a folder was made.
  public struct Manifest: Codable, Hashable, Sendable {
    /// Always ``VideoFolder/format``.
    public var format: String
    /// Version of the layout.
    public var version: Int
    /// What the scenes are made of; nil where it is not known.
    public var recipe: SceneRecipe?
    /// Which of the recipe's sequences was taken; nil where it is not known.
    public var seed: UInt64?
    /// Which scenes of the combinatorial testbed the folder holds, where it does.
    public var combinatorial: CombinatorialSet?
    /// Number of videos.
    public var count: Int
    /// Width and height in pixels.
    public var size: Int
    /// The speed the files play at.
    public var framesPerSecond: Int
    /// `h264 crf N` or `lossless`.
    public var quality: String
  }

  /// One line of `scenes.jsonl`.
  public struct Entry: Codable, Hashable, Sendable {
    /// The scene's number in its stream.
    public var index: Int
    /// The name of the video file.
    public var video: String
    /// The parameters the scene was made from.
    public var parameters: [String: Double]
    /// The bodies before the first step.
    public var scene: Scene
    /// `[frame][body]`, world units.
    public var positions: [[Vector2]]
    /// `[frame][body]`, world units per second; nil where unknown.
    public var velocities: [[Vector2]]?
    /// The contacts in the order they happened; nil where unknown.
    public var contacts: [Contact]?
    /// The name of the scenario; nil in folders of older versions.
    public var scenario: String?
    /// The level or split, where one is named.
    public var level: String?
    /// True when the scene was guessed from positions and parameters.
    public var reconstructed: Bool?
    /// The stream's seed; nil where it is not known.
    public var seed: UInt64?
    /// The text that names the stream's recipe; nil where it is not known.
    public var recipe: String?
    /// The whole scene and its motion where it is one of the combinatorial testbed.
    public var combinatorial: CombinatorialLabel?
  }

  /// The value of `format` in the manifest.
  public static let format = "phyworld-video-folder"

  /// The folder.
  public let folder: URL
  /// How it was made.
  public let manifest: Manifest
  /// Its scenes by number; scenes with a problem are left out.
  public let entries: [Entry]
  /// Everything that is wrong with the list of scenes or their files.
  public let problems: [VideoFolderProblem]

  /// Opens a folder and checks its list; videos are decoded when they are loaded.
  ///
  /// - Throws: ``VideoFolderError`` when the folder, its manifest or its list cannot be read at all.
  ///   Single bad lines and missing files are in ``problems``.
  public init(contentsOf folder: URL) throws(VideoFolderError) {
    self.folder = folder
    manifest = try VideoFolder.readManifest(folder)
    let url = folder.appendingPathComponent("scenes.jsonl")
    guard FileManager.default.fileExists(atPath: url.path) else { throw .missing(file: url.path) }
    let data: Data
    do {
      data = try Data(contentsOf: url)
    } catch {
      throw .garbled(file: url.path, cause: error.localizedDescription)
    }
    var entries: [Entry] = []
    var problems: [VideoFolderProblem] = []
    var seen: Set<Int> = []
    for (number, line) in data.split(separator: UInt8(ascii: "\n")).enumerated() {
      do {
        let entry = try JSONDecoder().decode(Entry.self, from: Data(line))
        try VideoFolder.check(entry, in: folder, size: manifest.size, seen: &seen)
        entries.append(entry)
      } catch let problem as VideoFolderProblem {
        problems.append(problem)
      } catch {
        problems.append(.line(number: number + 1, cause: DecodingProblem.text(error)))
      }
    }
    let found = entries.count + problems.count
    if found != manifest.count {
      problems.append(.count(expected: manifest.count, found: found))
    }
    self.entries = entries.sorted { $0.index < $1.index }
    self.problems = problems
  }

  /// Decodes the video of an entry and checks that it fits the entry.
  ///
  /// - Throws: `VideoError` naming the file, or ``VideoFolderProblem`` when its size does not fit.
  public func load(_ entry: Entry) throws -> LabelledVideo {
    let url = folder.appendingPathComponent(entry.video)
    let video = try VideoFile.read(url)
    guard video.frames == entry.positions.count, video.width == manifest.size,
      video.height == manifest.size
    else {
      throw VideoFolderProblem.video(
        file: url.path,
        cause: "\(video.frames) frames of \(video.width) by \(video.height) pixels instead of "
          + "\(entry.positions.count) of \(manifest.size) by \(manifest.size)")
    }
    var labelled = LabelledVideo(
      index: entry.index, parameters: entry.parameters, scene: entry.scene,
      trajectory: entry.trajectory, video: video, scenario: entry.scenarioName, level: entry.level)
    labelled.combinatorial = entry.combinatorial
    labelled.sceneIsReconstructed = entry.reconstructed ?? false
    return labelled
  }

  /// Decodes every video.
  ///
  /// - Throws: ``VideoFolderError/broken(folder:problems:)`` listing every bad line and file.
  public func loadAll() throws(VideoFolderError) -> [LabelledVideo] {
    var problems = self.problems
    var videos: [LabelledVideo] = []
    for entry in entries {
      do {
        videos.append(try load(entry))
      } catch let problem as VideoFolderProblem {
        problems.append(problem)
      } catch {
        let file = folder.appendingPathComponent(entry.video).path
        problems.append(.video(file: file, cause: "\(error)"))
      }
    }
    guard problems.isEmpty else { throw .broken(folder: folder.path, problems: problems) }
    return videos
  }

  private static func readManifest(_ folder: URL) throws(VideoFolderError) -> Manifest {
    let url = folder.appendingPathComponent("manifest.json")
    guard FileManager.default.fileExists(atPath: url.path) else { throw .missing(file: url.path) }
    let manifest: Manifest
    do {
      manifest = try JSONDecoder().decode(Manifest.self, from: Data(contentsOf: url))
    } catch {
      throw .garbled(file: url.path, cause: DecodingProblem.text(error))
    }
    guard manifest.format == format, manifest.version == 1 else {
      throw .garbled(
        file: url.path,
        cause: "format \(manifest.format) \(manifest.version); this build reads \(format) 1")
    }
    return manifest
  }

  /// Checks one entry against itself and the folder.
  private static func check(
    _ entry: Entry, in folder: URL, size: Int, seen: inout Set<Int>
  ) throws {
    func problem(_ cause: String) -> VideoFolderProblem { .scene(index: entry.index, cause: cause) }
    guard seen.insert(entry.index).inserted else { throw problem("is listed twice") }
    do {
      try entry.scene.validate()
    } catch {
      throw problem("\(error)")
    }
    guard entry.positions.count == entry.scene.frames,
      entry.positions.allSatisfy({ $0.count == entry.scene.bodies.count })
    else {
      throw problem(
        "its positions are not \(entry.scene.frames) frames of \(entry.scene.bodies.count) bodies")
    }
    let bodies = 0..<entry.scene.bodies.count
    if let velocities = entry.velocities,
      velocities.count != entry.positions.count
        || !velocities.allSatisfy({ $0.count == bodies.count })
    {
      throw problem("its velocities are not as many as its positions")
    }
    guard
      (entry.contacts ?? []).allSatisfy({ bodies.contains($0.first) && bodies.contains($0.second) })
    else { throw problem("a contact names a body that it does not have") }
    guard !entry.video.contains("/"), !entry.video.isEmpty else {
      throw problem("its video '\(entry.video)' is not a file name in the folder")
    }
    let url = folder.appendingPathComponent(entry.video)
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw VideoFolderProblem.video(file: url.path, cause: "no such file")
    }
  }
}
