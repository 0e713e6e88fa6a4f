import CTorch

/// What tensors take while something runs.
public enum MemoryWatch {
  /// Bytes of tensors on the CPU that were made by this thread, and in `backward()` from it.
  public struct Use: Hashable, Sendable {
    /// What was still there at the end; less than nothing where earlier tensors were released.
    public let left: Int
    /// The most at one time.
    public let peak: Int
  }

  /// Runs `body` and counts. Tensors of `Workers` on other threads are not seen: set their limit to one.
  public static func peak(_ body: () throws -> Void) rethrows -> Use {
    guard let watch = ct_memory_watch_begin() else { stop("MemoryWatch") }
    var (left, peak) = (0, 0)
    do {
      defer { ct_memory_watch_end(watch, &left, &peak) }
      try body()
    }
    return Use(left: left, peak: peak)
  }
}
