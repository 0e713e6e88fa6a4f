import Foundation

/// Finds the clips in a folder and in the folders below it.
///
/// Video files are clips. A folder with png files is one clip; what else lies in it is passed over.
/// Hidden files, other files and symbolic links are passed over too.
public enum ClipFolder {
  /// Extensions of video files.
  static let extensions: Set<String> = ["mp4", "m4v", "gif", "mkv", "avi", "mov"]

  /// The clips in the order of their paths; numbers in names count as numbers.
  ///
  /// - Throws: ``RatingError/missingFolder(path:)``
  public static func clips(in folder: URL) throws(RatingError) -> [ClipFile] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder),
      isFolder.boolValue
    else { throw .missingFolder(path: folder.path) }
    var found: [ClipFile] = []
    collect(folder.resolvingSymlinksInPath(), path: [], into: &found)
    return found.sorted { precedes($0.source, $1.source) }
  }

  private static func collect(_ folder: URL, path: [String], into found: inout [ClipFile]) {
    let keys: Set<URLResourceKey> = [.isDirectoryKey, .isRegularFileKey, .isSymbolicLinkKey]
    let entries =
      (try? FileManager.default.contentsOfDirectory(
        at: folder, includingPropertiesForKeys: Array(keys), options: .skipsHiddenFiles)) ?? []
    var folders: [URL] = []
    var files: [URL] = []
    for entry in entries {
      guard let kind = try? entry.resourceValues(forKeys: keys), kind.isSymbolicLink != true
      else { continue }
      if kind.isDirectory == true { folders.append(entry) }
      if kind.isRegularFile == true { files.append(entry) }
    }
    let frames = files.filter { $0.pathExtension.lowercased() == "png" }
    if !frames.isEmpty, !path.isEmpty {
      let ordered = frames.sorted { precedes($0.lastPathComponent, $1.lastPathComponent) }
      found.append(ClipFile(source: path.joined(separator: "/"), content: .frames(ordered)))
      return
    }
    for file in files where extensions.contains(file.pathExtension.lowercased()) {
      let source = (path + [file.lastPathComponent]).joined(separator: "/")
      found.append(ClipFile(source: source, content: .video(file)))
    }
    for folder in folders {
      collect(folder, path: path + [folder.lastPathComponent], into: &found)
    }
  }

  /// The order of people: `frame-2` before `frame-10`.
  private static func precedes(_ left: String, _ right: String) -> Bool {
    let order = left.compare(right, options: .numeric)
    return order == .orderedSame ? left < right : order == .orderedAscending
  }
}
