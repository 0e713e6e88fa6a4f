import Foundation

/// The videos of somebody's model: which file answers which scene, and what answers none.
///
/// Looked for are video files (mp4, mov, mkv, webm, avi, gif), folders of PNG pictures, arrays (npy,
/// npz) and HDF5 files with the official `video_streams`. A video belongs to the scene whose number
/// it is called, with leading zeros or without, or the official `GGGGG-LLLLL`. Nothing is decoded
/// here, and a name is never used as a path.
public struct SubmissionFolder: Sendable {
  private static let videoExtensions: Set = ["mp4", "m4v", "mov", "mkv", "webm", "avi", "gif"]
  private static let arrayExtensions: Set = ["npy", "npz"]
  private static let containerExtensions: Set = ["hdf5", "h5"]

  /// The folder or file.
  public let url: URL
  /// The number of a scene to its video.
  public private(set) var entries: [Int: SubmissionEntry] = [:]
  /// Scenes that several files answer: none of them is taken.
  public private(set) var duplicates: [SubmissionProblem] = []
  /// Videos that answer no scene, and containers that cannot be opened.
  public private(set) var surplus: [SubmissionProblem] = []
  /// Files that are no videos, such as notes and lists.
  public private(set) var otherFiles = 0

  /// Looks through a folder, or into a single npz, npy or HDF5 file.
  ///
  /// - Parameter allowsNone: whether it may do without any answer.
  /// - Throws: ``SubmissionError``
  public init(
    _ url: URL, split: SceneSplit, allowsNone: Bool = false
  ) throws(SubmissionError) {
    self.url = url
    guard let facts = RegularFile.facts(url) else { throw .missing(path: url.path) }
    if facts.isFolder {
      let names: [String]
      do { names = try FileManager.default.contentsOfDirectory(atPath: url.path) } catch {
        throw .unreadable(path: url.path, cause: error.localizedDescription)
      }
      for name in names.sorted() where !name.hasPrefix(".") {
        add(url.appendingPathComponent(name), split)
      }
    } else {
      guard
        Self.arrayExtensions.union(Self.containerExtensions)
          .contains(url.pathExtension.lowercased())
      else {
        throw .unreadable(
          path: url.path,
          cause: "a submission is a folder of videos, or one .npz, .npy or .hdf5 file")
      }
      addContainer(url, split)
    }
    let twice = Set(duplicates.compactMap(\.id))
    entries = entries.filter { !twice.contains(split.id(of: $0.key)) }
    if entries.isEmpty, duplicates.isEmpty, !allowsNone {
      throw .nothingInCommon(
        path: url.path, split: split.identity.name, first: split.id(of: split.index(at: 0)),
        last: split.id(of: split.index(at: split.count - 1)), found: found)
    }
  }

  private var found: String {
    guard let first = surplus.first else {
      return otherFiles == 0 ? "nothing" : "\(otherFiles) files that are no videos"
    }
    return "\(surplus.count) videos or containers, among them \(first)"
  }

  private mutating func add(_ file: URL, _ split: SceneSplit) {
    guard let facts = RegularFile.facts(file) else {
      surplus.append(
        SubmissionProblem(.surplus, file: file.lastPathComponent, cause: "is no regular file"))
      return
    }
    let type = file.pathExtension.lowercased()
    let stem = file.deletingPathExtension().lastPathComponent
    if facts.isFolder {
      if SceneName(file.lastPathComponent) != nil {
        add(SubmissionEntry(.pictures(file)), file.lastPathComponent, split)
      } else {
        otherFiles += 1
      }
    } else if Self.containerExtensions.contains(type) {
      addContainer(file, split)
    } else if Self.arrayExtensions.contains(type), SceneName(stem) == nil {
      addContainer(file, split)
    } else if Self.arrayExtensions.contains(type) || Self.videoExtensions.contains(type) {
      add(SubmissionEntry(.file(file)), stem, split)
    } else {
      otherFiles += 1
    }
  }

  private mutating func addContainer(_ file: URL, _ split: SceneSplit) {
    do {
      let container = try VideoContainer(file)
      for (row, stem) in container.stems.enumerated() {
        add(SubmissionEntry(.row(container, row)), stem, split)
      }
    } catch {
      surplus.append(
        SubmissionProblem(error.kind, file: file.lastPathComponent, cause: error.cause))
    }
  }

  private mutating func add(_ entry: SubmissionEntry, _ stem: String, _ split: SceneSplit) {
    guard let index = split.index(named: stem) else {
      let cause =
        SceneName(stem) == nil
        ? "its name is no scene's number"
        : "\(split.identity.name) has no scene of this number"
      surplus.append(SubmissionProblem(.surplus, file: entry.name, cause: cause))
      return
    }
    guard split.place(of: index) != nil else {
      surplus.append(
        SubmissionProblem(
          .surplus, file: entry.name, cause: "is not among the \(split.count) chosen scenes"))
      return
    }
    if let other = entries[index] {
      duplicates.append(
        SubmissionProblem(
          .duplicate, id: split.id(of: index), file: entry.name,
          cause: "answers the same scene as \(other.name); neither is scored, keep one of them"))
    } else {
      entries[index] = entry
    }
  }
}
