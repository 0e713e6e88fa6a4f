import Foundation

extension OfficialHDF5 {
  /// Merges chunk files into one file, keyed `00000`… in the given order, with their labels.
  ///
  /// The datasets are copied as they are. The file is written under a temporary name and renamed.
  ///
  /// - Throws: ``DatasetError`` when a chunk cannot be read, is itself merged, or the target exists.
  public static func merge(_ chunks: [URL], into target: URL) throws(DatasetError) {
    guard !chunks.isEmpty else { throw .request("there are no chunk files to merge") }
    var sources: [OfficialHDF5] = []
    for url in chunks { sources.append(try OfficialHDF5(contentsOf: url)) }
    if let merged = sources.first(where: \.isMerged) {
      throw DatasetPlace(merged.file).error("is merged already; give chunk files")
    }
    try OutputFile.write(target) { (temporary) throws(DatasetError) in
      let writer = try HDF5Writer(temporary)
      for stream in streams { try writer.addGroup(stream) }
      for (number, source) in sources.enumerated() {
        for stream in streams {
          try writer.copy(
            stream, of: source.hdf5, to: "\(stream)/\(DatasetFormat.padded(number, 5))")
        }
      }
      try writer.close()
    }
    try writeLabels(sources.map { ($0, 0..<($0.count ?? 0)) }, beside: target)
  }

  /// Splits a merged file into chunk files `0.hdf5`, `1.hdf5`… in a new folder, with their labels.
  ///
  /// - Throws: ``DatasetError`` when the file is not merged or the folder exists.
  public func split(into folder: URL) throws(DatasetError) {
    guard isMerged else { throw DatasetPlace(file).error("is not a merged file") }
    guard !FileManager.default.fileExists(atPath: folder.path) else {
      throw .exists(file: folder.path)
    }
    try OutputFile.makeFolder(folder)
    for (number, chunk) in chunks.enumerated() {
      let target = folder.appendingPathComponent(DatasetFormat.hdf5.shardName(number))
      try OutputFile.write(target) { (temporary) throws(DatasetError) in
        let writer = try HDF5Writer(temporary)
        for stream in OfficialHDF5.streams {
          try writer.copy("\(stream)/\(chunk.key ?? "")", of: hdf5, to: stream)
        }
        try writer.close()
      }
      try OfficialHDF5.writeLabels(
        [(self, chunk.first..<(chunk.first + chunk.count))], beside: target)
    }
  }

  /// Copies the label lines of parts of files, where every part has some.
  private static func writeLabels(
    _ parts: [(source: OfficialHDF5, indices: Range<Int>)], beside target: URL
  ) throws(DatasetError) {
    guard parts.allSatisfy({ $0.source.lines != nil }) else { return }
    try OutputFile.write(labelFile(of: target)) { (temporary) throws(DatasetError) in
      let output = try OutputFile(temporary)
      for (source, indices) in parts {
        for index in indices {
          if let lines = source.lines { try output.append(lines.line(index)) }
        }
      }
      try output.close()
    }
  }
}

extension HDF5Writer {
  /// Copies a dataset of another file with its type, layout and lists.
  func copy(_ path: String, of source: HDF5File, to target: String) throws(DatasetError) {
    let dataset = try source.dataset(path)
    if dataset.kind == .byteLists {
      try addDataset(target, shape: dataset.shape, lists: true)
      for index in 0..<dataset.shape[0] {
        try write(try source.bytes(index, of: dataset), to: target, row: index)
      }
    } else {
      try addDataset(target, shape: dataset.shape, singles: dataset.kind == .float)
      for index in 0..<dataset.shape[0] {
        try write(try source.row(index, of: dataset), to: target, row: index)
      }
    }
  }
}
