import Foundation
import Videos

/// Writes a folder of videos with its list, its manifest and a list of digests.
final class VideoFolderWriter: ShardWriter {
  /// The list of digests, as `sha256sum --check` reads it.
  static let digestFile = "sha256sums.txt"

  private let folder: URL
  private let settings: DatasetSettings
  private let first: Int
  private var number: Int
  private let list: OutputFile
  private var digests: [String] = []

  init(_ folder: URL, first: Int, settings: DatasetSettings) throws(DatasetError) {
    self.folder = folder
    self.settings = settings
    self.first = first
    number = first
    try OutputFile.makeFolder(folder)
    list = try OutputFile(folder.appendingPathComponent("scenes.jsonl"))
  }

  func append(_ video: LabelledVideo, _ picture: StoredSample.Picture) throws(DatasetError) {
    guard case .mp4(let data) = picture else { return }
    let name = VideoFolder.fileName(number)
    try save(data, name)
    try list.append(
      line: VideoFolder.Entry(video, file: name, provenance: settings.provenance))
    number += 1
  }

  func finish() throws(DatasetError) {
    try list.close()
    let manifest = VideoFolder.Manifest(
      format: VideoFolder.format, version: 1, recipe: settings.recipe, seed: settings.seed,
      combinatorial: settings.combinatorial, count: number - first, size: settings.size,
      framesPerSecond: settings.framesPerSecond,
      quality: settings.quality)
    let url = folder.appendingPathComponent("manifest.json")
    try OutputFile.write(json: manifest, to: url)
    for name in ["scenes.jsonl", "manifest.json"] {
      do {
        let digest = try SHA256.digest(ofFile: folder.appendingPathComponent(name))
        digests.append("\(digest.sha256)  \(name)\n")
      } catch {
        throw .cannotWrite(file: folder.path, cause: "\(error)")
      }
    }
    let sums = try OutputFile(folder.appendingPathComponent(VideoFolderWriter.digestFile))
    try sums.append(Data(digests.joined().utf8))
    try sums.close()
  }

  private func save(_ data: Data, _ name: String) throws(DatasetError) {
    do {
      try data.write(to: folder.appendingPathComponent(name), options: .withoutOverwriting)
    } catch {
      throw .cannotWrite(file: folder.path, cause: error.localizedDescription)
    }
    digests.append("\(SHA256.digest(of: data))  \(name)\n")
  }
}
