import Foundation

/// Opens whatever can be read of a file, and says what cannot.
enum DatasetSalvage {
  /// The source, nil when nothing can be read, and everything that is wrong.
  static func open(_ url: URL) -> (source: (any StoredVideoSource)?, faults: [DatasetFault]) {
    do {
      switch try DatasetFormat.detect(url) {
      case .hdf5 where try CombinatorialHDF5.isOne(url):
        let source = try CombinatorialHDF5(salvaging: url)
        return (source, source.faults)
      case .hdf5:
        let source = try OfficialHDF5(salvaging: url)
        return (source, source.faults)
      case .tar:
        let source = try TarShard(salvaging: url)
        return (source, source.faults)
      case .npz: return (try NumPyShard(contentsOf: url), [])
      case .folder:
        let source = try DatasetReader.videoFolder(url)
        return (source, source.faults)
      case nil:
        throw DatasetError.unrecognised(
          file: url.path, cause: "the file is neither HDF5, tar nor npz")
      }
    } catch {
      return (nil, [fault(error, DatasetPlace(url.path))])
    }
  }

  /// An error as a fault; the place is taken where the error names none.
  static func fault(_ error: any Error, _ place: DatasetPlace) -> DatasetFault {
    switch error {
    case let fault as DatasetFault: return fault
    case DatasetError.broken(let fault): return fault
    case DatasetError.missing(let file): return DatasetPlace(file).fault("no such file or folder")
    case DatasetError.unrecognised(let file, let cause): return DatasetPlace(file).fault(cause)
    default: return place.fault("\(error)")
    }
  }
}
