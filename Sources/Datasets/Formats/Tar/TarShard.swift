import Foundation
import Videos
import Worlds

/// A WebDataset shard: a tar file with `000017.mp4`, `000017.json` and `000017.states.npy` for each
/// video.
///
/// The JSON is a ``SceneLabel``; the states are 64-bit floats (frames, bodies, 4): x, y and their
/// velocities, y up. Lossless videos are mp4 files with H.264 on RGB.
public struct TarShard: StoredVideoSource {
  /// The extensions of a sample's files.
  public static let extensions = ["mp4", "json", "states.npy"]

  private struct Sample: Sendable {
    var key: String
    var files: [String: TarIndex.Entry]
  }

  /// The file.
  public let file: String
  /// What is wrong; empty unless opened for salvage.
  public let faults: [DatasetFault]
  private let index: TarIndex
  private let samples: [Sample]

  /// Opens a shard and finds its samples in one pass over the headers.
  ///
  /// - Throws: ``DatasetError`` naming the entry and its offset.
  public init(contentsOf url: URL) throws(DatasetError) {
    try self.init(salvaging: url)
    if let fault = faults.first { throw .broken(fault) }
  }

  /// Opens what can be read: the whole samples before a damaged place. What cannot is in ``faults``.
  ///
  /// - Throws: ``DatasetError`` when there is no such file, or it is empty.
  public init(salvaging url: URL) throws(DatasetError) {
    file = url.path
    index = try TarIndex(url)
    provenance = ShardMark.provenance(of: url)
    var faults = index.faults
    var samples: [Sample] = []
    var numbers: [String: Int] = [:]
    for entry in index.entries {
      let name = entry.name.split(separator: "/").last ?? ""
      let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else { continue }
      let key = String(entry.name.dropLast(parts[1].count + 1))
      if let number = numbers[key] {
        samples[number].files[String(parts[1])] = entry
      } else {
        numbers[key] = samples.count
        samples.append(Sample(key: key, files: [String(parts[1]): entry]))
      }
    }
    self.samples = samples.filter { sample in
      let lacking = TarShard.extensions.filter { sample.files[$0] == nil }
      if !lacking.isEmpty {
        faults.append(
          DatasetPlace(url.path, key: sample.key).fault(
            "lacks \(lacking.map { "." + $0 }.joined(separator: " and "))"))
      }
      return lacking.isEmpty
    }
    self.faults = faults
  }

  /// Recipe, seed and mode, from the mark that a set of shards has beside the file.
  public let provenance: DatasetProvenance?
  /// Number of videos.
  public var count: Int? { samples.count }

  /// Where video `index` lies: its key.
  public func place(of index: Int) -> DatasetPlace {
    DatasetPlace(
      file, key: samples.indices.contains(index) ? samples[index].key : nil, index: index)
  }

  /// Video `index` as stored.
  ///
  /// - Throws: ``DatasetError``
  public func sample(at index: Int) throws(DatasetError) -> StoredSample {
    try check(index, file: file)
    let place = place(of: index)
    func content(_ name: String) -> Data {
      samples[index].files[name].map(self.index.content) ?? Data()
    }
    let label: SceneLabel
    do {
      label = try JSONDecoder().decode(SceneLabel.self, from: content("json"))
    } catch {
      throw place.error("its JSON: \(DecodingProblem.text(error))")
    }
    let states: NumPyDoubles
    do {
      states = try NumPyDoubles(npy: content("states.npy"), file: "its states")
    } catch {
      throw place.error("\(error)")
    }
    return StoredSample(
      label: label, trajectory: try label.trajectory(states: states, at: place),
      picture: .mp4(content("mp4")))
  }
}
