import Findings
import Foundation

/// The file of a clip in the folder of a finding.
struct FindingClipFile {
  /// Why a clip is not shown.
  struct Problem: Error {
    let text: String
  }

  private let clip: FindingClip
  private let folder: URL?

  init(_ clip: FindingClip, in folder: URL?) {
    self.clip = clip
    self.folder = folder
  }

  /// The bytes. A finding may come from anybody, so that no file outside its folder is read.
  var data: Result<Data, Problem> {
    let parts = clip.file.split(separator: "/", omittingEmptySubsequences: false)
    guard !clip.file.isEmpty, parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else {
      return .failure(Problem(text: "'\(clip.file)' is no file in the folder of the finding"))
    }
    guard let folder else {
      return .failure(Problem(text: "\(clip.file) is not shown here"))
    }
    let root = folder.resolvingSymlinksInPath().path
    let file = folder.appendingPathComponent(clip.file).resolvingSymlinksInPath()
    guard file.path.hasPrefix(root + "/") else {
      return .failure(Problem(text: "'\(clip.file)' leads out of the folder of the finding"))
    }
    guard let data = try? Data(contentsOf: file), !data.isEmpty else {
      return .failure(Problem(text: "the video \(clip.file) is missing"))
    }
    return .success(data)
  }
}
