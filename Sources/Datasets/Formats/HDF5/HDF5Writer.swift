import CHDF5
import Foundation

/// Makes an HDF5 file of contiguous datasets, row by row. Use from one thread at a time.
///
/// Equal content gives equal bytes: no times are stored.
package final class HDF5Writer {
  private let place: DatasetPlace
  private var file: hid_t
  private let listType: hid_t
  private let creation: hid_t

  /// Creates a new file.
  package init(_ url: URL) throws(DatasetError) {
    let place = DatasetPlace(url.path)
    self.place = place
    (file, listType, creation) = try HDF5Library.locked {
      () throws(DatasetError) -> (hid_t, hid_t, hid_t) in
      let file = H5Fcreate(url.path, chdf5_new_only(), chdf5_defaults(), chdf5_defaults())
      guard file >= 0 else {
        throw DatasetError.cannotWrite(file: url.path, cause: HDF5Library.message())
      }
      let type = H5Tvlen_create(chdf5_byte_stored())
      let creation = H5Pcreate(chdf5_dataset_creation())
      _ = H5Pset_obj_track_times(creation, false)
      _ = H5Pset_layout(creation, H5D_CONTIGUOUS)
      return (file, type, creation)
    }
  }

  deinit { try? close() }

  /// Ends the file.
  package func close() throws(DatasetError) {
    guard file >= 0 else { return }
    try HDF5Library.locked { () throws(DatasetError) in
      _ = H5Pclose(creation)
      _ = H5Tclose(listType)
      let status = H5Fclose(file)
      file = -1
      try check(status, "finish the file")
    }
  }

  /// Adds a dataset of 64-bit floats, of 32-bit ones, or of byte lists, whose elements follow.
  package func addDataset(
    _ path: String, shape: [Int], lists: Bool = false, singles: Bool = false
  ) throws(DatasetError) {
    try HDF5Library.locked { () throws(DatasetError) in
      let axes = shape.map { hsize_t($0) }
      let space = HDF5Handle(
        try check(H5Screate_simple(Int32(axes.count), axes, nil), "make '\(path)'"), H5Sclose)
      let set = try check(
        H5Dcreate2(
          file, path,
          lists ? listType : singles ? chdf5_float_stored() : chdf5_double_stored(), space.id,
          chdf5_defaults(), creation, chdf5_defaults()), "make '\(path)'")
      try check(H5Dclose(set), "make '\(path)'")
    }
  }

  /// Writes row `index` of a dataset of numbers.
  package func write(_ values: [Double], to path: String, row index: Int) throws(DatasetError) {
    try HDF5Library.locked { () throws(DatasetError) in
      try select(index, of: path) { set, file, memory in
        H5Dwrite(set, chdf5_double(), memory, file, chdf5_defaults(), values)
      }
    }
  }

  /// Writes element `index` of a dataset of byte lists.
  package func write(_ bytes: Data, to path: String, row index: Int) throws(DatasetError) {
    var copy = bytes
    try HDF5Library.locked { () throws(DatasetError) in
      try select(index, of: path) { set, file, memory in
        copy.withUnsafeMutableBytes { buffer in
          var list = hvl_t(len: buffer.count, p: buffer.baseAddress)
          return H5Dwrite(set, listType, memory, file, chdf5_defaults(), &list)
        }
      }
    }
  }

  /// Adds a group.
  package func addGroup(_ path: String) throws(DatasetError) {
    try HDF5Library.locked { () throws(DatasetError) in
      let group = try check(
        H5Gcreate2(file, path, chdf5_defaults(), chdf5_defaults(), chdf5_defaults()),
        "make '\(path)'")
      try check(H5Gclose(group), "make '\(path)'")
    }
  }

  private func select(
    _ index: Int, of path: String, _ body: (hid_t, hid_t, hid_t) -> herr_t
  ) throws(DatasetError) {
    let set = HDF5Handle(try check(H5Dopen2(file, path, chdf5_defaults()), "open"), H5Dclose)
    let space = HDF5Handle(try check(H5Dget_space(set.id), "open '\(path)'"), H5Sclose)
    var counts = [hsize_t](
      repeating: 0, count: Int(try check(H5Sget_simple_extent_ndims(space.id), "open '\(path)'")))
    _ = H5Sget_simple_extent_dims(space.id, &counts, nil)
    var start = counts.map { _ in hsize_t(0) }
    start[0] = hsize_t(index)
    counts[0] = 1
    try check(
      H5Sselect_hyperslab(space.id, H5S_SELECT_SET, start, nil, counts, nil), "choose a row")
    let memory = HDF5Handle(
      try check(H5Screate_simple(Int32(counts.count), counts, nil), "choose a row"), H5Sclose)
    try check(body(set.id, space.id, memory.id), "write row \(index) of '\(path)'")
  }

  @discardableResult
  private func check<Value: SignedInteger>(
    _ value: Value, _ action: String
  ) throws(DatasetError) -> Value {
    guard value >= 0 else {
      throw .cannotWrite(file: place.file, cause: "cannot \(action): \(HDF5Library.message())")
    }
    return value
  }
}
