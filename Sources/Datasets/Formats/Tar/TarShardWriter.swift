import Foundation

/// Writes a WebDataset shard video by video.
final class TarShardWriter: ShardWriter {
  private let output: OutputFile
  private let provenance: DatasetProvenance?
  private var number: Int

  init(_ url: URL, first: Int, provenance: DatasetProvenance?) throws(DatasetError) {
    output = try OutputFile(url)
    number = first
    self.provenance = provenance
  }

  func append(_ video: LabelledVideo, _ picture: StoredSample.Picture) throws(DatasetError) {
    guard case .mp4(let data) = picture else { return }
    let key = DatasetFormat.padded(number, 6)
    let label: Data
    do {
      label = try DatasetJSON.encoder().encode(SceneLabel(video, provenance: provenance))
    } catch {
      throw .request("scene \(video.index) cannot be written as JSON: \(error)")
    }
    try add("\(key).mp4", data)
    try add("\(key).json", label)
    try add("\(key).states.npy", video.trajectory.states.npy)
    number += 1
  }

  func finish() throws(DatasetError) {
    // Two empty blocks end a tar file.
    try output.append(Data(count: 2 * TarHeader.blockSize))
    try output.close()
  }

  private func add(_ name: String, _ content: Data) throws(DatasetError) {
    try output.append(TarHeader(name: name, size: content.count).block)
    try output.append(content)
    try output.append(Data(count: TarHeader.padding(content.count)))
  }
}
