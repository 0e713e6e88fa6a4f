import Foundation

extension CombinatorialHDF5 {
  /// Merges the files of tasks into one, with a dataset per task named as its file, and their labels.
  ///
  /// The file is written under a temporary name and renamed.
  ///
  /// - Throws: ``DatasetError`` when a file cannot be read, is itself merged, or the target exists.
  public static func merge(_ files: [URL], into target: URL) throws(DatasetError) {
    guard !files.isEmpty else { throw .request("there are no files of tasks to merge") }
    // Keys are read in alphabetical order, and labels must be in the same.
    func key(_ url: URL) -> String { url.deletingPathExtension().lastPathComponent }
    let files = files.sorted { key($0) < key($1) }
    try OutputFile.write(target) { (temporary) throws(DatasetError) in
      let writer = try HDF5Writer(temporary)
      for stream in streams { try writer.addGroup(stream) }
      for url in files {
        let source = try CombinatorialHDF5(contentsOf: url)
        guard !source.isMerged else {
          throw DatasetPlace(url.path).error("is merged already; give the files of tasks")
        }
        for stream in streams {
          try writer.copy(stream, of: source.hdf5, to: "\(stream)/\(key(url))")
        }
      }
      try writer.close()
    }
    let labels = files.map(OfficialHDF5.labelFile)
    guard labels.allSatisfy({ FileManager.default.fileExists(atPath: $0.path) }) else { return }
    try OutputFile.write(OfficialHDF5.labelFile(of: target)) { (temporary) throws(DatasetError) in
      let output = try OutputFile(temporary)
      for url in labels {
        guard let lines = try LabelLines(url) else { continue }
        for index in 0..<lines.count { try output.append(lines.line(index)) }
      }
      try output.close()
    }
  }
}
