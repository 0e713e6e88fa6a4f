/// A place in a data set: the file, and in it the key or entry and the video, as far as known.
public struct DatasetPlace: Hashable, Sendable {
  /// The file or folder.
  public var file: String
  /// The group key, entry or array inside the file.
  public var key: String?
  /// The number of the video, counted within the key where there is one, else within the file.
  public var index: Int?

  /// A place from its parts.
  public init(_ file: String, key: String? = nil, index: Int? = nil) {
    self.file = file
    self.key = key
    self.index = index
  }

  /// What is wrong here.
  public func fault(_ cause: String) -> DatasetFault {
    DatasetFault(file: file, key: key, index: index, cause: cause)
  }

  /// An error about this place.
  func error(_ cause: String) -> DatasetError { .broken(fault(cause)) }
}

/// One thing that is wrong inside a data set.
public struct DatasetFault: Error, Codable, Hashable, Sendable {
  /// The file or folder.
  public var file: String
  /// The group key, entry or array inside the file.
  public var key: String?
  /// The number of the video, counted within the key where there is one, else within the file.
  public var index: Int?
  /// What is wrong.
  public var cause: String

  /// A fault from its parts.
  public init(file: String, key: String? = nil, index: Int? = nil, cause: String) {
    self.file = file
    self.key = key
    self.index = index
    self.cause = cause
  }
}

extension DatasetFault: CustomStringConvertible {
  /// One sentence: file, key, video, cause.
  public var description: String {
    let parts = [file, key, index.map { "video \($0)" }].compactMap(\.self)
    return parts.joined(separator: ", ") + ": " + cause
  }
}

/// Why a data set cannot be read or written. The description names the place and the remedy.
public enum DatasetError: Error, Equatable, Sendable {
  /// There is no file or folder of this name.
  case missing(file: String)
  /// What the file holds is damaged, contradicts itself, or is of a kind that is not read.
  case broken(DatasetFault)
  /// The file or folder is none of the known formats.
  case unrecognised(file: String, cause: String)
  /// The set has fewer videos.
  case index(Int, count: Int, file: String)
  /// The target is already there.
  case exists(file: String)
  /// The target cannot be written.
  case cannotWrite(file: String, cause: String)
  /// What is already at the target was made with another setting.
  case setting(file: String, name: String, found: String, wanted: String)
  /// The set is not finished: these shards are missing.
  case unfinished(folder: String, missing: [String])
  /// The request makes no sense; the text says which value and what would do.
  case request(String)
}

extension DatasetError: CustomStringConvertible {
  /// One sentence with the place, the value and the remedy.
  public var description: String {
    switch self {
    case .missing(let file): "\(file): no such file or folder"
    case .broken(let fault): "\(fault)"
    case .unrecognised(let file, let cause):
      "\(file): \(cause); data sets are folders with a manifest.json, and .hdf5, .tar and .npz files"
    case .index(let index, let count, let file):
      "\(file): has no video \(index); it has \(count), counted from 0"
    case .exists(let file): "\(file): already there; choose another name or remove it first"
    case .cannotWrite(let file, let cause):
      "\(file): cannot be written: \(cause); free some space or choose another place"
    case .setting(let file, let name, let found, let wanted):
      "\(file): was made with \(name) \(found), not \(wanted); it is not overwritten: "
        + "choose another output or remove it first"
    case .unfinished(let folder, let missing):
      "\(folder): not finished, \(missing.count) shard\(missing.count == 1 ? "" : "s") missing "
        + "(\(missing.prefix(3).joined(separator: ", "))\(missing.count > 3 ? ", …" : "")); "
        + "run the same command again to make them"
    case .request(let text): text
    }
  }
}
