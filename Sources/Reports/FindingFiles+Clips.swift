import Findings
import Foundation
import Videos

extension FindingFiles {
  /// Writes a finding with the videos that were chosen for it, truth over generated.
  ///
  /// - Parameter index: the way from the folder to a page over all findings; nil without one.
  /// - Throws: `FindingFileError`, `VideoError`.
  @discardableResult
  public static func write(
    _ finding: Finding, clips: [ChosenClip], to folder: URL, index: String? = nil
  ) throws -> [String] {
    var finding = finding
    finding.clips = clips.map(\.clip)
    let place = folder.appendingPathComponent("clips")
    do {
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    } catch {
      throw FindingFileError.cannotWrite(file: place.path, cause: error.localizedDescription)
    }
    for chosen in clips {
      let pair = SideBySide(
        truth: chosen.truth, generated: chosen.generated, conditionFrames: 3)
      try VideoFile.write(
        pair.video, to: folder.appendingPathComponent(chosen.clip.file), quality: .official)
    }
    return try write(finding, to: folder, index: index)
  }

  /// Checks that a folder is free or holds a finding of this version, before hours are spent.
  ///
  /// - Throws: `ExperimentError.otherResult`.
  public static func checkPlace(_ folder: URL) throws {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    guard !files.isEmpty, files != ["clips"] else { return }
    do {
      _ = try read(folder)
    } catch {
      throw ExperimentError.otherResult(folder.path, reason: "\(error)")
    }
  }
}
