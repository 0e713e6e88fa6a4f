import Foundation

/// The plain files in a tar file, found in one pass over its headers.
struct TarIndex: Sendable {
  /// One plain file.
  struct Entry: Hashable, Sendable {
    /// Its name with folders.
    var name: String
    /// Where its header lies.
    var offset: Int
    /// Bytes of content, which follow the header.
    var size: Int
  }

  /// The name of the tar file.
  let file: String
  /// The files in the order they lie.
  let entries: [Entry]
  /// What is wrong; entries behind a damaged header are not found.
  let faults: [DatasetFault]
  private let data: Data

  init(_ url: URL) throws(DatasetError) {
    guard FileManager.default.fileExists(atPath: url.path) else { throw .missing(file: url.path) }
    do {
      data = try Data(contentsOf: url, options: .mappedIfSafe)
    } catch {
      throw DatasetPlace(url.path).error(error.localizedDescription)
    }
    guard !data.isEmpty else { throw .unrecognised(file: url.path, cause: "the file is empty") }
    file = url.path
    (entries, faults) = TarIndex.scan(data, file: url.path)
  }

  /// The content of an entry.
  func content(_ entry: Entry) -> Data {
    data.section(entry.offset + TarHeader.blockSize, entry.size) ?? Data()
  }

  private static func scan(_ data: Data, file: String) -> ([Entry], [DatasetFault]) {
    var entries: [Entry] = []
    var faults: [DatasetFault] = []
    var names: Set<String> = []
    var position = 0
    func fault(_ name: String?, _ cause: String) {
      faults.append(DatasetPlace(file, key: name).fault(cause))
    }
    while true {
      guard let block = data.section(position, TarHeader.blockSize) else {
        let last = entries.last.map { " after '\($0.name)'" } ?? ""
        fault(nil, "cut short\(last): the end mark is missing at byte \(data.count)")
        break
      }
      if block.allSatisfy({ $0 == 0 }) { break }
      let header: TarHeader
      do { header = try TarHeader(block: block) } catch {
        let last = entries.last.map { " after '\($0.name)'" } ?? ""
        fault(nil, "the header at byte \(position)\(last) \(error.text)")
        break
      }
      let next = position + TarHeader.blockSize
      guard data.section(next, header.size) != nil else {
        fault(
          header.name,
          "cut short: the entry at byte \(position) has \(header.size) bytes, "
            + "and the file ends after \(data.count - next) of them")
        break
      }
      switch header.kind {
      case 0, UInt8(ascii: "0"):
        if header.name.hasPrefix("/") || header.name.split(separator: "/").contains("..") {
          fault(header.name, "the entry at byte \(position) has a path that leaves the archive")
        } else if header.name.isEmpty || !names.insert(header.name).inserted {
          fault(header.name, "the entry at byte \(position) has a name that is empty or taken")
        } else {
          entries.append(Entry(name: header.name, offset: position, size: header.size))
        }
      case UInt8(ascii: "5"), UInt8(ascii: "x"), UInt8(ascii: "g"):
        // Folders, and notes about times and owners.
        break
      default:
        fault(
          header.name,
          "the entry at byte \(position) is of kind '\(UnicodeScalar(header.kind))', "
            + "neither file nor folder")
      }
      position = next + header.size + TarHeader.padding(header.size)
    }
    return (entries, faults)
  }
}
