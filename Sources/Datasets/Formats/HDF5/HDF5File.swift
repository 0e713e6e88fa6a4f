import CHDF5
import Foundation

/// An HDF5 file that is open for reading. All of it may be used from several threads.
final class HDF5File: Sendable {
  /// The name of the file, which errors carry.
  let file: String
  /// The file's bytes, for what is read without the library.
  let data: Data
  private let id: hid_t

  /// Opens a file.
  init(_ url: URL) throws(DatasetError) {
    let place = DatasetPlace(url.path)
    guard FileManager.default.fileExists(atPath: url.path) else { throw .missing(file: url.path) }
    do {
      data = try Data(contentsOf: url, options: .mappedIfSafe)
    } catch {
      throw place.error(error.localizedDescription)
    }
    guard !data.isEmpty else { throw .unrecognised(file: url.path, cause: "the file is empty") }
    file = url.path
    id = try HDF5Library.locked { () throws(DatasetError) in
      try HDF5Library.check(
        H5Fopen(url.path, chdf5_read_only(), chdf5_defaults()), "open the file", place)
    }
  }

  deinit {
    let id = id
    try? HDF5Library.locked { _ = H5Fclose(id) }
  }

  /// The names in a group in alphabetical order; nil when the path is a dataset.
  func names(in path: String) throws(DatasetError) -> [String]? {
    let place = DatasetPlace(file, key: path)
    return try HDF5Library.locked { () throws(DatasetError) -> [String]? in
      let object = HDF5Handle(
        try HDF5Library.check(H5Oopen(id, path, chdf5_defaults()), "open '\(path)'", place),
        H5Oclose)
      guard H5Iget_type(object.id) == H5I_GROUP else { return nil }
      var bytes: UnsafeMutablePointer<CChar>?
      var length = 0
      defer { free(bytes) }
      try HDF5Library.check(chdf5_names(object.id, &bytes, &length), "list '\(path)'", place)
      guard let bytes else { return [] }
      let all = UnsafeBufferPointer(start: bytes, count: length).map(UInt8.init(bitPattern:))
      return all.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// Shape and kind of a dataset, checked against the size of the file.
  func dataset(_ path: String) throws(DatasetError) -> HDF5Dataset {
    let place = DatasetPlace(file, key: path)
    return try HDF5Library.locked { () throws(DatasetError) in
      let dataset = HDF5Handle(
        try HDF5Library.check(H5Dopen2(id, path, chdf5_defaults()), "open '\(path)'", place),
        H5Dclose)
      let space = HDF5Handle(
        try HDF5Library.check(H5Dget_space(dataset.id), "read its shape", place), H5Sclose)
      let rank = try HDF5Library.check(
        H5Sget_simple_extent_ndims(space.id), "read its shape", place)
      var axes = [hsize_t](repeating: 0, count: Int(rank))
      try HDF5Library.check(
        H5Sget_simple_extent_dims(space.id, &axes, nil), "read its shape", place)
      let shape = axes.map { Int(clamping: $0) }
      let type = HDF5Handle(
        try HDF5Library.check(H5Dget_type(dataset.id), "read its type", place), H5Tclose)
      let kind = HDF5File.kind(of: type.id)
      let offset = H5Dget_offset(dataset.id)
      let result = HDF5Dataset(
        path: path, shape: shape, kind: kind,
        offset: offset == chdf5_no_address() ? nil : Int(clamping: offset))
      _ = HDF5Library.message()
      try check(result, elementSize: Int(clamping: H5Tget_size(type.id)), place)
      return result
    }
  }

  /// Row `index` along the first axis of a dataset of numbers.
  func row(_ index: Int, of dataset: HDF5Dataset) throws(DatasetError) -> [Double] {
    let place = DatasetPlace(file, key: dataset.path, index: index)
    let count = dataset.shape.dropFirst().reduce(1, *)
    var values = [Double](repeating: 0, count: count)
    if let offset = dataset.offset, let bytes = data.section(offset + index * count * 8, count * 8),
      dataset.kind == .double
    {
      values.withUnsafeMutableBytes { target in _ = bytes.copyBytes(to: target) }
      return values.map { Double(bitPattern: UInt64(littleEndian: $0.bitPattern)) }
    }
    if let offset = dataset.offset, let bytes = data.section(offset + index * count * 4, count * 4),
      dataset.kind == .float
    {
      var singles = [UInt32](repeating: 0, count: count)
      singles.withUnsafeMutableBytes { target in _ = bytes.copyBytes(to: target) }
      return singles.map { Double(Float(bitPattern: UInt32(littleEndian: $0))) }
    }
    try HDF5Library.locked { () throws(DatasetError) in
      try select(index, of: dataset, place) { set, file, memory in
        H5Dread(set, chdf5_double(), memory, file, chdf5_defaults(), &values)
      }
    }
    return values
  }

  /// The bytes of element `index` of a dataset of byte lists.
  func bytes(_ index: Int, of dataset: HDF5Dataset) throws(DatasetError) -> Data {
    let place = DatasetPlace(file, key: dataset.path, index: index)
    // Version 0 and 1 say at byte 13 how long addresses and lengths are, later ones at byte 9.
    let sizes = data.count > 16 && data[data.startIndex + 8] < 2 ? 13 : 9
    guard data.section(sizes, 2).map(Array.init) == [8, 8] else {
      throw place.error("addresses of another length than 8 bytes are not read")
    }
    let offset =
      if let start = dataset.offset { start + index * 16 } else {
        try chunkOffset(index, of: dataset, place)
      }
    return try HDF5Heap(data).bytes(referredToAt: offset, place)
  }

  /// Where a reference lies in a dataset that is stored in pieces.
  private func chunkOffset(
    _ index: Int, of dataset: HDF5Dataset, _ place: DatasetPlace
  ) throws(DatasetError) -> Int {
    try HDF5Library.locked { () throws(DatasetError) in
      let set = HDF5Handle(
        try HDF5Library.check(
          H5Dopen2(id, dataset.path, chdf5_defaults()), "open '\(dataset.path)'", place), H5Dclose)
      let plan = HDF5Handle(
        try HDF5Library.check(H5Dget_create_plist(set.id), "read its layout", place), H5Pclose)
      var length: hsize_t = 0
      guard H5Pget_layout(plan.id) == H5D_CHUNKED, H5Pget_chunk(plan.id, 1, &length) == 1,
        length > 0, H5Pget_nfilters(plan.id) == 0
      else { throw place.error("lists of bytes in a compact or packed dataset are not read") }
      var start = hsize_t(index) / length * length
      var filters: UInt32 = 0
      var address: haddr_t = 0
      var size: hsize_t = 0
      try HDF5Library.check(
        H5Dget_chunk_info_by_coord(set.id, &start, &filters, &address, &size), "find its piece",
        place)
      return Int(clamping: address).addingReportingOverflow((index - Int(start)) * 16).partialValue
    }
  }

  /// Calls `body` with one row of a dataset selected. The caller holds the lock.
  private func select(
    _ index: Int, of dataset: HDF5Dataset, _ place: DatasetPlace,
    _ body: (_ dataset: hid_t, _ file: hid_t, _ memory: hid_t) -> herr_t
  ) throws(DatasetError) {
    let set = HDF5Handle(
      try HDF5Library.check(
        H5Dopen2(id, dataset.path, chdf5_defaults()), "open '\(dataset.path)'", place), H5Dclose)
    let space = HDF5Handle(
      try HDF5Library.check(H5Dget_space(set.id), "read its shape", place), H5Sclose)
    var start = dataset.shape.map { _ in hsize_t(0) }
    start[0] = hsize_t(index)
    var counts = dataset.shape.map { hsize_t($0) }
    counts[0] = 1
    try HDF5Library.check(
      H5Sselect_hyperslab(space.id, H5S_SELECT_SET, start, nil, counts, nil), "choose a row", place)
    let memory = HDF5Handle(
      try HDF5Library.check(
        H5Screate_simple(Int32(counts.count), counts, nil), "choose a row", place), H5Sclose)
    try HDF5Library.check(body(set.id, space.id, memory.id), "read it", place)
  }

  private static func kind(of type: hid_t) -> HDF5Dataset.Kind {
    switch H5Tget_class(type) {
    case H5T_FLOAT:
      return switch (H5Tget_size(type), H5Tget_order(type)) {
      case (8, H5T_ORDER_LE): .double
      case (4, H5T_ORDER_LE): .float
      default: .other("float of \(H5Tget_size(type)) bytes")
      }
    case H5T_VLEN:
      let base = HDF5Handle(H5Tget_super(type), H5Tclose)
      return H5Tget_class(base.id) == H5T_INTEGER && H5Tget_size(base.id) == 1
        ? .byteLists : .other("lists of another type than bytes")
    case H5T_INTEGER: return .other("integers of \(H5Tget_size(type)) bytes")
    case H5T_STRING: return .other("text")
    default: return .other("another type")
    }
  }

  /// A file may promise more elements than it has room for; nothing may be reserved on its word.
  private func check(
    _ dataset: HDF5Dataset, elementSize: Int, _ place: DatasetPlace
  ) throws(DatasetError) {
    var size = elementSize
    for length in dataset.shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: length)
      guard !overflow else { throw place.error("its shape \(dataset.shape) is impossible") }
      size = product
    }
    if let offset = dataset.offset {
      guard data.section(offset, size) != nil else {
        throw place.error("its \(size) bytes at \(offset) lie beyond the end of the file")
      }
    } else if size / 1024 > data.count {
      throw place.error(
        "its shape \(dataset.shape) needs \(size) bytes, more than the file can hold")
    }
  }
}
