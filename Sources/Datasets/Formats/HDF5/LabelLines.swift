import Foundation

/// A file of one JSON object per line, read line by line at random.
struct LabelLines: Sendable {
  /// The name of the file.
  let file: String
  private let data: Data
  private let starts: [Int]

  /// Opens a file and finds its lines; nil when there is no such file.
  init?(_ url: URL) throws(DatasetError) {
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    file = url.path
    do {
      data = try Data(contentsOf: url, options: .mappedIfSafe)
    } catch {
      throw DatasetPlace(url.path).error(error.localizedDescription)
    }
    var starts: [Int] = []
    var isStart = true
    data.withUnsafeBytes { bytes in
      for (offset, byte) in bytes.enumerated() {
        if isStart { starts.append(offset) }
        isStart = byte == UInt8(ascii: "\n")
      }
    }
    self.starts = starts
  }

  /// The labels of `total` videos; nil when there are none, or, with a fault noted, of another number.
  static func of(
    _ url: URL, total: Int, faults: inout [DatasetFault]
  ) throws(DatasetError) -> LabelLines? {
    guard let lines = try LabelLines(url) else { return nil }
    if lines.count == total { return lines }
    faults.append(
      DatasetPlace(lines.file).fault("\(lines.count) lines of labels for \(total) videos"))
    return nil
  }

  /// Number of lines.
  var count: Int { starts.count }

  /// Line `index` as stored, with its line break.
  func line(_ index: Int) -> Data {
    let end = index + 1 < starts.count ? starts[index + 1] : data.count
    return data.section(starts[index], end - starts[index]) ?? Data()
  }

  /// The labels of line `index`.
  func label(_ index: Int) throws(DatasetError) -> SceneLabel {
    do {
      return try JSONDecoder().decode(SceneLabel.self, from: line(index))
    } catch {
      throw DatasetPlace(file, key: "line \(index + 1)", index: index)
        .error(DecodingProblem.text(error))
    }
  }
}
