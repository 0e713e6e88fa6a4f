import CTorch
import Foundation

/// What this machine, or a GPU, still has to give, and what this program has taken.
public enum MachineMemory {
  /// Bytes that the program can still get on a device; nil where nothing tells.
  ///
  /// On the CPU the least of what the system has free or can free, what is left below the limits of the program's
  /// control groups, and what is left below the limit of its address space.
  public static func available(on device: Device = .standard) -> Int? {
    guard device == .cpu else {
      var (free, total) = (0, 0)
      // The allocator reads a device's memory only once something has been made there.
      _ = Tensor.zeros([1], device: device)
      return ct_device_memory(device.code, &free, &total) == 0 ? free : nil
    }
    return [system(), controlGroups(), addressSpace()].compactMap { $0 }.min().map { max($0, 0) }
  }

  /// The program's resident bytes now, and the most so far.
  public static var used: (now: Int, peak: Int) {
    let status = text("/proc/self/status")
    return (kilobytes("VmRSS", in: status) ?? 0, kilobytes("VmHWM", in: status) ?? 0)
  }

  /// The most that was taken on a GPU since the last `resetDevicePeak`: by the allocator, which keeps what it has had,
  /// and of that by tensors, in bytes. Nil on the CPU.
  public static func devicePeak(_ device: Device) -> (held: Int, used: Int)? {
    var (held, used) = (0, 0)
    guard device != .cpu, ct_device_peak(device.code, &held, &used) == 0 else { return nil }
    return (held, used)
  }

  /// The most that the program has taken so far of a device's memory, in bytes: on a GPU since the last
  /// `resetDevicePeak`, on the CPU the resident set's peak.
  public static func peak(on device: Device = .standard) -> Int {
    devicePeak(device)?.held ?? used.peak
  }

  /// From now on `devicePeak` begins with what is taken now.
  public static func resetDevicePeak(_ device: Device) {
    if device != .cpu { _ = ct_device_reset_peak(device.code) }
  }

  private static func system() -> Int? { kilobytes("MemAvailable", in: text("/proc/meminfo")) }

  private static func addressSpace() -> Int? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0, limit.rlim_cur < 1 << 60,
      let size = kilobytes("VmSize", in: text("/proc/self/status"))
    else { return nil }
    return Int(limit.rlim_cur) - size
  }

  /// Both layouts: one hierarchy (`0::/path`), or one for memory (`4:memory:/path`), whose files inside a container
  /// often lie at its root.
  private static func controlGroups() -> Int? {
    let paths = text("/proc/self/cgroup").split(separator: "\n").compactMap { line -> String? in
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return nil }
      if parts[1].isEmpty { return "/sys/fs/cgroup\(parts[2])" }
      return parts[1].split(separator: ",").contains("memory")
        ? "/sys/fs/cgroup/memory\(parts[2])" : nil
    }
    let folders = paths + ["/sys/fs/cgroup", "/sys/fs/cgroup/memory"]
    return folders.compactMap { left(inControlGroup: $0) }.min()
  }

  private static func left(inControlGroup folder: String) -> Int? {
    for (limit, use, cache) in [
      ("memory.max", "memory.current", "inactive_file"),
      ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
    ] {
      guard let most = Int(word(folder + "/" + limit)), most < 1 << 60,
        let now = Int(word(folder + "/" + use))
      else { continue }
      // Pages of files can be given back.
      let freeable = text(folder + "/memory.stat").split(separator: "\n")
        .first { $0.hasPrefix(cache + " ") }.flatMap { Int($0.dropFirst(cache.count + 1)) }
      return most - now + (freeable ?? 0)
    }
    return nil
  }

  /// The value of `KEY:  123 kB`, in bytes.
  static func kilobytes(_ key: String, in text: String) -> Int? {
    let line = text.split(separator: "\n").first { $0.hasPrefix(key + ":") }
    return line?.split(whereSeparator: { " :\t".contains($0) }).dropFirst().first
      .flatMap { Int($0) }.map { $0 * 1024 }
  }

  private static func word(_ path: String) -> String {
    text(path).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// A file of the system; such files come in pieces, and only an empty one is the end.
  private static func text(_ path: String) -> String {
    guard let file = FileHandle(forReadingAtPath: path) else { return "" }
    var data = Data()
    while let piece = try? file.read(upToCount: 1 << 16), !piece.isEmpty { data += piece }
    return String(decoding: data, as: UTF8.self)
  }
}
