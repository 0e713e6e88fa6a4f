import Datasets
import Foundation

/// Files of results that are not sets, written whole or not at all.
enum OutputFolder {
  static func make(_ folder: URL) throws {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw DatasetError.cannotWrite(file: folder.path, cause: error.localizedDescription)
    }
  }

  static func write(_ data: Data, to url: URL) throws {
    do {
      try data.write(to: url, options: .atomic)
    } catch {
      throw DatasetError.cannotWrite(file: url.path, cause: error.localizedDescription)
    }
  }
}
