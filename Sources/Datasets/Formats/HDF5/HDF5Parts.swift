import Foundation

/// The videos of one key of an HDF5 file, whatever streams describe them.
protocol HDF5Part {
  /// Number of its first video in the whole file.
  var first: Int { get }
  /// Number of videos.
  var count: Int { get }
}

/// The parts of an HDF5 file with their labels: what opening one finds.
struct HDF5Parts<Part: HDF5Part> {
  let parts: [Part]
  let lines: LabelLines?
  let faults: [DatasetFault]

  /// Opens all parts of a file.
  ///
  /// - Parameters:
  ///   - salvaging: leaves out what is broken, and notes it, where else it is thrown.
  ///   - open: a part by its key and the number of its first video.
  init(
    of hdf5: HDF5File, _ url: URL, streams: [String], salvaging: Bool,
    open: (String?, Int) throws(DatasetError) -> Part
  ) throws(DatasetError) {
    var faults: [DatasetFault] = []
    var parts: [Part] = []
    for key in try OfficialHDF5.keys(of: hdf5, streams: streams, &faults) {
      do {
        parts.append(try open(key, parts.last.map { $0.first + $0.count } ?? 0))
      } catch {
        guard salvaging, case .broken(let fault) = error else { throw error }
        faults.append(fault)
      }
    }
    lines = try LabelLines.of(
      OfficialHDF5.labelFile(of: url), total: parts.reduce(0) { $0 + $1.count }, faults: &faults)
    if !salvaging, let fault = faults.first { throw .broken(fault) }
    self.parts = parts
    self.faults = faults
  }
}
