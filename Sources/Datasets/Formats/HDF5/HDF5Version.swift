import CHDF5

/// Facts about the HDF5 library in use.
public enum HDF5Version {
  /// The library's version, "1.10.8".
  public static var text: String {
    var (major, minor, release) = (UInt32(0), UInt32(0), UInt32(0))
    H5get_libversion(&major, &minor, &release)
    return "\(major).\(minor).\(release)"
  }
}
